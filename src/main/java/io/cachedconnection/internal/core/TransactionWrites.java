package io.cachedconnection.internal.core;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What one transaction does to the cache, announced before it commits and ended after. Used by the transaction's thread. */
final class TransactionWrites implements Transaction.Completion {

    private final WriteSteps steps;
    private final List<Changes> all = new CopyOnWriteArrayList<>(); // a reaper may complete it while it still grows
    private boolean announced;

    TransactionWrites(WriteSteps steps) {
        this.steps = steps;
    }

    /** What {@code transaction} does to the cache, to be added to. */
    static TransactionWrites of(Transaction transaction, WriteSteps steps) {
        if (transaction.attachment() instanceof TransactionWrites writes) {
            return writes;
        }
        TransactionWrites writes = new TransactionWrites(steps);
        transaction.attach(writes);
        return writes;
    }

    /** A write that comes when the others are announced already, from a synchronization or a late flush, is so at once. */
    void add(Changes changes) {
        if (announced) {
            steps.begin(changes.all());
        }
        all.add(changes);
    }

    boolean concern(CacheKey key) {
        return all.stream().anyMatch(changes -> changes.concern(key));
    }

    @Override
    public void beforeCommit() {
        steps.begin(changes());
        announced = true;
    }

    /** A commit whose connection breaks may be called a rollback and yet be done: only without announcement it is none. */
    @Override
    public void afterCompletion(Outcome outcome) {
        Outcome known = announced && outcome == Outcome.ROLLED_BACK ? Outcome.UNKNOWN : outcome;
        if (known == Outcome.ROLLED_BACK) {
            return;
        }
        List<Change> changes = changes();
        changes.forEach(Change::recheckResult);
        steps.end(changes, known);
    }

    private List<Change> changes() {
        return all.stream().flatMap(changes -> changes.all().stream()).toList();
    }
}
