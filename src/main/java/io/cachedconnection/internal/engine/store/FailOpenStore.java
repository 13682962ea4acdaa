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
 * The remote store with its failures made harmless: the only place that turns a failed call into "unreachable". Every
 * call takes its time from the caller's budget, and after a failure the budget is empty. A key that waits for its eviction
 * to be delivered is unreachable, too, and so is what the store has given up asking for a while. Thread-safe.
 */
public final class FailOpenStore {

    private static final Budget NONE = new Budget(Duration.ZERO); // never asked for more, so never changed
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
     * A lease that a step left behind which the store did not answer: it may have given a lease that was asked for, or give it
     * late, and where a fill or a release failed the lease lives on. Then all callers would wait for a load that is not running.
     * So these leases are given back when the store answers again. Bounded, for they run out by themselves, too.
     */
    private record OrphanedLease(EntryKey key, String token) {}

    /**
     * The store, with its failures made harmless.
     *
     * @param forgetNear drops what is kept near of a target
     * @param isEvictionPending whether a key waits for its eviction to be delivered
     * @param leftAlone whether the store is not to be told of writes of the cache with this name
     * @param recovery is run after each failure, and while the store is not asked because of one
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
        return guarded(Operation.READ, within(key, budget), StoreResult.none(Status.UNREACHABLE), nanos -> {
            byte[] payload = store.find(key, nanos);
            return payload == null ? StoreResult.none(Status.MISS) : StoreResult.hit(payload);
        });
    }

    /** The bytes under {@code key}, and how long they still live. */
    public StoreResult<StoredEntry> findEntry(EntryKey key, Budget budget) {
        return guarded(Operation.READ, within(key, budget), StoreResult.none(Status.UNREACHABLE), nanos -> {
            StoredEntry entry = store.findEntry(key, nanos);
            return entry == null ? StoreResult.none(Status.MISS) : StoreResult.hit(entry);
        });
    }

    public LeaseResult acquire(EntryKey key, LeaseRequest request, Budget budget) {
        // Who gets the lease must be able to give it back.
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
            budget.restore(before); // that is waiting for another node, which has a limit of its own
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

    /** Whether there are leases that may still be ours. */
    public boolean hasOrphanedLeases() {
        return orphanCount.get() > 0;
    }

    /** Gives back the leases that may still be ours; after a failure no other one is tried. */
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
        // A full store takes this, so it does not show that it stores again.
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

    /** Whether the store is not to be told of writes of {@code target}; in doubt it is told. */
    public boolean isLeftAlone(Target target) {
        return SafeCalls.or(false, () -> leftAlone.test(target.cache()));
    }

    /** A step of a write of {@code target}; nothing is to be done while that is left alone. */
    public Ack step(Target target, Budget budget, Step step) {
        if (isLeftAlone(target)) {
            forgetNear.accept(target);
            return Ack.YES;
        }
        return changing(target, () -> saidTo(writable(target, budget), step));
    }

    /**
     * One step of each of these writes of keys, together; nothing is to be done for those that are left alone.
     *
     * @param step is made only of a write that is sent
     */
    public List<Ack> steps(
            List<Invalidation> changes, Budget budget, Function<Invalidation, @Nullable WriteStep> step) {
        List<Ack> replies = new ArrayList<>(changes.size());
        List<Integer> asked = new ArrayList<>(changes.size());
        List<WriteStep> steps = new ArrayList<>(changes.size());
        for (Invalidation invalidation : changes) {
            forgetNear.accept(invalidation.target()); // and once more when others were told, as with a single one
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

    /** Fails if one of the steps does, once the replies to the others are noted. */
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
     * Ends writes that are over, those of keys together. Each eviction is sent, whether the store takes writes or not, also if its
     * target is left alone: it may be of a write before that.
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
     * A step of a write. An interrupt does not stop it, for the write goes on, and other nodes must hear of it: the step is
     * tried again within its budget, and the thread is interrupted again afterwards.
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
                                && Thread.currentThread().isInterrupted(); // else it would go round and round
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
     * What this node makes old is forgotten here before others are told, and once more when they were: a lookup in
     * between may still find it in the store.
     */
    private Ack changing(Target target, Supplier<Ack> step) {
        forgetNear.accept(target);
        try {
            return step.get();
        } finally {
            forgetNear.accept(target);
        }
    }

    /** Keeps {@code target} from being served near: its eviction waits. */
    public void forget(Target target) {
        forgetNear.accept(target);
    }

    /** Whether it is worth asking about {@code target}; in doubt that shows when it is asked. */
    boolean isAnswering(Target target) {
        return SafeCalls.or(true, () -> store.isAnswering(target));
    }

    /** Whether it is worth telling the store of writes of {@code target}; in doubt that shows when it is told. */
    public boolean takesWrites(Target target) {
        return SafeCalls.or(true, () -> store.takesWrites(target));
    }

    /** Probes what is left alone. */
    public void revive(Budget budget) {
        long start = nanoTime.getAsLong();
        try {
            store.revive(budget.left()); // that it is back is told when it has done what callers want of it
        } catch (RuntimeException | LinkageError | VirtualMachineError e) {
            health.failed(Operation.READ, StoreException.of(e), start);
        }
    }

    /** Asks a store that has failed, once it may be back, for all that it is asked for, in ways that change nothing. */
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

    /** The budget for a key; none while its eviction is pending, for what the store has is old. */
    private Budget within(EntryKey key, Budget budget) {
        if (health.isLost()) {
            lastLookedUp = key;
        }
        if (isEvictionPending.test(key)) {
            budget.exhaust();
        }
        return reachable(key, budget);
    }

    /** The budget for a target; none while it is not worth asking, which costs nothing and says nothing about the others. */
    private Budget reachable(Target target, Budget budget) {
        return isAnswering(target) ? budget : none();
    }

    /** The budget for a step of a write; none while the store takes no writes. */
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
            // Also what the store does not announce: no lookup fails, and no eviction is lost, because a thread could
            // not be
            // started, a class is gone with its application, or the caller's stack is full.
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
