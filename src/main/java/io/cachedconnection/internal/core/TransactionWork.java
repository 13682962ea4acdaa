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
final class TransactionWork implements Transaction.Completion {

    private static final int MOST_KEPT = 100;

    private final WriteSteps steps;
    private final List<Changes> writes = new CopyOnWriteArrayList<>(); // a reaper may complete it while it still grows
    private final List<Kept> loaded = new CopyOnWriteArrayList<>();
    private final Set<Target> flushed = ConcurrentHashMap.newKeySet();
    private final Keeping keeping;
    private final Transaction transaction;
    private volatile boolean announced;
    private volatile boolean over;

    TransactionWork(WriteSteps steps, Keeping keeping, Transaction transaction) {
        this.steps = steps;
        this.keeping = keeping;
        this.transaction = transaction;
        this.announced = transaction.commitsUntold();
    }

    /**
     * A write that comes when the others are announced already, from a synchronization or a late flush, is so at once, as is
     * each one where the commit comes untold.
     *
     * @throws RefusedWriteException if so, and if that is not possible and not to be caught up on
     */
    void add(Changes changes) {
        if (announced) {
            announce(changes.all());
        }
        writes.add(changes);
    }

    /** The same for what {@code changes} has got besides since it was added: keys that the result of the write has told. */
    void addGrown(Changes changes) {
        if (announced) {
            announce(changes.all().stream().filter(change -> !change.isSent()).toList());
        }
    }

    /** Keeps a value until the commit; false, and it is not kept, if there are many already or it is over. */
    boolean keep(Kept value) {
        if (loaded.size() >= MOST_KEPT) {
            return false;
        }
        keeping.add(value);
        loaded.add(value);
        if (over) { // a reaper has ended it meanwhile, and may not have seen this one
            keeping.remove(value);
            return false;
        }
        return true;
    }

    /** Whether it has made {@code key} old. */
    boolean concerns(CacheKey key) {
        return writes.stream().anyMatch(changes -> changes.concern(key));
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
    private void announce(List<Change> changes) {
        steps.begin(changes);
        if (!changes.isEmpty()) {
            Duration settle = Doubt.orNull(() -> steps.settle(transaction.age()));
            changes.forEach(change -> change.settle(settle));
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
            List<Change> changes = changes();
            changes.forEach(Change::recheckResult);
            if (announced && !reported && outcome != Outcome.REFUSED) {
                changes.forEach(Change::leaveOpen);
            }
            steps.end(changes, outcome == Outcome.COMMITTED ? outcome : Outcome.UNKNOWN);
        } finally {
            loaded.forEach(keeping::remove);
            steps.settle(loaded, reported);
        }
    }

    private List<Change> changes() {
        return writes.stream().flatMap(changes -> changes.all().stream()).toList();
    }
}
