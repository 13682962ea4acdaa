package io.cachedconnection.internal.config;

/** Thrown for an invalid value, with a fixed reason that may be shown, because it contains no part of the value. */
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

    /** Returns the reason; it follows "cannot be used:". */
    String reason() {
        return String.valueOf(getMessage());
    }
}
