package io.cachedconnection.internal.core;

/**
 * A text that never shows itself: only whoever asks for {@link #text()} sees it.
 *
 * @param text what is to be kept from logs, messages and errors
 */
public record Secret(String text) {

    /** The same for every secret. */
    @Override
    public String toString() {
        return "(not shown)";
    }
}
