package io.cachedconnection.testing;

import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.InvalidationListener;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.LeaseResult;
import io.cachedconnection.internal.engine.store.LeaseResult.Verdict;
import io.cachedconnection.internal.engine.store.Outcome;
import io.cachedconnection.internal.engine.store.RemoteStore.LeaseRequest;
import io.cachedconnection.internal.engine.store.Stamps;
import io.cachedconnection.internal.engine.store.StoredEntry;
import io.cachedconnection.internal.engine.store.Target;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/** A store in this JVM's memory: the fake of the unit tests, held to the same contract as Redis. Each step is atomic. */
public final class MemoryStore implements PartedStore {

    @SuppressWarnings("ArrayRecordComponent") // never compared, never handed out
    private record Stored(byte[] payload, long until) {}

    private record Writing(long deadline, long begun) {}

    private static final class Fence {
        private String lease;
        private long leaseUntil;
        private long evicted = Long.MIN_VALUE;
        private long until = Long.MAX_VALUE;
        private final Map<String, Writing> writers = new TreeMap<>();

        /** Replaces what no node can mean: as the script does. */
        void mend(long now, long memory) {
            if (lease != null && leaseUntil > now + LONGEST) {
                dropLease();
            }
            evicted = Math.min(evicted, now);
            writers.replaceAll(
                    (write, writing) -> writing.deadline() > now + LONGEST ? new Writing(now + memory, now) : writing);
        }

        void stamp(long at) {
            evicted = Math.max(evicted, at);
        }

        /** Lets it live until nothing in it matters: as the script of this name. */
        void keep(long now, long memory) {
            long last = Math.max(now, Math.max(evicted, lease == null ? now : leaseUntil));
            for (Writing writing : writers.values()) {
                last = Math.max(last, writing.deadline());
            }
            long end = last + memory + Duration.ofMillis(1).toNanos();
            until = until == Long.MAX_VALUE ? end : Math.max(until, end);
        }

        void dropLease() {
            lease = null;
            forgetIfEmpty();
        }

        Writing removeWriter(String write) {
            Writing writing = writers.remove(write);
            forgetIfEmpty();
            return writing;
        }

        /** Redis removes an empty hash, and its life with it. */
        private void forgetIfEmpty() {
            if (lease == null && evicted == Long.MIN_VALUE && writers.isEmpty()) {
                until = Long.MAX_VALUE;
            }
        }

        Fence copy() {
            Fence copy = new Fence();
            copy.lease = lease;
            copy.leaseUntil = leaseUntil;
            copy.evicted = evicted;
            copy.until = until;
            copy.writers.putAll(writers);
            return copy;
        }
    }

    /** How far off a moment is that somebody has spoilt a fence with. */
    public static final Duration FAR = Duration.ofDays(3650);

    private static final Duration LIFE_OF_STAMPS = Duration.ofDays(365);
    private static final long LONGEST = Duration.ofHours(1).toNanos();

    private final Map<EntryKey, Stored> entries = new HashMap<>();
    private final Map<String, Fence> fences = new HashMap<>();
    private final MemoryFeed feed;
    private final LongSupplier nanoTime;
    private final long start;
    private final long maxTransactionAge;
    private long stampsMade; // each is another one
    private boolean isAlike; // each stamp is the same
    private boolean believing; // a fence whatever it says

    public MemoryStore(LongSupplier nanoTime, Duration maxTransactionAge) {
        this(nanoTime, nanoTime.getAsLong(), maxTransactionAge.toNanos());
    }

    private MemoryStore(LongSupplier nanoTime, long start, long maxTransactionAge) {
        this.nanoTime = nanoTime;
        this.start = start;
        this.maxTransactionAge = maxTransactionAge;
        this.feed = new MemoryFeed(nanoTime);
    }

    /** Another store with what this one holds, on a clock that shows the same time. */
    public synchronized MemoryStore copy(LongSupplier clock) {
        MemoryStore copy = new MemoryStore(clock, start, maxTransactionAge);
        copy.entries.putAll(entries);
        copy.stampsMade = stampsMade;
        fences.forEach((name, fence) -> copy.fences.put(name, fence.copy()));
        return copy;
    }

    /** From now on it believes a fence whatever it says. */
    public MemoryStore believing() {
        believing = true;
        return this;
    }

    /** From now on each stamp that it makes is the same. */
    public MemoryStore stampingAlike() {
        isAlike = true;
        return this;
    }

    @Override
    public synchronized void spoil(String name, String field) {
        Fence fence = asLeft(name);
        long far = now() + FAR.toNanos();
        switch (field) {
            case "lease" -> {
                fence.lease = "x";
                fence.leaseUntil = far;
            }
            case "evicted" -> fence.evicted = far;
            default -> fence.writers.put(field.substring(2), new Writing(far, now()));
        }
    }

