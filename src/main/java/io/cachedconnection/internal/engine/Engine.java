package io.cachedconnection.internal.engine;

import io.cachedconnection.internal.common.ResilientTask;
import io.cachedconnection.internal.common.SafeCalls;
import io.cachedconnection.internal.engine.near.NearCaches;
import io.cachedconnection.internal.engine.read.CacheBinding;
import io.cachedconnection.internal.engine.read.CacheCounters.Event;
import io.cachedconnection.internal.engine.read.EntityLayer;
import io.cachedconnection.internal.engine.read.Entries;
import io.cachedconnection.internal.engine.read.Layer;
import io.cachedconnection.internal.engine.read.LeaseLayer;
import io.cachedconnection.internal.engine.read.LeasePoller;
import io.cachedconnection.internal.engine.read.LoadLayer;
import io.cachedconnection.internal.engine.read.Lookup;
import io.cachedconnection.internal.engine.read.LookupContext;
import io.cachedconnection.internal.engine.read.SingleFlightLayer;
import io.cachedconnection.internal.engine.read.StoredLayer;
import io.cachedconnection.internal.engine.read.TransactionLayer;
import io.cachedconnection.internal.engine.read.VerificationLayer;
import io.cachedconnection.internal.engine.store.Ack;
import io.cachedconnection.internal.engine.store.Budget;
import io.cachedconnection.internal.engine.store.EncodedValue;
import io.cachedconnection.internal.engine.store.EngineEvents;
import io.cachedconnection.internal.engine.store.EngineEvents.Detail;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.FailOpenStore;
import io.cachedconnection.internal.engine.store.Invalidation;
import io.cachedconnection.internal.engine.store.Invalidation.Result;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.LookupResult;
import io.cachedconnection.internal.engine.store.ProtocolSettings;
import io.cachedconnection.internal.engine.store.RemoteStore;
import io.cachedconnection.internal.engine.store.StoreHealth;
import io.cachedconnection.internal.engine.store.StoreResult;
import io.cachedconnection.internal.engine.store.Target;
import io.cachedconnection.internal.engine.store.ValueLoader;
import io.cachedconnection.internal.engine.write.EvictionJournal;
import io.cachedconnection.internal.engine.write.Invalidations.WriteAction;
import io.cachedconnection.internal.engine.write.PendingWrites;
import io.cachedconnection.internal.engine.write.RefusedWriteException;
import io.cachedconnection.internal.engine.write.TransactionScope;
import io.cachedconnection.internal.engine.write.WriteCounters;
import io.cachedconnection.internal.engine.write.WriteProtocol;
import io.cachedconnection.internal.engine.write.Writer;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Answers lookups, performs writes, and reads and writes entries, for annotations and for programmatic caches. Thread-safe. No
 * lookup throws because of the remote store, and none waits for it longer than the budget.
 */
public final class Engine {

    private static final long RECOVERY_MILLIS = 100; // while there is something to recover from
    private static final long LOOK_SECONDS = 1;
    private static final long SWEEP_SECONDS = 10;

    private final RemoteStore remote;
    private final NearCaches near;
    private final FailOpenStore store;
    private final EvictionJournal journal;
    private final EngineEvents events;
    private final StoreHealth health;
    private final Entries entries;
    private final Layer first;
    private final Writer writer;
    private final WriteCounters writes = new WriteCounters();
    private final Supplier<LookupContext> contexts; // created once, because each lookup uses it
    private final ProtocolSettings protocol;
    private final LongSupplier nanoTime;
    private final AtomicBoolean recoversSoon = new AtomicBoolean();
    private final Queue<Future<?>> later =
            new ConcurrentLinkedQueue<>(); // bounded by the number of suspects of the verification
    private final AtomicBoolean isDeliveryDue = new AtomicBoolean();
    private volatile Detail followed = Detail.NONE; // refreshed once a second, because each lookup reads it
    private volatile @Nullable ScheduledExecutorService background;

    /** Creates an engine on these ports. */
    public Engine(Ports ports, ProtocolSettings protocol) {
        this(ports, protocol, cache -> false);
    }

