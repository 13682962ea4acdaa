package io.cachedconnection.internal.config;

/** A value that is not allowed, with a reason of fixed words that may be shown: nothing of the value is in it. */
final class InvalidValue extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    InvalidValue(String reason) {
        super(reason);
    }

    static void require(boolean allowed, String reason) {
        if (!allowed) {
            throw new InvalidValue(reason);
        }
    }

    /** What is wrong; follows "cannot be used:". */
    String reason() {
        return String.valueOf(getMessage());
    }
}
