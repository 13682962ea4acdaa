package io.cachedconnection.internal.engine;

import io.cachedconnection.internal.common.ResilientTask;
import io.cachedconnection.internal.common.SafeCalls;
import io.cachedconnection.internal.engine.near.NearCaches;
import io.cachedconnection.internal.engine.read.CacheBinding;
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
import io.cachedconnection.internal.engine.store.Ack;
import io.cachedconnection.internal.engine.store.Budget;
import io.cachedconnection.internal.engine.store.EncodedValue;
import io.cachedconnection.internal.engine.store.EngineEvents;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.FailOpenStore;
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
import io.cachedconnection.internal.engine.write.WriteProtocol;
import io.cachedconnection.internal.engine.write.Writer;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers lookups, does writes, and reads and writes entries programmatically; the same for annotations and programs. Thread-safe.
 * No lookup throws because of the remote store, and none waits for it longer than the budget.
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
    private final Entries entries;
    private final Layer first;
    private final Writer writer;
    private final Supplier<LookupContext> contexts; // made once, for each lookup has it
    private final ProtocolSettings protocol;
    private final AtomicBoolean recoversSoon = new AtomicBoolean();
    private final AtomicBoolean isDeliveryDue = new AtomicBoolean();
    private volatile @Nullable ScheduledExecutorService background;

    /** An engine on these ports. */
    public Engine(Ports ports, ProtocolSettings protocol) {
        this(ports, protocol, cache -> false);
    }

    /** An engine that does not tell the store of writes of caches that are {@code leftAlone}, by name, as it is asked then. */
    public Engine(Ports ports, ProtocolSettings protocol, Predicate<String> leftAlone) {
        this.protocol = protocol;
        contexts = () -> LookupContext.outside(budget(), protocol.replicaLag());
        remote = ports.store();
        near = ports.near();
        events = new EngineEvents.Guarded(ports.events());
        journal = new EvictionJournal(protocol.journalSize());
        StoreHealth health = new StoreHealth(events, remote::isCalm, ports.nanoTime());
        store = new FailOpenStore(
                remote, health, near::forget, journal::concerns, leftAlone, this::recoverSoon, ports.nanoTime());
        entries = new Entries(store, events, ports.random());
        TransactionScope transactions = ports.transactions();
        WriteProtocol writeProtocol = new WriteProtocol(store, journal, protocol, this::deliverSoon);
        PendingWrites own = new PendingWrites(transactions, writeProtocol);
        writer = new Writer(transactions, own, writeProtocol, ports.tokens());

        // The layers, from the last to the first; no other class knows their order.
        Layer load = new LoadLayer(own);
        LeasePoller poller = new LeasePoller(protocol.leaseWait(), ports.nanoTime(), ports.pause());
        Layer lease = new LeaseLayer(store, entries, protocol, poller, ports.tokens(), ports.nanoTime(), load);
        Layer singleFlight = new SingleFlightLayer(protocol, ports.nanoTime(), events, lease);
        Layer stored = new StoredLayer(entries, singleFlight, load);
        Layer transaction = new TransactionLayer(transactions, own, protocol, stored, load);
        first = new EntityLayer(entries, transactions, transaction, load);
    }

    /**
     * Has a store that does not answer probed, and what could not be delivered to it tried again, as long as {@code clock}
     * runs. Without it no caller finds out that the store is back.
     */
    @SuppressWarnings("FutureReturnValueIgnored") // ends with the clock
    public void recoverOn(ScheduledExecutorService clock) {
        background = clock;
        recoverSoon();
        // After a failed call the recovery comes soon; this is for failures that no call meets with.
        clock.scheduleWithFixedDelay(new ResilientTask(this::recover), LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
        clock.scheduleWithFixedDelay(new ResilientTask(near::sweep), SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
    }

    /** Recovers in a moment, and again until all is well. Costs next to nothing if that is planned already. */
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
            if (journal.pending() > 0 || store.hasOrphanedLeases() || !SafeCalls.or(false, remote::isCalm)) {
                recoverSoon();
            }
        }
    }

    /** Probes the store if that is due, and tries once to deliver the evictions and leases that it was not there for. */
    void recover() {
        store.revive(budget());
        deliver();
        store.giveBackOrphanedLeases(budget());
        near.tuneIn(remote);
        store.askIfBack(budget());
    }

    /** Tries once to deliver the evictions that the store would take. */
    private void deliver() {
        isDeliveryDue.set(false);
        journal.deliver(store::takesWrites, evictions -> store.deliver(evictions, protocol.evictTimeout()));
    }

    /** Delivers without waiting for the next round what its caller has failed to deliver. */
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

    /** Makes the contexts of lookups. */
    public Supplier<LookupContext> contexts() {
        return contexts;
    }

    /** The value of {@code key}, from the cache or else from {@code loader}, whose exceptions pass as they are. */
    public <V> LookupResult<V> read(CacheBinding<V> binding, EntryKey key, ValueLoader<V> loader) throws Exception {
        return read(Lookup.of(binding, key, loader, contexts));
    }

    /** The result of {@code lookup}, which is not to be used again. */
    public <V> LookupResult<V> read(Lookup<V> lookup) throws Exception {
        return first.read(lookup);
    }

    /**
     * Does {@code action}, which makes {@code targets} old. In a transaction they are evicted when it commits, else around
     * the work; also if that throws, for it may have been done.
     *
     * @throws RefusedWriteException before the write, if it is not to go on without the remote store
     */
    public <T> @Nullable T write(List<Target> targets, WriteAction<T> action) throws Exception {
        return writer.write(targets, action);
    }

    /**
     * Does {@code action}, which also makes one more key of each of these {@code spaces} old, known with its result. Until then
     * its own lookups bypass those caches.
     *
     * @throws RefusedWriteException also if no write is to go on unannounced and this one, being in no transaction, would
     */
    public <T> @Nullable T write(List<Target> targets, List<KeySpace> spaces, WriteAction<T> action) throws Exception {
        return writer.write(targets, spaces, action);
    }

    /** What to store for {@code value}; null if such a value is not stored. */
    public <V> @Nullable EncodedValue encode(CacheBinding<V> binding, EntryKey key, @Nullable V value) {
        return binding.isOn() && !binding.isResting() ? entries.of(binding, key, value, Duration.ZERO) : null;
    }

    /**
     * The entry under {@code key}, without a load; none if the caller's transaction has made it old, or while the cache is
     * switched off.
     */
    public <V> StoreResult<V> find(CacheBinding<V> binding, EntryKey key) {
        return first.find(Lookup.of(binding, key, () -> null, contexts));
    }

    /** Whether the remote store has an entry under {@code key}; NO if the caller's transaction has made it old. */
    public Ack contains(CacheBinding<?> binding, EntryKey key) {
        return first.contains(Lookup.of(binding, key, () -> null, contexts));
    }

    /**
     * Puts {@code value} under {@code key} on the caller's word, in a transaction after its commit. NO if it is not stored
     * now; then what is there goes, if such a value is never stored.
     */
    public <V> Ack put(CacheBinding<V> binding, EntryKey key, @Nullable V value) {
        Result result = Result.of(() -> encode(binding, key, value));
        Ack ack = binding.counted(writer.put(key, result));
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
        return binding.counted(writer.evict(key));
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
     * Makes all these {@code keys} old, as {@link #evict(Target)} each of them, in as few round trips as can be.
     *
     * @throws RefusedWriteException as above, when all have been tried
     */
    public void evict(Collection<EntryKey> keys) {
        writer.evict(keys);
    }

    /**
     * Makes {@code target} old with a commit that is still to come. Without a transaction it is unknown when: then the
     * announcement is left to run out.
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

    private Budget budget() {
        return new Budget(protocol.budget());
    }
}
