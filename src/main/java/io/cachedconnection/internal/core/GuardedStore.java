package io.cachedconnection.internal.core;

import io.cachedconnection.internal.core.Finding.Status;
import io.cachedconnection.internal.core.Grant.Verdict;
import io.cachedconnection.internal.core.StoreException.Reason;
import io.cachedconnection.internal.core.StoreWatch.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
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
final class GuardedStore {

    private static final Budget NONE = new Budget(Duration.ZERO); // never asked for more, so never changed

    private final RemoteStore store;
    private final NearCaches near;
    private final StoreWatch watch;
    private final EvictionJournal journal;
    private final StrayLeases strays = new StrayLeases();
    private final LongSupplier nanoTime;
    private final Predicate<String> leftAlone;
    private final Runnable recovery;
    private volatile @Nullable CacheKey lastLookedUp; // while the store was lost

    /** {@code recovery} is told of each failure, and while the store is not asked for the sake of one. */
    GuardedStore(
            Ports ports, StoreWatch watch, EvictionJournal journal, Predicate<String> leftAlone, Runnable recovery) {
        this.leftAlone = leftAlone;
        this.recovery = recovery;
        this.store = ports.store();
        this.near = ports.near();
        this.watch = watch;
        this.journal = journal;
        this.nanoTime = ports.nanoTime();
    }

    Finding<byte[]> find(CacheKey key, Budget budget) {
        return guarded(Kind.READ, within(key, budget), Finding.none(Status.UNREACHABLE), nanos -> {
            byte[] payload = store.find(key, nanos);
            return payload == null ? Finding.none(Status.MISS) : Finding.hit(payload);
        });
    }

    /** The bytes under {@code key}, and how long they still live. */
    Finding<Entry> findEntry(CacheKey key, Budget budget) {
        return guarded(Kind.READ, within(key, budget), Finding.none(Status.UNREACHABLE), nanos -> {
            Entry entry = store.findEntry(key, nanos);
            return entry == null ? Finding.none(Status.MISS) : Finding.hit(entry);
        });
    }

    Grant acquire(CacheKey key, Claim claim, Budget budget) {
        // Who gets the lease must be able to give it back.
        if (within(key, budget).left() <= 0 || budget.leftButForTheLast() <= 0) {
            return Grant.of(Verdict.UNREACHABLE);
        }
        long before = budget.left();
        Grant grant = guarded(
                Kind.STORE,
                budget,
                Grant.of(Verdict.UNREACHABLE),
                nanos -> store.acquire(key, claim, budget.leftButForTheLast()));
        if (grant.verdict() == Verdict.BUSY) {
            budget.restore(before); // that is waiting for another node, which has a limit of its own
        } else if (grant.verdict() == Verdict.UNREACHABLE) {
            strays.add(key, claim.token());
        }
        return grant;
    }

    /** Whether there are leases that may still be ours. */
    boolean hasStrays() {
        return strays.areThere();
    }

    /** Gives back the leases that may still be ours; after a failure no other one is tried. */
    void giveBackStrays(Budget budget) {
        strays.giveBack(lease -> {
            Reply reply = givenBack(lease.key(), lease.token(), budget);
            if (reply != Reply.UNREACHABLE) {
                budget.refill();
            }
            return reply != Reply.UNREACHABLE;
        });
    }

    Reply fill(CacheKey key, String token, Entry entry, Budget budget) {
        return last(key, token, asked(Kind.STORE, within(key, budget), nanos -> store.fill(key, token, entry, nanos)));
    }

    Reply release(CacheKey key, String token, Budget budget) {
        return last(key, token, givenBack(key, token, budget));
    }

    private Reply givenBack(CacheKey key, String token, Budget budget) {
        // A full store takes this, so it does not show that it stores again.
        return asked(Kind.READ, reachable(key, budget), nanos -> store.release(key, token, nanos));
    }

    /** The {@code reply} to the last step of a lease. Where there was none, the lease may live on, and is given back later. */
    private Reply last(CacheKey key, String token, Reply reply) {
        if (reply == Reply.UNREACHABLE) {
            strays.add(key, token);
        }
        return reply;
    }

