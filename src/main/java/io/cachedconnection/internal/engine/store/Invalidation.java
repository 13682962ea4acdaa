package io.cachedconnection.internal.engine.store;

import io.cachedconnection.internal.common.SafeCalls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The invalidation of one target by one write. Confined to the thread that writes. */
public final class Invalidation {

    /**
     * The new value that a write puts in place of the old one.
     *
     * @param value the encoded value, as it was when the method returned
     * @param encoder encodes the current state of the value again
     */
    public record Result(EncodedValue value, Supplier<@Nullable EncodedValue> encoder) {

        /** Encodes the value now; null if it is not stored. */
        public static @Nullable Result of(Supplier<@Nullable EncodedValue> encoder) {
            EncodedValue value = encoder.get();
            return value == null ? null : new Result(value, encoder);
        }

        /**
         * Encodes the value again; null unless the bytes are the same. A persistence provider changes entities until the
         * commit, for example their version, and a caller may change them later: then neither state is certain to be in the
         * database.
         */
        @Nullable Result again() {
            EncodedValue now = encoder.get();
            return now != null && now.hasContentOf(value) ? new Result(now, encoder) : null;
        }
    }

    private static final int MOST_EARLIER = 16;

    private final Target target;
    private final String write;
    private final List<String> earlier; // ended writes of the same target whose announcements may still stand
    private @Nullable Result result;
    private @Nullable EntryKey resultKey; // the target with the tags of the result
    private @Nullable Duration settle = Duration.ZERO;
    private boolean sent; // the announcement was sent and may have arrived
    private boolean announced;
    private boolean open; // the write may be committed after its end

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

    /** Whether its announcement was sent, delivered or not. */
    public boolean isSent() {
        return sent;
    }

    /** Sets the new value; null only evicts. {@code key} is the target with the tags of the result. */
    public void result(EntryKey key, @Nullable Result replacement) {
        resultKey = key;
        result = replacement;
    }

    /** Turns it into an eviction only. */
    public void forgetResult() {
        result = null;
    }

    /** Whether its announcement was acknowledged. */
    public boolean isAnnounced() {
        return announced;
    }

    /** Sets how long before the announcement the result may have been read; null (unknown) turns it into an eviction only. */
    public void settle(@Nullable Duration known) {
        settle = known;
    }

    /** Encodes the result again: turns into an eviction only if it has changed, else its TTL starts now. */
    public void recheckResult() {
        if (result != null) {
            result = SafeCalls.orNull(result::again);
        }
    }

    /** Returns this write as an eviction of {@code whole}, which covers its target. */
    public Invalidation asEvictionOf(Target whole) {
        Invalidation eviction = new Invalidation(whole, write, whole.equals(target) ? earlier : List.of());
        eviction.sent = sent;
        eviction.open = open;
        return eviction;
    }

    /**
     * Returns this eviction in place of an earlier one of the same target. It ends the announcements of both; if there are too
     * many, the oldest are left to expire.
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

    /** Returns another write of the same target, which may be committed as late as this one. */
    public Invalidation again(String other) {
        Invalidation again = new Invalidation(target, other);
        again.open = open;
        return again;
    }

    /** Leaves it open, because the write may still be committed: its announcement expires, and then counts as an eviction. */
    public void leaveOpen() {
        open = true;
    }

    /** Returns the step that announces it, and marks it as sent; null if its target is a whole cache, see {@link #begin}. */
    public @Nullable WriteStep beginning() {
        if (target instanceof EntryKey key) {
            sent = true;
            return WriteStep.begin(key, write);
        }
        return null;
    }

    /** Marks its announcement as acknowledged. */
    public void hasBegun() {
        announced = true;
    }

    /** Takes a single step; false if its result is not stored. */
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
     * Returns the step that ends it; null if its target is a whole cache, see {@link #end}. If the announcement was not
     * delivered, the step is a write that begins and ends now; its result is not stored, because the late announcement may
     * arrive between other writes. A write that is left open is announced again, which evicts, too.
     */
    public @Nullable WriteStep ending(Outcome outcome) {
        if (!(target instanceof EntryKey key)) {
            return null;
        }
        if (result != null && resultKey != null && settle != null && mayStore(outcome)) {
            return WriteStep.endWith(resultKey, write, settle, result.value().entry());
        }
        return open && outcome != Outcome.ROLLED_BACK ? beginning() : WriteStep.end(key, write, outcome.toBeSafe());
    }

    private boolean mayStore(Outcome outcome) {
        return announced && !open && outcome == Outcome.COMMITTED;
    }

    /** Whether ending it with this outcome stores a new value. */
    public boolean replaces(Outcome outcome) {
        return target instanceof EntryKey && result != null && settle != null && mayStore(outcome);
    }

    /** Returns the steps that end the announcements of the earlier writes, after this one has evicted for all of them. */
    List<WriteStep> endingsOfEarlier() {
        return target instanceof EntryKey key
                ? earlier.stream()
                        .map(id -> WriteStep.end(key, id, Outcome.ROLLED_BACK))
                        .toList()
                : List.of();
    }

    /**
     * Takes the step of {@link #ending} and ends the announcements of the earlier writes. False if its result is not stored.
     */
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
        earlier.forEach(
                id -> conclude(id, Outcome.ROLLED_BACK, store, nanos)); // this write has evicted for all of them
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
