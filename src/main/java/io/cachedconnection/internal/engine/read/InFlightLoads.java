package io.cachedconnection.internal.engine.read;

import io.cachedconnection.internal.engine.read.InFlightLoad.LoadingThread;
import io.cachedconnection.internal.engine.store.EntryKey;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The loads of this node, by key and tags: at most one that runs, and one that waits for it to end; and which thread waits for which
 * load. Every change is atomic for its key. Thread-safe.
 */
final class InFlightLoads {

    private final ConcurrentMap<Object, KeyLoads> loads = new ConcurrentHashMap<>();

    /** The loads of one key. */
    private record KeyLoads(InFlightLoad running, @Nullable InFlightLoad waiting) {}

    /**
     * Where a caller is.
     *
     * @param load the load that it has joined
     * @param isLoader whether it makes the load itself
     * @param before the load that has to end first; null if there is none
     */
    record Join(
            InFlightLoad load, boolean isLoader, @Nullable InFlightLoad before) {}

    /** Joins the next load of {@code key} that has not begun. */
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

    /** Takes a load out, and puts the one that waited for it in its place; true if a caller waits for either. */
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
     * Notes that {@code thread} is about to wait for {@code load}; false if it must not. Loads that look up other keys may come
     * to wait for each other: the thread that would close the circle does not wait. This lock is held for a few steps, never
     * during a load or a wait.
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

    /** The wait of {@code thread} is over. */
    synchronized void waited(LoadingThread thread) {
        thread.waitsFor = null;
    }

    /** How many keys are being loaded. */
    int keys() {
        return loads.size();
    }
}
