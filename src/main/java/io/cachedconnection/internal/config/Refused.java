package io.cachedconnection.internal.config;

/** A value that is not allowed, with a reason of fixed words that may be shown: nothing of the value is in it. */
final class Refused extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    Refused(String reason) {
        super(reason);
    }

    /** What is wrong; follows "cannot be used:". */
    String reason() {
        return String.valueOf(getMessage());
    }
}
