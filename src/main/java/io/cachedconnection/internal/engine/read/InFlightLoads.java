package io.cachedconnection.internal.engine.read;

import io.cachedconnection.internal.engine.read.InFlightLoad.LoadingThread;
import io.cachedconnection.internal.engine.store.EntryKey;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The loads of this node, by key and tags: per key at most one that runs and one that waits for it. Also tracks which thread
 * waits for which load. Every change is atomic for its key. Thread-safe.
 */
final class InFlightLoads {

    private final ConcurrentMap<Object, KeyLoads> loads = new ConcurrentHashMap<>();

    /** The loads of one key. */
    private record KeyLoads(InFlightLoad running, @Nullable InFlightLoad waiting) {}

    /**
     * The position of a caller.
     *
     * @param load the load that the caller has joined
     * @param isLoader whether the caller runs the load itself
     * @param before the load that must end first; null if there is none
     */
    record Join(
            InFlightLoad load, boolean isLoader, @Nullable InFlightLoad before) {}

    /** Joins the next load of {@code key} that has not started. */
    Join join(EntryKey key, LoadingThread thread) {
        InFlightLoad own = new InFlightLoad(key, thread);
        KeyLoads joined = loads.compute(key.name(), (k, old) -> {
            if (old == null) {
                return new KeyLoads(own, null);
            }
            if (old.waiting() == null) {
                return new KeyLoads(old.running(), own);
            }
            old.waiting().waiters++;
            return old;
        });
        if (joined.running() == own) {
            return new Join(own, true, null);
        }
        InFlightLoad waiting = joined.waiting() == null ? own : joined.waiting();
        return new Join(waiting, waiting == own, joined.running());
    }

    /** Removes a load and promotes the one that waited for it; true if a caller waits for either. */
    boolean leave(InFlightLoad load) {
        boolean[] awaited = {false};
        loads.compute(load.key.name(), (key, old) -> {
            awaited[0] = load.waiters > 0;
            if (old == null) {
                return null;
            }
            InFlightLoad waiting = old.waiting();
            if (old.running() == load) {
                awaited[0] |= waiting != null;
                return waiting == null ? null : new KeyLoads(waiting, null);
            }
            return waiting == load ? new KeyLoads(old.running(), null) : old;
        });
        return awaited[0];
    }

    /**
     * Records that {@code thread} is about to wait for {@code load}; false if it must not. Loads that look up other keys may
     * wait for each other: the thread that would close the cycle does not wait. The lock is held briefly, never during a load
     * or a wait.
     */
    synchronized boolean mayWait(LoadingThread thread, InFlightLoad load) {
        for (InFlightLoad next = load; next != null; next = next.thread.waitsFor) {
            if (next.thread == thread) {
                return false;
            }
        }
        thread.waitsFor = load;
        return true;
    }

    /** Records that the wait of {@code thread} is over. */
    synchronized void waited(LoadingThread thread) {
        thread.waitsFor = null;
    }

    /** Returns how many keys are being loaded. */
    int keys() {
        return loads.size();
    }
}