    @Override
    public synchronized String fence(String name) {
        Fence fence = asLeft(name);
        StringBuilder text = new StringBuilder(100);
        if (fence.evicted != Long.MIN_VALUE) {
            text.append(" evicted ").append(micros(fence.evicted - now()));
        }
        if (fence.lease != null) {
            text.append(" lease ")
                    .append(fence.lease)
                    .append(' ')
                    .append(Math.max(0, micros(fence.leaseUntil - now())));
        }
        fence.writers.forEach((write, writing) -> text.append(' ')
                .append(write)
                .append(' ')
                .append(micros(writing.deadline() - now()))
                .append(' ')
                .append(micros(writing.begun() - now())));
        if (text.isEmpty()) {
            return "";
        }
        return fence.until == Long.MAX_VALUE
                ? text + " for ever"
                : text.append(" until ").append(micros(fence.until - now())).toString();
    }

    private static long micros(long nanos) {
        return nanos / 1000;
    }

    private long now() {
        return nanoTime.getAsLong() - start; // the clock may overflow, this does not
    }

    /** As it was left, with dead writers in it. */
    private Fence asLeft(String name) {
        return fences.compute(name, (n, old) -> old == null || old.until <= now() ? new Fence() : old);
    }

    private Fence look(String name) {
        Fence fence = mended(asLeft(name));
        fence.writers.values().removeIf(writing -> isDead(writing, fence));
        return fence;
    }

    private Fence mended(Fence fence) {
        if (!believing) {
            fence.mend(now(), maxTransactionAge);
        }
        return fence;
    }

    private boolean isDead(Writing writing, Fence fence) {
        if (writing.deadline() > now()) {
            return false;
        }
        fence.stamp(writing.deadline());
        return true;
    }

    private Fence own(EntryKey key) {
        return look(key.fence());
    }

    /** The fences that guard more than the key: of its cache, of all tags, of each tag. */
    private List<Fence> all(EntryKey key) {
        List<Fence> all = new ArrayList<>(List.of(look(key.space().fence())));
        for (EntryKey tag : key.tags()) {
            all.add(look(tag.fence()));
            all.add(look(tag.space().fence()));
        }
        return all;
    }

    private static boolean areWritten(List<Fence> fences) {
        return fences.stream().anyMatch(fence -> !fence.writers.isEmpty());
    }

    private static long lastEvicted(List<Fence> fences) {
        return fences.stream().mapToLong(fence -> fence.evicted).max().orElseThrow();
    }

    @Override
    public synchronized byte[] find(EntryKey key, long nanos) {
        byte[] found = held(key);
        boolean isOutdated = found != null && !key.tags().isEmpty() && Stamps.outdate(found, Stamps.of(stamps(key)));
        return isOutdated ? null : found;
    }

    private List<byte[]> stamps(EntryKey key) {
        List<byte[]> stamps = new ArrayList<>();
        key.tags().forEach(tag -> stamps.add(held(tag)));
        return stamps;
    }

    /** The tags of {@code key} that have no stamp get one. */
    private Stamps stamped(EntryKey key) {
        for (EntryKey tag : key.tags()) {
            byte[] held = held(tag);
            if (held == null || held.length != Stamps.BYTES) {
                byte[] fresh = ByteBuffer.allocate(Stamps.BYTES)
                        .putLong(isAlike ? 1 : ++stampsMade)
                        .array();
                store(tag, new StoredEntry(fresh, LIFE_OF_STAMPS));
            }
        }
        return Stamps.of(stamps(key));
    }

    private byte[] held(EntryKey key) {
        Stored stored = entries.get(key);
        return stored == null || stored.payload().length == 0 || now() >= stored.until()
                ? null
                : Arrays.copyOf(stored.payload(), Math.min(stored.payload().length, StoredEntry.MOST_BYTES + 1));
    }

    @Override
    public synchronized StoredEntry findEntry(EntryKey key, long nanos) {
        byte[] found = find(key, nanos);
        return found == null
                ? null
                : new StoredEntry(found, Duration.ofNanos(entries.get(key).until() - now()));
    }

    @Override
    public synchronized void hear(Set<String> prefixes, InvalidationListener invalidationListener) {
        feed.hear(prefixes, invalidationListener);
    }

    /** How it tells of its changes. */
    public MemoryFeed feed() {
        return feed;
    }

    private void changed(EntryKey key) {
        feed.changed(key.text());
    }

    private void store(EntryKey key, StoredEntry storedEntry) {
        changed(key);
        entries.put(
                key,
                new Stored(
                        storedEntry.payload().clone(),
                        now() + storedEntry.life().toNanos()));
    }

    /** Puts these bytes under {@code key}, as somebody who knows nothing of the protocol, and tells nobody. */
    public synchronized void plant(EntryKey key, byte[] payload) {
        entries.put(key, new Stored(payload, Long.MAX_VALUE));
    }

    @Override
    public synchronized LeaseResult acquire(EntryKey key, LeaseRequest request, long nanos) {
        byte[] found = find(key, nanos);
        if (found != null) {
            return LeaseResult.present(found);
        }
        Fence own = own(key);
        List<Fence> all = all(key);
        if (!own.writers.isEmpty() || areWritten(all)) {
            return LeaseResult.of(Verdict.FENCED);
        }
        long settle = request.settle().toNanos();
        long evicted = Math.max(own.evicted, lastEvicted(all));
        if (settle > 0 && (evicted == Long.MIN_VALUE ? settle >= SINCE_EVER : now() - evicted <= settle)) {
            return LeaseResult.of(Verdict.OLD);
        }
        if (own.lease != null && !own.lease.equals(request.token()) && own.leaseUntil > now()) {
            return LeaseResult.of(Verdict.BUSY);
        }
        own.lease = request.token();
        own.leaseUntil = now() + request.lease().toNanos();
        own.keep(now(), maxTransactionAge);
        return LeaseResult.leased(stamped(key));
    }

