package io.cachedconnection.internal.core;

/**
 * Who waits for whose load. Loads that look up other keys may come to wait for each other; the one that would close the
 * circle does not wait. Its lock is held for a few steps only, never during a load or a wait. Thread-safe.
 */
final class WaitGraph {

    /** Notes that {@code pilot} is about to wait for {@code flight}; false if it must not, for it would wait for itself. */
    synchronized boolean mayWait(Pilot pilot, Flight flight) {
        for (Flight next = flight; next != null; next = next.pilot.waitsFor) {
            if (next.pilot == pilot) {
                return false;
            }
        }
        pilot.waitsFor = flight;
        return true;
    }

    /** The wait is over. */
    synchronized void waited(Pilot pilot) {
        pilot.waitsFor = null;
    }
}
