package io.cachedconnection.internal.memory;

import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.InvalidationListener;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.Outcome;
import io.cachedconnection.internal.memory.JvmMemory.Fence;
import io.cachedconnection.internal.memory.JvmMemory.Stored;
import io.cachedconnection.internal.memory.JvmMemory.Writing;
import io.cachedconnection.testing.MemoryFeed;
import io.cachedconnection.testing.PartedStore;
import java.time.Duration;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * The store in memory with what only tests do to it: they spoil its fences, which it mends as the scripts do, plant values, copy
 * it, take its evictions of all part by part, and hold back what it tells of its changes.
 */
public class SpoilableStore extends JvmStore implements PartedStore {

    /** How far off a moment is that a fence is spoilt with. */
    public static final Duration FAR = Duration.ofDays(3650);

    private static final long LONGEST = Duration.ofHours(1).toNanos();
    private static final long SINCE_EVER = -Duration.ofDays(36000).toNanos();

    private final TestedMemory memory;
    private final long maxTransactionAge;
    private boolean believing; // fences, also those that are spoilt

    /** The memory, and how it tells of its changes. */
    private static final class TestedMemory extends JvmMemory {

        private final LongSupplier nanoTime;
        private final long start;
        private final MemoryFeed feed;
        private boolean isAlike; // each stamp is the same
        private long stampsMade;

        TestedMemory(LongSupplier nanoTime, long start) {
            super(nanoTime, start, SINCE_EVER);
            this.nanoTime = nanoTime;
            this.start = start;
            feed = new MemoryFeed(nanoTime);
        }

        TestedMemory copy(LongSupplier clock) {
            TestedMemory copy = new TestedMemory(clock, start);
            copy.entries.putAll(entries);
            copy.stampsMade = stampsMade;
            fences.forEach((name, fence) -> {
                Fence other = new Fence(name);
                other.lease = fence.lease;
                other.leaseUntil = fence.leaseUntil;
                other.evicted = fence.evicted;
                other.until = fence.until;
                other.writers.putAll(fence.writers);
                copy.fences.put(name, other);
            });
            return copy;
        }

        @Override
        long nextStamp() {
            return isAlike ? 1 : ++stampsMade;
        }

        @Override
        void hear(Set<String> prefixes, InvalidationListener listener) {
            feed.hear(prefixes, listener);
        }

        @Override
        void changed(String key) {
            if (feed != null) {
                feed.changed(key);
            }
        }

        /** Tests prove by the feed. */
        @Override
        void prove(InvalidationListener listener) {}
    }

    public SpoilableStore(LongSupplier nanoTime, Duration maxTransactionAge) {
        this(new TestedMemory(nanoTime, nanoTime.getAsLong()), maxTransactionAge);
    }

    private SpoilableStore(TestedMemory memory, Duration maxTransactionAge) {
        super(memory, () -> {}, maxTransactionAge, maxTransactionAge);
        this.memory = memory;
        this.maxTransactionAge = maxTransactionAge.toNanos();
    }

    /** Another store with what {@code from} holds, on a clock that shows the same time. */
    protected SpoilableStore(SpoilableStore from, LongSupplier clock) {
        this(from.atomically(() -> from.memory.copy(clock)), Duration.ofNanos(from.maxTransactionAge));
    }

    /** From now on it believes fences, also those that are spoilt. */
    public PartedStore believing() {
        believing = true;
        return this;
    }

    /** From now on each stamp that it makes is the same. */
    public PartedStore stampingAlike() {
        memory.isAlike = true;
        return this;
    }

    /** How it tells of its changes. */
    public MemoryFeed feed() {
        return memory.feed;
    }

    /** Puts these bytes under {@code key}, as a program does that knows nothing of the protocol, and tells no listener. */
    public void plant(EntryKey key, byte[] payload) {
        atomically(() -> memory.entries.put(key.text(), new Stored(payload, Long.MAX_VALUE)));
    }

    /** Replaces what no node can mean, as the script does. */
    private void mend(Fence fence) {
        if (believing) {
            return;
        }
        long now = memory.now();
        if (fence.lease != null && fence.leaseUntil > now + LONGEST) {
            fence.lease = null;
            forgetIfEmpty(fence);
        }
        fence.evicted = Math.min(fence.evicted, now);
        fence.writers.replaceAll((write, writing) ->
                writing.deadline() > now + LONGEST ? new Writing(now + maxTransactionAge, now) : writing);
    }

    @Override
    Fence look(String name) {
        mend(asLeft(name));
        return super.look(name);
    }

    @Override
    void keep(Fence fence, long life) {
        mend(fence);
        super.keep(fence, life);
    }

    @Override
    public boolean release(EntryKey key, String token, long nanos) {
        return atomically(
                () -> asLeft(key.fence()).leaseUntil <= memory.now() + LONGEST && super.release(key, token, nanos));
    }

    @Override
    public void spoil(String name, String field) {
        atomically(() -> {
            Fence fence = asLeft(name);
            long far = memory.now() + FAR.toNanos();
            switch (field) {
                case "lease" -> {
                    fence.lease = "x";
                    fence.leaseUntil = far;
                }
                case "evicted" -> fence.evicted = far;
                default -> fence.writers.put(field.substring(2), new Writing(far, memory.now()));
            }
            return memory.fences.put(name, fence);
        });
    }

    @Override
    public String fence(String name) {
        return atomically(() -> text(asLeft(name)));
    }

    private String text(Fence fence) {
        long now = memory.now();
        StringBuilder text = new StringBuilder(100);
        if (fence.evicted != JvmMemory.NEVER) {
            text.append(" evicted ").append(micros(fence.evicted - now));
        }
        if (fence.lease != null) {
            text.append(" lease ").append(fence.lease).append(' ').append(Math.max(0, micros(fence.leaseUntil - now)));
        }
        new TreeMap<>(fence.writers)
                .forEach((write, writing) -> text.append(' ')
                        .append(write)
                        .append(' ')
                        .append(micros(writing.deadline() - now))
                        .append(' ')
                        .append(micros(writing.begun() - now)));
        if (text.isEmpty()) {
            return "";
        }
        return fence.until == Long.MAX_VALUE
                ? text + " for ever"
                : text.append(" until ").append(micros(fence.until - now)).toString();
    }

    private static long micros(long nanos) {
        return nanos / 1000;
    }

    @Override
    public void announceAll(KeySpace space, String write) {
        super.announceAll(space, write);
    }

    @Override
    public void dropLeases(KeySpace space) {
        super.dropLeases(space);
    }

    @Override
    public void dropValues(KeySpace space) {
        super.dropValues(space);
    }

    @Override
    public void concludeAll(KeySpace space, String write, Outcome outcome) {
        super.concludeAll(space, write, outcome);
    }
}
