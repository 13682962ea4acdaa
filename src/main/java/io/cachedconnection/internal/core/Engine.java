package io.cachedconnection.internal.core;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers lookups, does writes, and reads and writes entries by hand; the same for annotations and programs. Thread-safe.
 * No lookup throws because of the remote store, and none waits for it longer than the budget.
 */
public final class Engine {

    private static final long RECOVERY_MILLIS = 100; // while there is something to recover from
    private static final long LOOK_SECONDS = 1;
    private static final long SWEEP_SECONDS = 10;

    private final NearCaches near;
    private final FailOpenStore store;
    private final EvictionJournal journal;
    private final EngineEvents events;
    private final Entries entries;
    private final Layer first;
    private final PendingWrites own;
    private final Writer writer;
    private final Protocol protocol;
    private final Supplier<LookupContext> outside;
    private final BooleanSupplier isCalm;
    private final AtomicBoolean recoversSoon = new AtomicBoolean();
    private final AtomicBoolean isDeliveryDue = new AtomicBoolean();
    private volatile @Nullable ScheduledExecutorService background;

    /** An engine on these ports. */
    public Engine(Ports ports, Protocol protocol) {
        this(ports, protocol, cache -> false);
    }

    /** The same, which does not tell the store of writes of caches that are {@code leftAlone}, by name, as it is asked then. */
    public Engine(Ports ports, Protocol protocol, Predicate<String> leftAlone) {
        this.protocol = protocol;
        outside = () -> LookupContext.outside(budget(), protocol.replicaLag());
        events = new GuardedEvents(ports.events());
        near = ports.near();
        isCalm = ports.store()::isCalm;
        StoreHealth watch = new StoreHealth(events, isCalm, ports.nanoTime());
        journal = new EvictionJournal(protocol.journalSize());
        store = new FailOpenStore(ports, watch, journal, leftAlone, this::recoverSoon);
        entries = new Entries(store, events, ports.random(), ports.nanoTime());
        WriteProtocol steps = new WriteProtocol(store, journal, protocol, this::deliverSoon);
        own = new PendingWrites(ports.transactions(), steps);
        first = LayerStack.of(store, entries, ports, own, protocol);
        writer = new Writer(ports, own, steps);
    }

