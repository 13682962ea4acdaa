package io.cachedconnection.summary;

/** How many tests passed, failed (errors included) and were skipped. */
record Counts(int passed, int failed, int skipped) {

    static final Counts NONE = new Counts(0, 0, 0);

    int all() {
        return passed + failed + skipped;
    }

    Counts plus(Counts other) {
        return new Counts(passed + other.passed, failed + other.failed, skipped + other.skipped);
    }

    @Override
    public String toString() {
        return passed + " passed, " + failed + " failed, " + skipped + " skipped";
    }
}
