package io.cachedconnection.internal.core;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * What one transaction does to the cache: its writes, announced before it commits and ended after; and what it has loaded,
 * stored after it has committed. Used by the transaction's thread.
 */
final class TransactionWork implements Transaction.Completion {

    private static final int MOST_KEPT = 100;

    private final WriteSteps steps;
    private final List<Changes> writes = new CopyOnWriteArrayList<>(); // a reaper may complete it while it still grows
    private final List<Kept> loaded = new CopyOnWriteArrayList<>();
    private boolean announced;

    TransactionWork(WriteSteps steps) {
        this.steps = steps;
    }

    /** A write that comes when the others are announced already, from a synchronization or a late flush, is so at once. */
    void add(Changes changes) {
        if (announced) {
            steps.begin(changes.all());
        }
        writes.add(changes);
    }

    /** Keeps a value until the commit; false, and it is not kept, if there are many already. */
    boolean keep(Kept value) {
        return loaded.size() < MOST_KEPT && loaded.add(value);
    }

    /** Whether it has made {@code key} old. */
    boolean concerns(CacheKey key) {
        return writes.stream().anyMatch(changes -> changes.concern(key));
    }

    /** The value that it has loaded for {@code key}; null if none. */
    byte @Nullable [] loaded(CacheKey key) {
        return loaded.stream()
                .filter(kept -> kept.key().equals(key))
                .map(Kept::payload)
                .findFirst()
                .orElse(null);
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
        if (known != Outcome.ROLLED_BACK) {
            List<Change> changes = changes();
            changes.forEach(Change::recheckResult);
            steps.end(changes, known);
        }
        steps.settle(loaded, outcome == Outcome.COMMITTED);
    }

    private List<Change> changes() {
        return writes.stream().flatMap(changes -> changes.all().stream()).toList();
    }
}
