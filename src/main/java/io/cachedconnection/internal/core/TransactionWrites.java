package io.cachedconnection.internal.core;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What one transaction does to the cache: its writes, announced before it commits and ended after; and what it has loaded,
 * stored after it has committed. Used by the transaction's thread.
 */
final class TransactionWrites implements Transaction.Completion {

    private static final int MOST_KEPT = 100;

    private final WriteProtocol steps;
    private final List<Invalidations> writes =
            new CopyOnWriteArrayList<>(); // a reaper may complete it while it still grows
    private final List<DeferredFill> loaded = new CopyOnWriteArrayList<>();
    private final Set<Target> flushed = ConcurrentHashMap.newKeySet();
    private final DeferredFills deferredFills;
    private final Transaction transaction;
    private volatile boolean announced;
    private volatile boolean over;

    TransactionWrites(WriteProtocol steps, DeferredFills deferredFills, Transaction transaction) {
        this.steps = steps;
        this.deferredFills = deferredFills;
        this.transaction = transaction;
        this.announced = transaction.commitsUntold();
    }

    /**
     * A write that comes when the others are announced already, from a synchronization or a late flush, is so at once, as is
     * each one where the commit comes untold.
     *
     * @throws RefusedWriteException if so, and if that is not possible and not to be caught up on
     */
    void add(Invalidations invalidations) {
        if (announced) {
            announce(invalidations.all());
        }
        writes.add(invalidations);
    }

    /** The same for what {@code invalidations} has got besides since it was added: keys that the result of the write has told. */
    void addGrown(Invalidations invalidations) {
        if (announced) {
            announce(invalidations.all().stream()
                    .filter(change -> !change.isSent())
                    .toList());
        }
    }

    /** Keeps a value until the commit; false, and it is not kept, if there are many already or it is over. */
    boolean keep(DeferredFill value) {
        if (loaded.size() >= MOST_KEPT) {
            return false;
        }
        deferredFills.add(value);
        loaded.add(value);
        if (over) { // a reaper has ended it meanwhile, and may not have seen this one
            deferredFills.remove(value);
            return false;
        }
        return true;
    }

    /** Whether it has made {@code key} old. */
    boolean concerns(EntryKey key) {
        return writes.stream().anyMatch(invalidations -> invalidations.concern(key));
    }

    /** Whether no flush has made {@code target} old before. */
    boolean isFirstFlush(Target target) {
        return flushed.add(target);
    }

    @Override
    public void beforeCommit() {
        announce(changes());
        announced = true;
    }

    /** The age is taken after the announcement: what the transaction has read lies no further back from there. */
    private void announce(List<Invalidation> invalidations) {
        steps.begin(invalidations);
        if (!invalidations.isEmpty()) {
            Duration settle = SafeCalls.orNull(() -> steps.settle(transaction.age()));
            invalidations.forEach(change -> change.settle(settle));
        }
    }

    /**
     * A rollback evicts, too: what the method wrote elsewhere (a data source outside JTA, another service) is not undone by
     * it. Unless the database has answered, it may even be a commit whose connection broke, and come through later. Results
     * are stored only after a commit that has returned. Loaded values need no more than the report: what this transaction
     * has written, committed or not, has lost its lease to the announcement.
     */
    @Override
    public void afterCompletion(Outcome outcome) {
        over = true;
        boolean reported = outcome == Outcome.COMMITTED || outcome == Outcome.REPORTED_COMMITTED;
        try {
            List<Invalidation> invalidations = changes();
            invalidations.forEach(Invalidation::recheckResult);
            if (announced && !reported && outcome != Outcome.REFUSED) {
                invalidations.forEach(Invalidation::leaveOpen);
            }
            steps.end(invalidations, outcome == Outcome.COMMITTED ? outcome : Outcome.UNKNOWN);
        } finally {
            loaded.forEach(deferredFills::remove);
            steps.settle(loaded, reported);
        }
    }

    private List<Invalidation> changes() {
        return writes.stream()
                .flatMap(invalidations -> invalidations.all().stream())
                .toList();
    }
}
