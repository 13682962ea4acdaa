package io.cachedconnection.internal.endpoint;

/**
 * A text that never shows itself: only {@link #text()} shows it.
 *
 * @param text what is to be kept from logs, messages and errors
 */
public record Secret(String text) {

    /** Equal for all secrets. */
    @Override
    public String toString() {
        return "(not shown)";
    }
}