    /**
     * Creates an engine that does not send writes of a cache to the store while {@code leftAlone} holds for the cache's name.
     */
    public Engine(Ports ports, ProtocolSettings protocol, Predicate<String> leftAlone) {
        this.protocol = protocol;
        nanoTime = ports.nanoTime();
        contexts = () -> LookupContext.outside(budget(), protocol.replicaLag());
        remote = ports.store();
        near = ports.near();
        events = new EngineEvents.Guarded(ports.events());
        journal = new EvictionJournal(protocol.journalSize());
        health = new StoreHealth(events, remote::isCalm, ports.nanoTime());
        store = new FailOpenStore(
                remote, health, near::forget, journal::concerns, leftAlone, this::recoverSoon, ports.nanoTime());
        entries = new Entries(store, events, ports.random());
        TransactionScope transactions = ports.transactions();
        WriteProtocol writeProtocol =
                new WriteProtocol(store, journal, protocol, this::deliverSoon, writes, ports.tracing());
        PendingWrites own = new PendingWrites(transactions, writeProtocol);
        writer = new Writer(transactions, own, writeProtocol, ports.tokens());

        // Builds the layers from the innermost to the outermost. No other class knows their order.
        Layer load = new LoadLayer(own, ports.tracing(), ports.nanoTime());
        LeasePoller poller = new LeasePoller(protocol.leaseWait(), ports.nanoTime(), ports.pause());
        Layer lease = new LeaseLayer(store, entries, protocol, poller, ports.tokens(), ports.nanoTime(), load);
        Layer singleFlight = new SingleFlightLayer(protocol, ports.nanoTime(), events, lease);
        Layer stored = new StoredLayer(own, entries, ports.tracing(), singleFlight, load);
        Layer verified = new VerificationLayer(
                store,
                own,
                protocol,
                events,
                key -> writeProtocol.evict(
                        key, new Invalidation(key, ports.tokens().get())),
                new VerificationLayer.Timing(ports.nanoTime(), ports.random(), ports.pause(), this::later),
                stored);
        Layer transaction = new TransactionLayer(transactions, own, protocol, verified, load);
        first = new EntityLayer(entries, transactions, transaction, load);
    }