    Reply evict(CacheKey key, Budget budget) {
        return isLeftAlone(key)
                ? Reply.NO
                : changing(key, () -> saidTo(writable(key, budget), (remote, nanos) -> remote.evict(key, nanos)));
    }

    Reply remove(CacheKey key, Budget budget) {
        return asked(Kind.STORE, reachable(key, budget), nanos -> store.remove(key, nanos));
    }

    Reply contains(CacheKey key, Budget budget) {
        return guarded(
                Kind.READ, within(key, budget), Reply.UNREACHABLE, nanos -> Reply.of(store.contains(key, nanos)));
    }

    /** Whether the store is not to be told of writes of {@code target}; in doubt it is told. */
    boolean isLeftAlone(Target target) {
        return Doubt.or(false, () -> leftAlone.test(target.cache()));
    }

    /** A step of a write of {@code target}; nothing is to be done while that is left alone. */
    Reply step(Target target, Budget budget, Step step) {
        if (isLeftAlone(target)) {
            near.forget(target);
            return Reply.YES;
        }
        return changing(target, () -> saidTo(writable(target, budget), step));
    }

    /**
     * One step of each of these writes of keys, together; nothing is to be done for those that are left alone.
     *
     * @param step is made only of a write that is sent
     */
    List<Reply> steps(List<Change> changes, Budget budget, Function<Change, @Nullable KeyStep> step) {
        List<Reply> replies = new ArrayList<>(changes.size());
        List<Integer> asked = new ArrayList<>(changes.size());
        List<KeyStep> steps = new ArrayList<>(changes.size());
        for (Change change : changes) {
            near.forget(change.target()); // and once more when others were told, as with a single one
            boolean isLeftAlone = isLeftAlone(change.target());
            boolean isSent = !isLeftAlone && writable(change.target(), budget).left() > 0;
            @Nullable KeyStep sent = isSent ? step.apply(change) : null;
            if (sent != null) {
                asked.add(replies.size());
                steps.add(sent);
            }
            replies.add(isLeftAlone ? Reply.YES : Reply.UNREACHABLE);
        }
        try {
            Reply all = steps.isEmpty()
                    ? Reply.UNREACHABLE
                    : saidTo(
                            budget,
                            (remote, nanos) -> taken(steps, nanos, (i, reply) -> replies.set(asked.get(i), reply)));
            if (all == Reply.YES) {
                budget.refill();
            }
        } finally {
            changes.forEach(change -> near.forget(change.target()));
        }
        return replies;
    }

    /** Fails if one of the steps does, when the replies to the others are noted. */
    private boolean taken(List<KeyStep> steps, long nanos, BiConsumer<Integer, Reply> replies) {
        List<Response<Boolean>> responses = store.steps(steps, nanos);
        for (int i = 0; i < steps.size(); i++) {
            if (responses.get(i).failure() == null) {
                replies.accept(i, Reply.of(responses.get(i).get()));
            }
        }
        responses.forEach(Response::get);
        return true;
    }

    /**
     * Ends writes that are over, those of keys together. Each eviction is sent, whether the store takes writes or not, also if its
     * target is left alone: it may be of a write before that.
     */
    List<Reply> deliver(List<Change> evictions, Duration patience) {
        List<Reply> replies = new ArrayList<>(Collections.nCopies(evictions.size(), Reply.UNREACHABLE));
        List<Integer> keys = new ArrayList<>();
        List<KeyStep> steps = new ArrayList<>();
        for (int i = 0; i < evictions.size(); i++) {
            Change eviction = evictions.get(i);
            @Nullable KeyStep step = eviction.endingCommitted();
            if (step == null) {
                replies.set(i, changing(eviction.target(), () -> saidTo(new Budget(patience), eviction::endCommitted)));
            } else {
                near.forget(eviction.target());
                keys.add(i);
                steps.add(step);
            }
        }
        keys.forEach(i -> steps.addAll(evictions.get(i).endingsOfEarlier()));
        if (!steps.isEmpty()) {
            Reply unused = saidTo(
                    new Budget(patience),
                    (remote, nanos) -> taken(steps, nanos, (i, reply) -> {
                        if (i < keys.size()) {
                            replies.set(keys.get(i), reply);
                        }
                    }));
            keys.forEach(i -> near.forget(evictions.get(i).target()));
        }
        return replies;
    }

