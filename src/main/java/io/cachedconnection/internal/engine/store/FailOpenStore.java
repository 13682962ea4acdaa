package io.cachedconnection.internal.engine.store;

import io.cachedconnection.internal.common.SafeCalls;
import io.cachedconnection.internal.engine.store.LeaseResult.Verdict;
import io.cachedconnection.internal.engine.store.RemoteStore.LeaseRequest;
import io.cachedconnection.internal.engine.store.StoreException.Reason;
import io.cachedconnection.internal.engine.store.StoreHealth.Operation;
import io.cachedconnection.internal.engine.store.StoreResult.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes failures of the remote store harmless: only this class turns a failed call into {@code UNREACHABLE}. Each call takes
 * its time from the caller's budget, and a failure empties the budget. A key with a pending eviction counts as unreachable, and
 * so does a server whose circuit breaker is open. Thread-safe.
 */
public final class FailOpenStore {

    private static final Budget NONE = new Budget(Duration.ZERO); // has nothing to spend, so it can be shared
    private static final int MOST_ORPHANS = 10_000;

    private final RemoteStore store;
    private final StoreHealth health;
    private final Consumer<Target> forgetNear;
    private final Predicate<EntryKey> isEvictionPending;
    private final Predicate<String> leftAlone;
    private final Runnable recovery;
    private final LongSupplier nanoTime;
    private final Queue<OrphanedLease> orphans = new ConcurrentLinkedQueue<>();
    private final AtomicInteger orphanCount = new AtomicInteger();
    private volatile @Nullable EntryKey lastLookedUp; // while the store was lost

    /**
     * A lease that may have been granted although the store did not answer: the reply to a request was lost or late, or a fill
     * or release failed and the lease lives on. Callers would wait for a load that is not running, so orphaned leases are
     * returned when the store answers again. Their number is bounded, because leases also expire by themselves.
     */
    private record OrphanedLease(EntryKey key, String token) {}

    /**
     * Creates a store that fails open.
     *
     * @param forgetNear removes a target from the near cache
     * @param isEvictionPending whether a key waits for its eviction to be delivered
     * @param leftAlone whether writes of the cache with this name are not sent to the store
     * @param recovery runs after each failure, and while a failed store is not asked
     */
    public FailOpenStore(
            RemoteStore store,
            StoreHealth health,
            Consumer<Target> forgetNear,
            Predicate<EntryKey> isEvictionPending,
            Predicate<String> leftAlone,
            Runnable recovery,
            LongSupplier nanoTime) {
        this.store = store;
        this.health = health;
        this.forgetNear = forgetNear;
        this.isEvictionPending = isEvictionPending;
        this.leftAlone = leftAlone;
        this.recovery = recovery;
        this.nanoTime = nanoTime;
    }

    public StoreResult<byte[]> find(EntryKey key, Budget budget) {
        return found(key, budget, nanos -> {
            byte[] payload = store.find(key, nanos);
            return payload == null ? StoreResult.none(Status.MISS) : StoreResult.hit(payload);
        });
    }

    /** Returns the bytes under {@code key} and their remaining TTL. */
    public StoreResult<StoredEntry> findEntry(EntryKey key, Budget budget) {
        return found(key, budget, nanos -> {
            StoredEntry entry = store.findEntry(key, nanos);
            return entry == null ? StoreResult.none(Status.MISS) : StoreResult.hit(entry);
        });
    }

    private <T> StoreResult<T> found(EntryKey key, Budget budget, Call<StoreResult<T>> question) {
        Budget own = within(key, budget);
        StoreResult<T> found = guarded(Operation.READ, own, StoreResult.none(Status.UNREACHABLE), question);
        boolean isPending = found.outcome() == Status.UNREACHABLE && isEvictionPending.test(key);
        return isPending ? StoreResult.none(Status.PENDING_EVICTION) : found;
    }

