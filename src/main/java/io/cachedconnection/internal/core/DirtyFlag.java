package io.cachedconnection.internal.core;

/** Whether a load has written what it was to load, in whatever transaction. Used by the loading thread. */
final class DirtyFlag {

    private boolean written;

    void written() {
        written = true;
    }

    boolean hasWritten() {
        return written;
    }
}
