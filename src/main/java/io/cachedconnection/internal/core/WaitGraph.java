package io.cachedconnection.internal.core;

/**
 * Who waits for whose load. Loads that look up other keys may come to wait for each other; the one that would close the
 * circle does not wait. Its lock is held for a few steps only, never during a load or a wait. Thread-safe.
 */
final class WaitGraph {

    /** Notes that {@code thread} is about to wait for {@code load}; false if it must not, for it would wait for itself. */
    synchronized boolean mayWait(LoadingThread thread, InFlightLoad load) {
        for (InFlightLoad next = load; next != null; next = next.thread.waitsFor) {
            if (next.thread == thread) {
                return false;
            }
        }
        thread.waitsFor = load;
        return true;
    }

    /** The wait is over. */
    synchronized void waited(LoadingThread thread) {
        thread.waitsFor = null;
    }
}