    public LeaseResult acquire(EntryKey key, LeaseRequest request, Budget budget) {
        // A caller that gets the lease must have time left to return it.
        if (within(key, budget).left() <= 0 || budget.leftButForTheLast() <= 0) {
            return LeaseResult.of(Verdict.UNREACHABLE);
        }
        long before = budget.left();
        LeaseResult lease = guarded(
                Operation.STORE,
                budget,
                LeaseResult.of(Verdict.UNREACHABLE),
                nanos -> store.acquire(key, request, budget.leftButForTheLast()));
        if (lease.verdict() == Verdict.BUSY) {
            budget.restore(before); // the wait was for another node, which has a limit of its own
        } else if (lease.verdict() == Verdict.UNREACHABLE) {
            orphaned(key, request.token());
        }
        return lease;
    }

    private void orphaned(EntryKey key, String token) {
        if (orphanCount.get() < MOST_ORPHANS) {
            orphanCount.incrementAndGet();
            orphans.add(new OrphanedLease(key, token));
        }
    }

    /** Whether there are leases that this node may still hold. */
    public boolean hasOrphanedLeases() {
        return orphanCount.get() > 0;
    }

    /** Returns orphaned leases; stops at the first failure. */
    public void giveBackOrphanedLeases(Budget budget) {
        for (int left = orphanCount.get(); left > 0; left--) {
            OrphanedLease lease = orphans.poll();
            if (lease == null) {
                return;
            }
            if (givenBack(lease.key(), lease.token(), budget) == Ack.UNREACHABLE) {
                orphans.add(lease);
            } else {
                orphanCount.decrementAndGet();
                budget.refill();
            }
        }
    }

    public Ack fill(EntryKey key, String token, StoredEntry entry, Budget budget) {
        Ack ack = asked(Operation.STORE, within(key, budget), nanos -> store.fill(key, token, entry, nanos));
        if (ack == Ack.UNREACHABLE) {
            orphaned(key, token);
        }
        return ack;
    }

    public Ack release(EntryKey key, String token, Budget budget) {
        Ack ack = givenBack(key, token, budget);
        if (ack == Ack.UNREACHABLE) {
            orphaned(key, token);
        }
        return ack;
    }

    private Ack givenBack(EntryKey key, String token, Budget budget) {
        // A full store accepts this step, so it does not show that the store accepts fills again.
        return asked(Operation.READ, reachable(key, budget), nanos -> store.release(key, token, nanos));
    }

    public Ack evict(EntryKey key, Budget budget) {
        return isLeftAlone(key)
                ? Ack.NO
                : changing(key, () -> saidTo(writable(key, budget), (remote, nanos) -> remote.evict(key, nanos)));
    }

    public Ack remove(EntryKey key, Budget budget) {
        return asked(Operation.STORE, reachable(key, budget), nanos -> store.remove(key, nanos));
    }

    public Ack contains(EntryKey key, Budget budget) {
        return guarded(
                Operation.READ, within(key, budget), Ack.UNREACHABLE, nanos -> Ack.of(store.contains(key, nanos)));
    }

    /** Whether no write of {@code key} is announced or has ended within {@code past}; see {@link RemoteStore#isUntouched}. */
    public Ack isUntouched(EntryKey key, Duration past, Budget budget) {
        return asked(Operation.READ, within(key, budget), nanos -> store.isUntouched(key, past, nanos));
    }

    /** Whether writes of {@code target} are not sent to the store. In doubt they are sent. */
    public boolean isLeftAlone(Target target) {
        return SafeCalls.or(false, () -> leftAlone.test(target.cache()));
    }

    /** Takes a step of a write of {@code target}; does nothing while its writes are not sent. */
    public Ack step(Target target, Budget budget, Step step) {
        if (isLeftAlone(target)) {
            forgetNear.accept(target);
            return Ack.YES;
        }
        return changing(target, () -> saidTo(writable(target, budget), step));
    }

