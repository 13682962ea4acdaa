package io.cachedconnection.internal.engine.read;

import io.cachedconnection.internal.common.SafeCalls;
import io.cachedconnection.internal.common.Sleeper;
import io.cachedconnection.internal.engine.read.CacheCounters.Event;
import io.cachedconnection.internal.engine.store.Ack;
import io.cachedconnection.internal.engine.store.Budget;
import io.cachedconnection.internal.engine.store.CacheSettings.NearSettings;
import io.cachedconnection.internal.engine.store.CacheSettings.VerificationSettings;
import io.cachedconnection.internal.engine.store.EngineEvents;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.FailOpenStore;
import io.cachedconnection.internal.engine.store.LookupResult;
import io.cachedconnection.internal.engine.store.LookupResult.Source;
import io.cachedconnection.internal.engine.store.ProtocolSettings;
import io.cachedconnection.internal.engine.store.StoreResult;
import io.cachedconnection.internal.engine.store.UnreadableValueException;
import io.cachedconnection.internal.engine.write.PendingWrites;
import io.cachedconnection.internal.engine.write.PendingWrites.DirtyFlag;
import io.cachedconnection.internal.message.ValueMessage;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Compares a share of the hits with fresh loads, to find writers that go past the cache. The load runs on the thread of the
 * lookup, outside of transactions, one at a time on this node. A difference counts as a lie only if the entry is still served,
 * and no write of the key was announced or ended from before the hit until some time after the load. {@code
 * docs/how-to/verification.md} has the argument. A lie is counted, reported and evicted. Thread-safe.
 */
public final class VerificationLayer implements Layer {

    /** The time that an eviction has to arrive if it comes after its write or is retried by another node. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration LONGEST_LOAD = Duration.ofSeconds(1);
    private static final Duration REST = Duration.ofSeconds(10); // after a load that failed or was slower than this
    private static final Duration LEAST_MEMORY =
            Duration.ofSeconds(30); // of each fence, even if a shorter time is configured
    private static final int MOST_SUSPECTS = 64;

    private final FailOpenStore store;
    private final PendingWrites own;
    private final ProtocolSettings protocol;
    private final EngineEvents events;
    private final Consumer<EntryKey> eviction;
    private final Timing timing;
    private final Layer next;
    private final ReentrantLock verifying = new ReentrantLock();
    private final Set<EntryKey> suspects = ConcurrentHashMap.newKeySet();
    private volatile long restsUntil;
    private volatile boolean rests;

    public VerificationLayer(
            FailOpenStore store,
            PendingWrites own,
            ProtocolSettings protocol,
            EngineEvents events,
            Consumer<EntryKey> eviction,
            Timing timing,
            Layer next) {
        this.store = store;
        this.own = own;
        this.protocol = protocol;
        this.events = events;
        this.eviction = eviction;
        this.timing = timing;
        this.next = next;
    }

    /**
     * Sources of randomness and time.
     *
     * @param nanoTime a monotonic clock, in nanoseconds
     * @param random numbers from 0 to 1; thread-safe
     * @param pause suspends a thread
     * @param later runs a task after a delay, on another thread
     */
    public record Timing(
            LongSupplier nanoTime, DoubleSupplier random, Sleeper pause, BiConsumer<Runnable, Duration> later) {}

    /** Thrown when a lookup was answered with a lie and must fail. */
    public static final class LieFoundException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final String cache;

        LieFoundException(EntryKey key) {
            super(ValueMessage.LIE_REFUSED.with(key.cache(), key.digest()));
            this.cache = key.cache();
        }

