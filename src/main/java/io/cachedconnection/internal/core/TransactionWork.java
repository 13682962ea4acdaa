package io.cachedconnection.internal.core;

import java.util.List;
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
    private final Keeping keeping;
    private volatile boolean announced;
    private volatile boolean over;

    TransactionWork(WriteSteps steps, Keeping keeping) {
        this.steps = steps;
        this.keeping = keeping;
    }

    /** A write that comes when the others are announced already, from a synchronization or a late flush, is so at once. */
    void add(Changes changes) {
        if (announced) {
            steps.begin(changes.all());
        }
        writes.add(changes);
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

    @Override
    public void beforeCommit() {
        steps.begin(changes());
        announced = true;
    }

    /** A commit whose connection breaks may be called a rollback and yet be done: only without announcement it is none. */
    @Override
    public void afterCompletion(Outcome outcome) {
        over = true;
        Outcome known = announced && outcome == Outcome.ROLLED_BACK ? Outcome.UNKNOWN : outcome;
        try {
            if (known != Outcome.ROLLED_BACK) {
                List<Change> changes = changes();
                changes.forEach(Change::recheckResult);
                steps.end(changes, known);
            }
        } finally {
            loaded.forEach(keeping::remove);
            steps.settle(loaded, outcome == Outcome.COMMITTED);
        }
    }

    private List<Change> changes() {
        return writes.stream().flatMap(changes -> changes.all().stream()).toList();
    }
}