    /**
     * Takes one step of each of these writes of keys, together; skips those whose writes are not sent.
     *
     * @param step is created only for writes that are sent
     */
    public List<Ack> steps(
            List<Invalidation> changes, Budget budget, Function<Invalidation, @Nullable WriteStep> step) {
        List<Ack> replies = new ArrayList<>(changes.size());
        List<Integer> asked = new ArrayList<>(changes.size());
        List<WriteStep> steps = new ArrayList<>(changes.size());
        for (Invalidation invalidation : changes) {
            forgetNear.accept(invalidation.target()); // and again when others were told, as for a single write
            boolean isLeftAlone = isLeftAlone(invalidation.target());
            boolean isSent =
                    !isLeftAlone && writable(invalidation.target(), budget).left() > 0;
            @Nullable WriteStep sent = isSent ? step.apply(invalidation) : null;
            if (sent != null) {
                asked.add(replies.size());
                steps.add(sent);
            }
            replies.add(isLeftAlone ? Ack.YES : Ack.UNREACHABLE);
        }
        try {
            Ack all = steps.isEmpty()
                    ? Ack.UNREACHABLE
                    : saidTo(
                            budget, (remote, nanos) -> taken(steps, nanos, (i, ack) -> replies.set(asked.get(i), ack)));
            if (all == Ack.YES) {
                budget.refill();
            }
        } finally {
            changes.forEach(invalidation -> forgetNear.accept(invalidation.target()));
        }
        return replies;
    }

    /** Records all replies, then throws if one of the steps failed. */
    private boolean taken(List<WriteStep> steps, long nanos, BiConsumer<Integer, Ack> replies) {
        List<Response<Boolean>> responses = store.steps(steps, nanos);
        for (int i = 0; i < steps.size(); i++) {
            if (responses.get(i).failure() == null) {
                replies.accept(i, Ack.of(responses.get(i).get()));
            }
        }
        responses.forEach(Response::get);
        return true;
    }

    /**
     * Ends writes that are over, all writes of keys in one batch. Sends each eviction even if the store refuses writes or its
     * target is not sent: it may belong to a write before that.
     */
    public List<Ack> deliver(List<Invalidation> evictions, Duration patience) {
        List<Ack> replies = new ArrayList<>(Collections.nCopies(evictions.size(), Ack.UNREACHABLE));
        List<Integer> keys = new ArrayList<>();
        List<WriteStep> steps = new ArrayList<>();
        for (int i = 0; i < evictions.size(); i++) {
            Invalidation eviction = evictions.get(i);
            @Nullable WriteStep step = eviction.ending(Outcome.COMMITTED);
            if (step == null) {
                replies.set(i, changing(eviction.target(), () -> saidTo(new Budget(patience), eviction::endCommitted)));
            } else {
                forgetNear.accept(eviction.target());
                keys.add(i);
                steps.add(step);
            }
        }
        keys.forEach(i -> steps.addAll(evictions.get(i).endingsOfEarlier()));
        if (!steps.isEmpty()) {
            Ack unused = saidTo(
                    new Budget(patience),
                    (remote, nanos) -> taken(steps, nanos, (i, ack) -> {
                        if (i < keys.size()) {
                            replies.set(keys.get(i), ack);
                        }
                    }));
            keys.forEach(i -> forgetNear.accept(evictions.get(i).target()));
        }
        return replies;
    }