    private static final long SINCE_EVER = Duration.ofDays(36500).toNanos();

    @Override
    public synchronized boolean fill(EntryKey key, String token, StoredEntry storedEntry, long nanos) {
        if (!release(key, token, nanos)
                || (!key.tags().isEmpty() && Stamps.outdate(storedEntry.payload(), Stamps.of(stamps(key))))) {
            return false;
        }
        store(key, storedEntry);
        return true;
    }

    @Override
    public synchronized boolean release(EntryKey key, String token, long nanos) {
        Fence own = asLeft(key.fence());
        if (!token.equals(own.lease) || own.leaseUntil > now() + LONGEST) {
            return false;
        }
        own.dropLease();
        return true;
    }

    @Override
    public synchronized void begin(EntryKey key, String write, long nanos) {
        remove(key, nanos);
        Fence own = asLeft(key.fence());
        own.dropLease();
        announce(own, write, memory(key));
    }

    /** As long again for a tag: a put looks back from its announcement, and may end as late again without touching the tag. */
    private long memory(EntryKey key) {
        return key.space().isOfTags() ? 2 * maxTransactionAge : maxTransactionAge;
    }

    private void announce(Fence fence, String write, long memory) {
        Writing earlier = fence.writers.get(write);
        long begun = earlier == null ? now() : earlier.begun();
        fence.writers.put(write, new Writing(now() + maxTransactionAge, begun));
        mended(fence).keep(now(), memory);
    }

    private void stamp(Fence fence, long memory) {
        fence.stamp(now());
        fence.keep(now(), memory);
    }

    @Override
    public synchronized void end(EntryKey key, String write, Outcome outcome, long nanos) {
        asLeft(key.fence()).removeWriter(write);
        if (outcome == Outcome.COMMITTED) {
            evict(key, nanos);
        }
    }

    @Override
    public synchronized boolean endWith(
            EntryKey key, String write, Duration settle, StoredEntry storedEntry, long nanos) {
        Fence own = own(key);
        List<Fence> all = all(key);
        Writing mine = own.removeWriter(write);
        boolean alone = mine != null
                && own.writers.isEmpty()
                && !areWritten(all)
                && isOver(Math.max(own.evicted, lastEvicted(all)), mine.begun() - settle.toNanos());
        evict(key, nanos);
        if (alone) {
            store(key, storedEntry.with(stamped(key)));
        }
        return alone;
    }

    private static boolean isOver(long evicted, long known) {
        return evicted == Long.MIN_VALUE || evicted < known;
    }

    @Override
    public synchronized boolean remove(EntryKey key, long nanos) {
        boolean there = contains(key, nanos);
        if (entries.remove(key) != null) {
            changed(key);
        }
        return there;
    }

    @Override
    public synchronized boolean evict(EntryKey key, long nanos) {
        own(key).dropLease();
        stamp(own(key), memory(key));
        return remove(key, nanos);
    }

    @Override
    public synchronized boolean contains(EntryKey key, long nanos) {
        return find(key, nanos) != null;
    }

    @Override
    public void beginAll(KeySpace space, String write, long nanos) {
        announceAll(space, write);
        dropLeases(space);
        dropValues(space);
    }

    @Override
    public void endAll(KeySpace space, String write, Outcome outcome, long nanos) {
        if (outcome == Outcome.COMMITTED) {
            beginAll(space, write, nanos);
        }
        concludeAll(space, write, outcome);
    }

    @Override
    public synchronized void announceAll(KeySpace space, String write) {
        announce(asLeft(space.fence()), write, 2 * maxTransactionAge);
    }

    @Override
    public synchronized void dropLeases(KeySpace space) {
        fences.forEach((name, fence) -> {
            if (space.holdsFence(name)) {
                fence.dropLease();
            }
        });
    }

    @Override
    public synchronized void dropValues(KeySpace space) {
        List<EntryKey> doomed =
                entries.keySet().stream().filter(key -> space.holds(key.text())).toList();
        doomed.forEach(key -> remove(key, 0));
    }

    @Override
    public synchronized void concludeAll(KeySpace space, String write, Outcome outcome) {
        asLeft(space.fence()).removeWriter(write);
        if (outcome == Outcome.COMMITTED) {
            stamp(look(space.fence()), 2 * maxTransactionAge);
        }
    }

    @Override
    public boolean isAnswering(Target target) {
        return true;
    }

    @Override
    public boolean isCalm() {
        return true;
    }

    @Override
    public void revive(long nanos) {
        // it is never left alone
    }

    @Override
    public synchronized void close() {
        entries.clear();
        fences.clear();
    }
}
