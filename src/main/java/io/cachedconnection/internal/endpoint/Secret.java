package io.cachedconnection.internal.endpoint;

/**
 * A secret text. Only {@link #text()} reveals it.
 *
 * @param text the secret, which must never reach logs, messages or errors
 */
public record Secret(String text) {

    /** Returns the same text for all secrets. */
    @Override
    public String toString() {
        return "(not shown)";
    }
}
