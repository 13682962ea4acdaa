package io.cachedconnection.internal.core;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The loads of this node, by key: at most one that runs, and one that waits for it to end. Every change
 * is atomic for its key. Thread-safe.
 */
final class InFlightLoads {

    private final ConcurrentMap<EntryKey, Line> lines = new ConcurrentHashMap<>();

    /** The loads of one key. */
    private record Line(InFlightLoad running, @Nullable InFlightLoad waiting) {}

    /**
     * Where a caller is.
     *
     * @param load the load it is part of
     * @param isLoader whether it makes the load itself
     * @param before the load that has to end first; null if there is none
     */
    record Join(
            InFlightLoad load, boolean isLoader, @Nullable InFlightLoad before) {}

    /** Joins the next load of {@code key} that has not begun. */
    Join join(EntryKey key, LoadingThread thread) {
        InFlightLoad own = new InFlightLoad(key, thread);
        Line line = lines.compute(key, (k, old) -> joined(old, own));
        if (line.running() == own) {
            return new Join(own, true, null);
        }
        InFlightLoad waiting = line.waiting() == null ? own : line.waiting();
        return new Join(waiting, waiting == own, line.running());
    }

    private static Line joined(@Nullable Line line, InFlightLoad own) {
        if (line == null) {
            return new Line(own, null);
        }
        if (line.waiting() == null) {
            return new Line(line.running(), own);
        }
        line.waiting().waiters++;
        return line;
    }

    /** Takes a load off the line, and puts the one that waited for it in its place; true if anybody waits for either. */
    boolean leave(InFlightLoad load) {
        boolean[] awaited = {false};
        lines.compute(load.key, (key, line) -> {
            awaited[0] = load.waiters > 0 || (line != null && line.running() == load && line.waiting() != null);
            return line == null ? null : without(line, load);
        });
        return awaited[0];
    }

    private static @Nullable Line without(Line line, InFlightLoad load) {
        InFlightLoad waiting = line.waiting();
        if (line.running() == load) {
            return waiting == null ? null : new Line(waiting, null);
        }
        return waiting == load ? new Line(line.running(), null) : line;
    }

    /** How many keys are being loaded. */
    int keys() {
        return lines.size();
    }
}
