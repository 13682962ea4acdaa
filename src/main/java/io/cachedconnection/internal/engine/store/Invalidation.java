package io.cachedconnection.internal.engine.store;

import io.cachedconnection.internal.common.SafeCalls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What one write does to one target. Used by the thread that writes. */
public final class Invalidation {

    /**
     * What a write puts in the place of an old value.
     *
     * @param value what to store, as it was when the method returned
     * @param encoder makes it once more, of what the value is then
     */
    public record Result(EncodedValue value, Supplier<@Nullable EncodedValue> encoder) {

        /** What {@code encoder} makes; null if that is not to be stored. */
        public static @Nullable Result of(Supplier<@Nullable EncodedValue> encoder) {
            EncodedValue value = encoder.get();
            return value == null ? null : new Result(value, encoder);
        }

        /**
         * Made of what the value is now; null unless that still reads the same. A persistence provider changes entities until
         * the commit, their version for one, and a caller may go on with them: then neither what was nor what is need be what
         * the database has.
         */
        @Nullable Result again() {
            EncodedValue now = encoder.get();
            return now != null && now.hasContentOf(value) ? new Result(now, encoder) : null;
        }
    }

    private static final int MOST_EARLIER = 16;

    private final Target target;
    private final String write;
    private final List<String> earlier; // writes of the same target that are over, too, and may still be announced
    private @Nullable Result result;
    private @Nullable EntryKey resultKey; // the target, with the tags of the result
    private @Nullable Duration settle = Duration.ZERO;
    private boolean sent; // its announcement, which may have arrived
    private boolean announced;
    private boolean open; // it may be done later than its end

    public Invalidation(Target target, String write) {
        this(target, write, List.of());
    }

    private Invalidation(Target target, String write, List<String> earlier) {
        this.target = target;
        this.write = write;
        this.earlier = earlier;
    }

    public Target target() {
        return target;
    }

    /** Whether its announcement is on its way, or has arrived. */
    public boolean isSent() {
        return sent;
    }

    /** What takes the place of the old value; null if it is only evicted. Its {@code key} is the target, with the tags of the result. */
    public void result(EntryKey key, @Nullable Result replacement) {
        resultKey = key;
        result = replacement;
    }

    /** It only evicts. */
    public void forgetResult() {
        result = null;
    }

    /** Whether its announcement was answered. */
    public boolean isAnnounced() {
        return announced;
    }

    /** How far back what the result was made of may lie, as seen from the announcement; only evicts if that is unknown. */
    public void settle(@Nullable Duration known) {
        settle = known;
    }

    /** Only evicts if the result is not any more what it was when the method returned; else its life begins now. */
    public void recheckResult() {
        if (result != null) {
            result = SafeCalls.orNull(result::again);
        }
    }

    /** This write as an eviction of {@code whole}, which is its target or holds it. */
    public Invalidation asEvictionOf(Target whole) {
        Invalidation eviction = new Invalidation(whole, write, whole.equals(target) ? earlier : List.of());
        eviction.sent = sent;
        eviction.open = open;
        return eviction;
    }

    /**
     * This eviction in place of an earlier one of the same target, whose announcement it takes back with its own; if there
     * are too many, the first run out by themselves.
     */
    public Invalidation inPlaceOf(Invalidation before) {
        List<String> ids = new ArrayList<>(before.earlier);
        if (before.sent && !before.open) {
            ids.add(before.write);
        }
        int surplus = Math.max(0, ids.size() - MOST_EARLIER);
        Invalidation both = new Invalidation(target, write, List.copyOf(ids.subList(surplus, ids.size())));
        both.sent = sent;
        both.open = open || before.open;
        return both;
    }

    /** Another write of the same, which may be done as late as this one. */
    public Invalidation again(String other) {
        Invalidation again = new Invalidation(target, other);
        again.open = open;
        return again;
    }

    /** How it ended is unknown, and it may be done yet: its announcement is to run out, and counts as an eviction then. */
    public void leaveOpen() {
        open = true;
    }

    /** What announces it, and is now on its way; null if its target is a whole cache, see {@link #begin}. */
    public @Nullable WriteStep beginning() {
        if (target instanceof EntryKey key) {
            sent = true;
            return WriteStep.begin(key, write);
        }
        return null;
    }

    /** Its announcement has been answered. */
    public void hasBegun() {
        announced = true;
    }

    /** Takes one step by itself; false if its result is not stored. */
    public static boolean take(WriteStep step, RemoteStore store, long nanos) {
        StoredEntry result = step.result();
        Outcome outcome = step.outcome();
        if (result != null) {
            return store.endWith(step.key(), step.write(), step.settle(), result, nanos);
        }
        if (outcome == null) {
            store.begin(step.key(), step.write(), nanos);
        } else {
            store.end(step.key(), step.write(), outcome, nanos);
        }
        return true;
    }

    public boolean begin(RemoteStore store, long nanos) {
        sent = true;
        @Nullable WriteStep step = beginning();
        if (step != null) {
            take(step, store, nanos);
        } else if (target instanceof KeySpace space) {
            store.beginAll(space, write, nanos);
        }
        hasBegun();
        return true;
    }

    public boolean endCommitted(RemoteStore store, long nanos) {
        return end(Outcome.COMMITTED, store, nanos);
    }

    /**
     * What ends it; null if its target is a whole cache, see {@link #end}. Also if its begin was not delivered: then as a write
     * that begins and ends now, and its result is not stored, for the begin may come when other writes have come and gone.
     * One that is left open is announced once more, which evicts, too.
     */
    public @Nullable WriteStep ending(Outcome outcome) {
        if (!(target instanceof EntryKey key)) {
            return null;
        }
        boolean stores = announced && !open && outcome == Outcome.COMMITTED;
        if (result != null && resultKey != null && settle != null && stores) {
            return WriteStep.endWith(resultKey, write, settle, result.value().entry());
        }
        return open && outcome != Outcome.ROLLED_BACK ? beginning() : WriteStep.end(key, write, outcome.toBeSafe());
    }

    /** What takes back the announcements of the earlier writes, when this one has evicted for all of them. */
    List<WriteStep> endingsOfEarlier() {
        return target instanceof EntryKey key
                ? earlier.stream()
                        .map(id -> WriteStep.end(key, id, Outcome.ROLLED_BACK))
                        .toList()
                : List.of();
    }

    /** Takes the step of {@link #ending}, and takes back the announcements of the earlier writes. False if its result is not stored. */
    public boolean end(Outcome outcome, RemoteStore store, long nanos) {
        @Nullable WriteStep step = ending(outcome);
        boolean isDone = true;
        if (step != null) {
            isDone = take(step, store, nanos);
        } else if (open && outcome != Outcome.ROLLED_BACK) {
            begin(store, nanos);
        } else {
            conclude(write, outcome.toBeSafe(), store, nanos);
        }
        earlier.forEach(id -> conclude(id, Outcome.ROLLED_BACK, store, nanos)); // that has evicted for all of them
        return isDone;
    }

    private void conclude(String id, Outcome outcome, RemoteStore store, long nanos) {
        if (target instanceof EntryKey key) {
            store.end(key, id, outcome, nanos);
        } else if (target instanceof KeySpace space) {
            store.endAll(space, id, outcome, nanos);
        }
    }
}