    /**
     * A step of a write. An interrupt does not stop it, for the write goes on, and other nodes must hear of it: the step is
     * tried again within its budget, and the thread is interrupted again afterwards.
     */
    private Reply saidTo(Budget budget, Step step) {
        boolean[] wasInterrupted = {false};
        try {
            return asked(Kind.WRITE, budget, nanos -> {
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
     * What this node makes old is forgotten here before others are told, and once more when they were: whoever reads it in
     * between may still find it in the store.
     */
    private Reply changing(Target target, Supplier<Reply> step) {
        near.forget(target);
        try {
            return step.get();
        } finally {
            near.forget(target);
        }
    }

    /** Keeps {@code target} from being served near: its eviction waits. */
    void forget(Target target) {
        near.forget(target);
    }

    /** Hears of changes from the store, if that is not so already. */
    void hearChanges() {
        near.tuneIn(store);
    }

    /** Whether it is worth asking about {@code target}; in doubt that shows when it is asked. */
    boolean isAnswering(Target target) {
        return Doubt.or(true, () -> store.isAnswering(target));
    }

    /** Whether it is worth telling the store of writes of {@code target}; in doubt that shows when it is told. */
    boolean takesWrites(Target target) {
        return Doubt.or(true, () -> store.takesWrites(target));
    }

    /** Probes what is left alone. */
    void revive(Budget budget) {
        long start = nanoTime.getAsLong();
        try {
            store.revive(budget.left()); // that it is back is told when it has done what callers want of it
        } catch (RuntimeException | LinkageError | VirtualMachineError e) {
            watch.failed(Kind.READ, StoreException.of(e), start);
        }
    }

    /** Asks a store that has failed, once it may be back, for all that it is asked for, in ways that change nothing. */
    void askIfBack(Budget budget) {
        @Nullable CacheKey key = lastLookedUp;
        if (key != null && watch.isQuestionDue() && isAnswering(key) && takesWrites(key)) {
            guarded(Kind.READ, budget, Reply.UNREACHABLE, nanos -> Reply.of(store.contains(key, nanos)));
            asked(Kind.STORE, budget, nanos -> store.release(key, "nobody", nanos));
            asked(Kind.WRITE, budget, nanos -> new Change(key, "nobody").endRolledBack(store, nanos));
        }
    }

    /** The budget for a key; none while its eviction is pending, for what the store has is old. */
    private Budget within(CacheKey key, Budget budget) {
        if (watch.isLost()) {
            lastLookedUp = key;
        }
        if (journal.concerns(key)) {
            budget.exhaust();
        }
        return reachable(key, budget);
    }

    /** The budget for a target; none while it is not worth asking, which costs nothing and says nothing about the others. */
    private Budget reachable(Target target, Budget budget) {
        if (isAnswering(target)) {
            return budget;
        }
        recovery.run();
        return NONE;
    }

    /** The budget for a step of a write; none while the store takes no writes. */
    private Budget writable(Target target, Budget budget) {
        if (takesWrites(target)) {
            return budget;
        }
        recovery.run();
        return NONE;
    }

    private Reply asked(Kind kind, Budget budget, Call<Boolean> question) {
        return guarded(kind, budget, Reply.UNREACHABLE, nanos -> Reply.of(question.within(nanos)));
    }

    private <T> T guarded(Kind kind, Budget budget, T unreachable, Call<T> call) {
        if (budget.left() <= 0) {
            return unreachable;
        }
        long start = nanoTime.getAsLong();
        try {
            T reply = Objects.requireNonNull(call.within(budget.left()));
            budget.spend(nanoTime.getAsLong() - start);
            watch.answered(kind);
            return reply;
        } catch (RuntimeException | LinkageError | VirtualMachineError e) {
            // Also what the store does not announce: no lookup fails, and no eviction is lost, because a thread could
            // not
            // be started, a class is gone with its application, or the caller's stack is full.
            budget.exhaust();
            watch.failed(kind, StoreException.of(e), start);
            recovery.run();
            return unreachable;
        }
    }

    /** A step of a write. */
    @FunctionalInterface
    interface Step {
        boolean within(RemoteStore store, long nanos);
    }

    @FunctionalInterface
    private interface Call<T> {
        T within(long nanos);
    }
}