        /** Returns the name of the cache. */
        public String cache() {
            return cache;
        }
    }

    /** A hit that differs from its load. It is a lie if there was no write {@code since}. */
    private record Suspect(CacheBinding<?> binding, EntryKey key, long since) {}

    @Override
    public <V> LookupResult<V> read(Lookup<V> lookup) throws Exception {
        VerificationSettings settings = lookup.binding().cache().verification();
        if (settings.sample() <= 0) {
            return next.read(lookup);
        }
        long start = timing.nanoTime().getAsLong();
        LookupResult<V> result = next.read(lookup);
        boolean isVerified = result.source() != Source.REPOSITORY
                && (settings.sample() >= 1 || timing.random().getAsDouble() < settings.sample())
                && lookup.context().keeper() == null; // a transaction reads its own snapshot
        Suspect suspect = isVerified ? verified(lookup, result.value(), start, settings.fails()) : null;
        if (suspect != null && settings.fails()) {
            if (timing.pause().nanos(protocol.evictTimeout().toNanos()) && isUnexplained(suspect)) {
                convict(suspect);
                throw new LieFoundException(suspect.key());
            }
        } else if (suspect != null && suspects.size() < MOST_SUSPECTS && suspects.add(suspect.key())) {
            timing.later().accept(() -> judge(suspect), PATIENCE);
        }
        return result;
    }

    @Override
    public <V> StoreResult<V> find(Lookup<V> lookup) {
        return next.find(lookup);
    }

    @Override
    public Ack contains(Lookup<?> lookup) {
        return next.contains(lookup);
    }

    /** Loads and compares; null if {@code hit} equals the load or the comparison failed. */
    private <V> @Nullable Suspect verified(Lookup<V> lookup, @Nullable V hit, long start, boolean isInTest) {
        CacheBinding<V> binding = lookup.binding();
        boolean isResting = rests && timing.nanoTime().getAsLong() - restsUntil < 0;
        if ((isResting && !isInTest) || verifying.isHeldByCurrentThread() || !verifying.tryLock()) {
            binding.count(Event.VERIFICATION_SKIPPED);
            return null;
        }
        try {
            byte[] answered = encoded(binding, hit);
            DirtyFlag written = new DirtyFlag();
            long asked = timing.nanoTime().getAsLong();
            @Nullable V loaded = own.watched(lookup.key(), written, lookup);
            if (timing.nanoTime().getAsLong() - asked > LONGEST_LOAD.toNanos()) {
                rest();
            }
            if (answered == null || written.isSet() || own.mayBeInTransaction()) {
                return null;
            }
            binding.count(Event.VERIFIED);
            byte[] current = encoded(binding, loaded);
            if (current == null || areSame(binding, answered, current)) {
                return null;
            }
            Suspect suspect = new Suspect(binding, lookup.key(), start);
            return isUnexplained(suspect) && isStillServed(binding, lookup.key(), answered) ? suspect : null;
        } catch (Exception | Error e) { // the caller has its answer
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            rest();
            binding.count(Event.VERIFICATION_SKIPPED);
            return null;
        } finally {
            verifying.unlock();
        }
    }

    /** Pauses verification, so that it does not load a database in trouble. */
    private void rest() {
        restsUntil = timing.nanoTime().getAsLong() + REST.toNanos();
        rests = true;
    }

    /** Encodes {@code value}; null if that fails, so that it cannot be compared. */
    private static <V> byte @Nullable [] encoded(CacheBinding<V> binding, @Nullable V value) {
        try {
            return binding.encoded(value);
        } catch (UnreadableValueException e) {
            return null;
        }
    }

    private static boolean areSame(CacheBinding<?> binding, byte[] one, byte[] other) {
        try {
            return binding.codec().areSame(one, other);
        } catch (UnreadableValueException | RuntimeException | Error e) {
            return true;
        }
    }

    /** Whether the entry still has these bytes. An entry that has gone or changed, perhaps with its fence, is not reported. */
    private <V> boolean isStillServed(CacheBinding<V> binding, EntryKey key, byte[] answered) {
        byte[] payload = store.find(key, new Budget(protocol.budget())).value();
        try {
            return payload != null
                    && areSame(binding, answered, binding.encoded(binding.decoded(binding.unwrapped(key, payload))));
        } catch (UnreadableValueException e) {
            return false;
        }
    }

    /**
     * Whether no write that the fences know explains the difference: none is announced, and none has ended since the hit, less
     * the possible age of a hit and a load. If the question took too long, a write of that time may be missed, so the suspect
     * does not count.
     */
    private boolean isUnexplained(Suspect suspect) {
        long asked = timing.nanoTime().getAsLong();
        @Nullable NearSettings near = SafeCalls.orNull(
                () -> suspect.binding().cache().settings().get().near());
        if (near == null) {
            return false;
        }
        Duration past = Duration.ofNanos(asked - suspect.since())
                .plus(protocol.budget())
                .plus(protocol.replicaLag())
                .plus(near.enabled() ? near.maxStaleness() : Duration.ZERO);
        Duration known = protocol.longestSettle();
        if (past.compareTo(known.compareTo(LEAST_MEMORY) < 0 ? LEAST_MEMORY : known) >= 0) {
            return false;
        }
        Ack untouched = store.isUntouched(suspect.key(), past, new Budget(protocol.budget()));
        return untouched == Ack.YES
                && timing.nanoTime().getAsLong() - asked <= protocol.budget().toNanos();
    }

    private void judge(Suspect suspect) {
        try {
            if (isUnexplained(suspect)) {
                convict(suspect);
            }
        } finally {
            suspects.remove(suspect.key());
        }
    }

    private void convict(Suspect suspect) {
        suspect.binding().count(Event.LIE);
        events.lied(suspect.key());
        Ack unused = SafeCalls.or(Ack.UNREACHABLE, () -> {
            eviction.accept(suspect.key());
            return Ack.YES;
        });
    }
}