    /**
     * Takes a step of a write. An interrupt does not stop it, because the write goes on and other nodes must be told: the step
     * is retried within its budget, and the interrupt is restored afterwards.
     */
    private Ack saidTo(Budget budget, Step step) {
        boolean[] wasInterrupted = {false};
        try {
            return asked(Operation.WRITE, budget, nanos -> {
                long until = nanoTime.getAsLong() + nanos;
                while (true) {
                    wasInterrupted[0] |= Thread.interrupted();
                    long left = until - nanoTime.getAsLong();
                    try {
                        return step.within(store, left);
                    } catch (StoreException e) {
                        boolean isInterrupted = e.reason() == Reason.INTERRUPTED
                                && Thread.currentThread().isInterrupted(); // otherwise it would loop
                        if (!isInterrupted || left <= 0) {
                            throw e;
                        }
                    }
                }
            });
        } finally {
            if (wasInterrupted[0]) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Removes the target from the near cache before other nodes are told, and again afterwards: a lookup in between may still
     * find the old value in the store.
     */
    private Ack changing(Target target, Supplier<Ack> step) {
        forgetNear.accept(target);
        try {
            return step.get();
        } finally {
            forgetNear.accept(target);
        }
    }

    /** Removes {@code target}, whose eviction is pending, from the near cache. */
    public void forget(Target target) {
        forgetNear.accept(target);
    }

    /** Whether the circuit breaker lets lookups of {@code target} through; true in doubt. */
    boolean isAnswering(Target target) {
        return SafeCalls.or(true, () -> store.isAnswering(target));
    }

    /** Whether the circuit breaker lets writes of {@code target} through; true in doubt. */
    public boolean takesWrites(Target target) {
        return SafeCalls.or(true, () -> store.takesWrites(target));
    }

    /** Probes servers whose circuit breaker is open. */
    public void revive(Budget budget) {
        long start = nanoTime.getAsLong();
        try {
            store.revive(budget.left()); // recovery is reported only after a call of a real caller succeeds
        } catch (RuntimeException | LinkageError | VirtualMachineError e) {
            health.failed(Operation.READ, StoreException.of(e), start);
        }
    }

    /** Tries each kind of call on a store that may be back, without changing anything. */
    public void askIfBack(Budget budget) {
        @Nullable EntryKey key = lastLookedUp;
        if (key != null && health.isQuestionDue() && isAnswering(key) && takesWrites(key)) {
            guarded(Operation.READ, budget, Ack.UNREACHABLE, nanos -> Ack.of(store.contains(key, nanos)));
            asked(Operation.STORE, budget, nanos -> store.release(key, "nobody", nanos));
            asked(
                    Operation.WRITE,
                    budget,
                    nanos -> new Invalidation(key, "nobody").end(Outcome.ROLLED_BACK, store, nanos));
        }
    }

    /** Returns the budget for a key: none while its eviction is pending, because the store's entry is stale. */
    private Budget within(EntryKey key, Budget budget) {
        if (health.isLost()) {
            lastLookedUp = key;
        }
        if (isEvictionPending.test(key)) {
            budget.exhaust();
        }
        return reachable(key, budget);
    }

    /** Returns the budget for a target: none while its circuit breaker is open. */
    private Budget reachable(Target target, Budget budget) {
        return isAnswering(target) ? budget : none();
    }

    /** Returns the budget for a step of a write: none while the circuit breaker of writes is open. */
    private Budget writable(Target target, Budget budget) {
        return takesWrites(target) ? budget : none();
    }

    private Budget none() {
        recovery.run();
        return NONE;
    }

    private Ack asked(Operation kind, Budget budget, Call<Boolean> question) {
        return guarded(kind, budget, Ack.UNREACHABLE, nanos -> Ack.of(question.within(nanos)));
    }

    private <T> T guarded(Operation kind, Budget budget, T unreachable, Call<T> call) {
        if (budget.left() <= 0) {
            return unreachable;
        }
        long start = nanoTime.getAsLong();
        try {
            T ack = Objects.requireNonNull(call.within(budget.left()));
            budget.spend(nanoTime.getAsLong() - start);
            health.answered(kind);
            return ack;
        } catch (RuntimeException | LinkageError | VirtualMachineError e) {
            // Also failures other than StoreException: no lookup may fail and no eviction be lost because a thread
            // could not
            // start, a class is gone with its application, or the caller's stack is full.
            budget.exhaust();
            health.failed(kind, StoreException.of(e), start);
            recovery.run();
            return unreachable;
        }
    }

    /** A step of a write. */
    @FunctionalInterface
    public interface Step {
        boolean within(RemoteStore store, long nanos);
    }

    @FunctionalInterface
    private interface Call<T> {
        T within(long nanos);
    }
}
