package io.cachedconnection.internal.engine.write;

import io.cachedconnection.internal.common.SafeCalls;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.Invalidation;
import io.cachedconnection.internal.engine.store.Outcome;
import io.cachedconnection.internal.engine.store.Target;
import io.cachedconnection.internal.engine.write.WriteProtocol.DeferredFill;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The work of one transaction on the cache: its writes, announced before the commit and ended after it, and its loaded values,
 * stored after the commit. Used by the transaction's thread.
 */
public final class TransactionWrites implements Transaction.Completion {

    private static final int MOST_KEPT = 100;

    private final WriteProtocol protocol;
    private final List<Invalidations> writes =
            new CopyOnWriteArrayList<>(); // a reaper may complete it while it still grows
    private final List<DeferredFill> loaded = new CopyOnWriteArrayList<>();
    private final Set<Target> flushed = ConcurrentHashMap.newKeySet();
    private final Map<EntryKey, DeferredFill> deferredFills; // of all transactions of this node
    private final Transaction transaction;
    private volatile boolean announced;
    private volatile boolean over;

    TransactionWrites(WriteProtocol protocol, Map<EntryKey, DeferredFill> deferredFills, Transaction transaction) {
        this.protocol = protocol;
        this.deferredFills = deferredFills;
        this.transaction = transaction;
        this.announced = transaction.hasNoBeforeCompletion();
    }

    /**
     * Adds the invalidations of a write. Announces them at once if the others are already announced (a write from a
     * synchronization or a late flush), or if the transaction commits without notice.
     *
     * @throws RefusedWriteException if they cannot be announced at once and may not be late
     */
    void add(Invalidations invalidations) {
        if (announced) {
            announce(invalidations.all());
        }
        writes.add(invalidations);
    }

    /** Announces the invalidations added to {@code invalidations} since: keys that come from the result of the write. */
    void addGrown(Invalidations invalidations) {
        if (announced) {
            announce(invalidations.all().stream()
                    .filter(invalidation -> !invalidation.isSent())
                    .toList());
        }
    }

    /** Keeps a value until the commit; refuses with false if there are too many or the transaction has ended. */
    public boolean keep(DeferredFill value) {
        if (loaded.size() >= MOST_KEPT) {
            return false;
        }
        deferredFills.put(value.key(), value);
        loaded.add(value);
        if (over) { // a reaper has ended it meanwhile, and may not have seen this value
            deferredFills.remove(value.key(), value);
            return false;
        }
        return true;
    }

    /** Whether it has invalidated {@code key}. */
    boolean concerns(EntryKey key) {
        return writes.stream().anyMatch(write -> write.concern(key));
    }

    /** Whether no flush has invalidated {@code target} before. */
    boolean isFirstFlush(Target target) {
        return flushed.add(target);
    }

    @Override
    public void beforeCommit() {
        announce(invalidations());
        announced = true;
    }

    /** Announces, then takes the age: data that the transaction has read is no older than this. */
    private void announce(List<Invalidation> invalidations) {
        protocol.begin(invalidations);
        if (!invalidations.isEmpty()) {
            Duration settle = SafeCalls.orNull(() -> protocol.settle(transaction.age()));
            invalidations.forEach(invalidation -> invalidation.settle(settle));
        }
    }

    /**
     * Ends the writes and stores the loaded values. A rollback evicts, too: it does not undo writes of the method elsewhere (a
     * data source outside JTA, another service). Unless the database has answered, it may even be a commit whose connection
     * broke and that comes through later. Results are stored only after a commit that has returned. Loaded values need no more
     * than the report: a key that this transaction has written, committed or not, has lost its lease to the announcement.
     */
    @Override
    public void afterCompletion(Outcome outcome) {
        over = true;
        boolean reported = outcome == Outcome.COMMITTED || outcome == Outcome.REPORTED_COMMITTED;
        try {
            List<Invalidation> invalidations = invalidations();
            invalidations.forEach(Invalidation::recheckResult);
            if (announced && !reported && outcome != Outcome.REFUSED) {
                invalidations.forEach(Invalidation::leaveOpen);
            }
            protocol.end(invalidations, outcome == Outcome.COMMITTED ? outcome : Outcome.UNKNOWN);
        } finally {
            loaded.forEach(value -> deferredFills.remove(value.key(), value));
            protocol.storeOrRelease(loaded, reported);
        }
    }

    private List<Invalidation> invalidations() {
        return writes.stream().flatMap(write -> write.all().stream()).toList();
    }
}
