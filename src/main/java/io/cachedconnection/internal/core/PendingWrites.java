package io.cachedconnection.internal.core;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the calling thread is writing and nobody else may see yet: in its transaction, and in a method that may begin and
 * end one itself. For such keys the cache is passed by. Thread-safe.
 */
final class PendingWrites {

    /** A load that is running, and the one in the course of which it was begun. */
    private record Load(
            EntryKey key, DirtyFlag watch, @Nullable Load outer) {}

    private final TransactionScope transactions;
    private final WriteProtocol steps;
    private final DeferredFills deferredFills = new DeferredFills();

    @SuppressWarnings("ThreadLocalUsage") // each application has its own, and leaves no value in it
    private final ThreadLocal<List<Target>> running = new ThreadLocal<>();

    @SuppressWarnings("ThreadLocalUsage") // likewise
    private final ThreadLocal<Load> loads = new ThreadLocal<>();

    PendingWrites(TransactionScope transactions, WriteProtocol steps) {
        this.transactions = transactions;
        this.steps = steps;
    }

    /** Whether {@code key} may be concerned. */
    boolean concern(EntryKey key) {
        return areRunningOn(key) || SafeCalls.or(true, () -> areInTransaction(key));
    }

    private boolean areInTransaction(EntryKey key) {
        Transaction transaction = transactions.current();
        return transaction != null && areIn(transaction, key);
    }

    /** Whether {@code transaction}, or the one besides, has made {@code key} old. */
    static boolean areIn(Transaction transaction, EntryKey key) {
        if (transaction.attachment() instanceof TransactionWrites work && work.concerns(key)) {
            return true;
        }
        Transaction besides = transaction.besides();
        return besides != null && areIn(besides, key);
    }

    /** Whether this is the first flush of {@code transaction}, if that is the only one, that makes {@code target} old. */
    boolean isFirstFlush(Transaction transaction, Target target) {
        return transaction.besides() != null
                || transaction.isRollbackOnly()
                || in(transaction).isFirstFlush(target);
    }

    /**
     * Whether a lookup of {@code key} is none of the cache's business: a method is running that may have written it, or a
     * transaction of this thread, perhaps a suspended one, keeps what it loaded until it commits.
     */
    boolean passBy(LookupKey lookupKey) {
        return (areRunning() && areRunningOn(lookupKey.key())) || deferredFills.isByThisThread(lookupKey);
    }

    private boolean areRunning() {
        return running.get() != null;
    }

    /** Whether the calling thread may be in a transaction. */
    boolean mayBeInTransaction() {
        return SafeCalls.or(true, () -> transactions.current() != null);
    }

    /** Whether a method is running that may have written {@code key}. */
    boolean areRunningOn(EntryKey key) {
        List<Target> targets = running.get();
        return targets != null && targets.stream().anyMatch(target -> target.covers(key));
    }

    /** What {@code transaction} does to the cache, to be added to. */
    TransactionWrites in(Transaction transaction) {
        if (transaction.attachment() instanceof TransactionWrites work) {
            return work;
        }
        TransactionWrites work = new TransactionWrites(steps, deferredFills, transaction);
        transaction.attach(work);
        return work;
    }

    /** Does {@code work}, which may write {@code targets}. */
    <T> @Nullable T on(List<? extends Target> targets, ValueLoader<T> work) throws Exception {
        targets.forEach(this::note);
        List<Target> outer = running.get();
        List<Target> all = outer == null ? new ArrayList<>() : new ArrayList<>(outer);
        all.addAll(targets);
        running.set(all);
        try {
            return work.load();
        } finally {
            back(running, outer);
        }
    }

    /** Loads {@code key} for a lookup that watches whether it is written meanwhile. */
    <V> @Nullable V watched(EntryKey key, DirtyFlag watch, ValueLoader<V> loader) throws Exception {
        Load outer = loads.get();
        loads.set(new Load(key, watch, outer));
        try {
            return loader.load();
        } finally {
            back(loads, outer);
        }
    }

    /** Notes a write for the loads in the course of which it is done. */
    void note(Target target) {
        for (Load load = loads.get(); load != null; load = load.outer()) {
            if (target.covers(load.key())) {
                load.watch().written();
            }
        }
    }

    private static <T> void back(ThreadLocal<T> place, @Nullable T outer) {
        if (outer == null) {
            place.remove(); // the threads are the server's, and outlive this application
        } else {
            place.set(outer);
        }
    }
}