    /**
     * Probes a failed store, and retries the evictions that could not be delivered, until {@code clock} ends. Without it the
     * circuit breaker never closes again.
     */
    @SuppressWarnings("FutureReturnValueIgnored") // ends with the clock
    public void recoverOn(ScheduledExecutorService clock) {
        background = clock;
        recoverSoon();
        // A failed call schedules the recovery itself. This round is for failures that no call meets.
        clock.scheduleWithFixedDelay(new ResilientTask(this::recover), LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
        clock.scheduleWithFixedDelay(
                new ResilientTask(() -> followed = events.followed()), 0, LOOK_SECONDS, TimeUnit.SECONDS);
        clock.scheduleWithFixedDelay(new ResilientTask(near::sweep), SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
    }

    /** Schedules a recovery that repeats until all is well. Cheap if one is already scheduled. */
    private void recoverSoon() {
        @Nullable ScheduledExecutorService current = background;
        if (current != null && !recoversSoon.get() && recoversSoon.compareAndSet(false, true)) {
            @Nullable Future<?> planned = SafeCalls.orNull(() -> current.schedule( // null after the end
                    new ResilientTask(this::recoverUntilWell), RECOVERY_MILLIS, TimeUnit.MILLISECONDS));
            if (planned == null) {
                recoversSoon.set(false);
            }
        }
    }

    private void recoverUntilWell() {
        recoversSoon.set(false); // first, so that a failure from now on schedules the next round
        try {
            recover();
        } finally {
            if (journal.pending() > 0 || store.hasOrphanedLeases() || !SafeCalls.or(false, remote::isCalm)) {
                recoverSoon();
            }
        }
    }

    /** Probes the store if that is due, and tries once to deliver pending evictions and to return orphaned leases. */
    void recover() {
        store.revive(budget());
        deliver();
        store.giveBackOrphanedLeases(budget());
        near.tuneIn(remote);
        store.askIfBack(budget());
    }

    /** Tries once to deliver the evictions for which the store accepts writes. */
    private void deliver() {
        isDeliveryDue.set(false);
        journal.deliver(store::takesWrites, evictions -> store.deliver(evictions, protocol.evictTimeout()));
    }

    /** Retries an eviction that its caller failed to deliver, without waiting for the next round. */
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

    /** Runs {@code task} after {@code delay}: at once if there is no clock, and never after the end of the application. */
    private void later(Runnable task, Duration delay) {
        @Nullable ScheduledExecutorService clock = background;
        if (clock == null) {
            task.run();
            return;
        }
        later.removeIf(Future::isDone);
        @Nullable Future<?> planned =
                SafeCalls.orNull(() -> clock.schedule(new ResilientTask(task), delay.toNanos(), TimeUnit.NANOSECONDS));
        if (planned != null) {
            later.add(planned);
        }
    }

    /** Ends the engine: delivers pending evictions a last time, and reports those that are lost. */
    public void close() {
        later.forEach(planned -> planned.cancel(false)); // otherwise the clock would wait for them
        journal.deliver(target -> true, evictions -> store.deliver(evictions, protocol.evictTimeout()));
        if (journal.pending() > 0) {
            events.evictionsLost(journal.pending());
        }
    }

    /** Supplies the contexts of lookups. */
    public Supplier<LookupContext> contexts() {
        return contexts;
    }

    /** Returns the value of {@code key} from the cache, or else from {@code loader}, whose exceptions pass unchanged. */
    public <V> LookupResult<V> read(CacheBinding<V> binding, EntryKey key, ValueLoader<V> loader) throws Exception {
        return read(Lookup.of(binding, key, loader, contexts));
    }

    /** Returns the result of {@code lookup}. Do not use the lookup again. */
    public <V> LookupResult<V> read(Lookup<V> lookup) throws Exception {
        Detail detail = followed;
        if (detail == Detail.NONE) {
            return first.read(lookup);
        }
        List<Event> trail = lookup.follow();
        long start = nanoTime.getAsLong();
        try {
            return first.read(lookup);
        } finally {
            if (detail == Detail.ALL || trail.contains(Event.LOAD)) {
                events.lookedUp(lookup.key(), text(trail), nanoTime.getAsLong() - start);
            }
        }
    }

    private static String text(List<Event> trail) {
        return trail.stream()
                .map(event -> event.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    /**
     * Runs {@code action}, which makes {@code targets} stale. In a transaction they are evicted at the commit; otherwise before
     * and after the action. They are also evicted if the action throws, because it may have written.
     *
     * @throws RefusedWriteException before the action, if it may not proceed without the remote store
     */
    public <T> @Nullable T write(List<Target> targets, WriteAction<T> action) throws Exception {
        return writer.write(targets, action);
    }

    /**
     * Runs {@code action}, which also makes one key of each of {@code spaces} stale. These keys are known from its result, so
     * until it returns its own lookups bypass those caches.
     *
     * @throws RefusedWriteException also if the action is in no transaction and no write may proceed unannounced
     */
    public <T> @Nullable T write(List<Target> targets, List<KeySpace> spaces, WriteAction<T> action) throws Exception {
        return writer.write(targets, spaces, action);
    }

    /** Encodes {@code value} for the store; null if such a value is not stored. */
    public <V> @Nullable EncodedValue encode(CacheBinding<V> binding, EntryKey key, @Nullable V value) {
        return binding.isOn() && !binding.isResting()
                ? entries.of(binding, key, value, Duration.ZERO, refusal -> {})
                : null;
    }

    /**
     * Finds the entry under {@code key} without a load. Finds none if the caller's transaction has made it stale, or while the
     * cache is switched off.
     */
    public <V> StoreResult<V> find(CacheBinding<V> binding, EntryKey key) {
        return first.find(Lookup.of(binding, key, () -> null, contexts));
    }

    /** Whether the remote store has an entry under {@code key}; NO if the caller's transaction has made it old. */
    public Ack contains(CacheBinding<?> binding, EntryKey key) {
        return first.contains(Lookup.of(binding, key, () -> null, contexts));
    }

    /**
     * Puts {@code value} under {@code key}; in a transaction after its commit. NO if it is not stored now. If such a value is
     * never stored, the entry is removed.
     */
    public <V> Ack put(CacheBinding<V> binding, EntryKey key, @Nullable V value) {
        Result result = Result.of(() -> encode(binding, key, value));
        Ack ack = binding.counted(writer.put(key, result));
        return result == null && ack == Ack.YES ? Ack.NO : ack;
    }

    /**
     * Removes the entry under {@code key}, as a committed write would; in a transaction after its commit. NO if there is none.
     */
    public Ack evict(CacheBinding<?> binding, EntryKey key) {
        if (writer.isInTransaction()) {
            Ack there = contains(binding, key);
            writer.put(key, null);
            return there;
        }
        return binding.counted(writer.evict(key));
    }

    /**
     * Makes {@code target} stale, like a write that does nothing else.
     *
     * @throws RefusedWriteException if the eviction cannot be announced and may not be late; in a transaction at its commit
     */
    public void evict(Target target) {
        writer.evict(target);
    }

    /**
     * Makes all {@code keys} stale, like {@link #evict(Target)} for each of them, in as few round trips as possible.
     *
     * @throws RefusedWriteException as for {@link #evict(Target)}, after all keys have been tried
     */
    public void evict(Collection<EntryKey> keys) {
        writer.evict(keys);
    }

    /**
     * Makes {@code target} stale for a commit that is still to come. Without a transaction the time of the commit is unknown,
     * so the announcement is left to expire.
     *
     * @throws RefusedWriteException if the eviction cannot be announced and may not be late; in a transaction at its commit
     */
    public void evictAtCommit(Target target) {
        writer.evictAtCommit(target);
    }

    /**
     * Reports to the caller that the eviction of {@code key} was not delivered, if the settings ask for that.
     *
     * @throws RefusedWriteException with {@code evict.on-failure=FAIL}; the eviction is kept and delivered later
     */
    public void sayUndelivered(EntryKey key) {
        writer.sayUndelivered(key);
    }

    /** Returns the counts of evictions and puts by outcome. */
    public WriteCounters writes() {
        return writes;
    }

    /** Whether the remote store answers, as last seen. */
    public StoreHealth health() {
        return health;
    }

    /** Returns how many evictions wait to be delivered. */
    public int pendingEvictions() {
        return journal.pending();
    }

    private Budget budget() {
        return new Budget(protocol.budget());
    }
}
