package io.cachedconnection.benchmarks;

/** What is compared outside of JMH: an application with the library, and all that one without it has. */
record Sides(StoredValue stored, Application application) implements AutoCloseable {

    static Sides on(Value value) {
        StoredValue stored = new StoredValue();
        stored.value = value;
        stored.store();
        Application application = new Application();
        application.start(stored);
        return new Sides(stored, application);
    }

    @Override
    public void close() {
        application.stop();
        try {
            stored.close();
        } catch (Exception e) {
            throw new IllegalStateException("What was stored is still there.", e);
        }
    }
}