    /**
     * Has a store that does not answer probed, and what could not be delivered to it tried again, as long as {@code clock}
     * runs. Without it no caller finds out that the store is back.
     */
    @SuppressWarnings("FutureReturnValueIgnored") // ends with the clock
    public void recoverOn(ScheduledExecutorService clock) {
        background = clock;
        recoverSoon();
        // Whoever meets with a failure has it recovered from soon; this is for what nobody meets with.
        clock.scheduleWithFixedDelay(new ResilientTask(this::recover), LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
        clock.scheduleWithFixedDelay(new ResilientTask(near::sweep), SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
    }

    /** Has it done in a moment, and again until all is well. Costs next to nothing if that is so already. */
    private void recoverSoon() {
        @Nullable ScheduledExecutorService current = background;
        if (current != null && !recoversSoon.get() && recoversSoon.compareAndSet(false, true)) {
            @Nullable Future<?> planned = SafeCalls.orNull(() -> current.schedule( // none after the end
                    new ResilientTask(this::recoverUntilWell), RECOVERY_MILLIS, TimeUnit.MILLISECONDS));
            if (planned == null) {
                recoversSoon.set(false);
            }
        }
    }

    private void recoverUntilWell() {
        recoversSoon.set(false); // first: what fails from now on is recovered from in the next round
        try {
            recover();
        } finally {
            if (journal.pending() > 0 || store.hasStrays() || !SafeCalls.or(false, isCalm::getAsBoolean)) {
                recoverSoon();
            }
        }
    }

    /** Probes the store if that is due, and tries once to deliver the evictions and leases that it was not there for. */
    void recover() {
        store.revive(budget());
        deliver();
        store.giveBackStrays(budget());
        store.hearChanges();
        store.askIfBack(budget());
    }

    /** Tries once to deliver the evictions that the store would take. */
    private void deliver() {
        isDeliveryDue.set(false);
        journal.deliver(store::takesWrites, evictions -> store.deliver(evictions, protocol.evictTimeout()));
    }

    /** What only its caller has failed to deliver does not wait for the next round. */
    private void deliverSoon() {
        @Nullable Executor threads = background;
        if (threads != null && isDeliveryDue.compareAndSet(false, true)) {
            try {
                threads.execute(new ResilientTask(this::deliver));
            } catch (RejectedExecutionException
                    | Error e) { // at the end, which tries a last time; or the stack is full
                isDeliveryDue.set(false);
            }
        }
    }

    /** For the end of the application: delivers a last time, and tells what is given up. */
    public void close() {
        journal.deliver(target -> true, evictions -> store.deliver(evictions, protocol.evictTimeout()));
        if (journal.pending() > 0) {
            events.evictionsLost(journal.pending());
        }
    }

    /** The value of {@code key}, from the cache or else from {@code loader}, whose exceptions pass as they are. */
    public <V> LookupResult<V> read(CacheBinding<V> binding, EntryKey key, ValueLoader<V> loader) throws Exception {
        return read(Lookup.of(binding, key, loader));
    }

    /** The answer to {@code lookup}, which is not to be used again. */
    public <V> LookupResult<V> read(Lookup<V> lookup) throws Exception {
        lookup.isBy(outside);
        return first.read(lookup);
    }

    /**
     * Does {@code writeAction}, which makes {@code targets} old. In a transaction they are evicted when it commits, else around
     * the work; also if that throws, for it may have been done.
     *
     * @throws RefusedWriteException before the write, if it is not to go on without the remote store
     */
    public <T> @Nullable T write(List<Target> targets, WriteAction<T> writeAction) throws Exception {
        return writer.write(targets, writeAction);
    }

    /**
     * The same for {@code writeAction} that makes one more key of each of these {@code spaces} old, which one being known with its
     * result. Until then its own lookups pass those caches by.
     *
     * @throws RefusedWriteException also if no write is to go on unannounced and this one, being in no transaction, would
     */
    public <T> @Nullable T write(List<Target> targets, List<KeySpace> spaces, WriteAction<T> writeAction)
            throws Exception {
        return writer.write(targets, spaces, writeAction);
    }

    /** What to store for {@code value}; null if such a value is not stored. */
    public <V> @Nullable EncodedValue parcel(CacheBinding<V> binding, EntryKey key, @Nullable V value) {
        return binding.isOn() && !binding.isResting() ? entries.of(binding, key, value, Duration.ZERO) : null;
    }

    /**
     * The entry under {@code key}, if the remote store has it; none if the caller's transaction has made it old, or while
     * the cache is switched off.
     */
    public <V> StoreResult<V> find(CacheBinding<V> binding, EntryKey key) {
        boolean passedBy = !binding.isOn() || own.concern(key);
        if (passedBy) {
            return StoreResult.none(StoreResult.Status.MISS);
        }
        LookupResult<V> near = binding.near(key);
        return near == null ? entries.find(binding, key, budget()) : StoreResult.hit(near.value());
    }

    /**
     * Puts {@code value} under {@code key} on the caller's word, in a transaction after its commit. NO if it is not stored
     * now; then what is there goes, if such a value is never stored.
     */
    public <V> Ack put(CacheBinding<V> binding, EntryKey key, @Nullable V value) {
        Result result = Result.of(() -> parcel(binding, key, value));
        Ack ack = counted(binding, writer.put(key, result));
        return result == null && ack == Ack.YES ? Ack.NO : ack;
    }

    /**
     * Removes the entry under {@code key}, as a write that is committed would, in a transaction after its commit; NO if
     * there is none.
     */
    public Ack evict(CacheBinding<?> binding, EntryKey key) {
        if (writer.isInTransaction()) {
            Ack there = contains(binding, key);
            writer.put(key, null);
            return there;
        }
        return counted(binding, writer.evict(key));
    }

    /**
     * Makes {@code target} old, as a write that does nothing else.
     *
     * @throws RefusedWriteException if that is not possible and not to be caught up on; in a transaction at its commit
     */
    public void evict(Target target) {
        writer.evict(target);
    }

    /**
     * Makes {@code target} old with a commit that is still to come. Where no transaction tells of it, nobody knows when: then
     * the announcement is left to run out.
     *
     * @throws RefusedWriteException if that is not possible and not to be caught up on; in a transaction at its commit
     */
    public void evictAtCommit(Target target) {
        writer.evictAtCommit(target);
    }

    /**
     * For callers to whom it matters that what they did to {@code key} was not delivered.
     *
     * @throws RefusedWriteException if such a write is not to go on unsaid; it is caught up on
     */
    public void sayUndelivered(EntryKey key) {
        writer.sayUndelivered(key);
    }

    /** Whether there is an entry under {@code key}; NO if the caller's transaction has made it old. */
    public Ack contains(CacheBinding<?> binding, EntryKey key) {
        boolean passedBy = !binding.isOn() || own.concern(key);
        return passedBy ? Ack.NO : counted(binding, store.contains(key, budget()));
    }

    private static Ack counted(CacheBinding<?> binding, Ack ack) {
        if (ack == Ack.UNREACHABLE) {
            binding.cache().counters().count(CacheCounters.Event.FAILURE);
        }
        return ack;
    }

    private Budget budget() {
        return new Budget(protocol.budget());
    }
}
