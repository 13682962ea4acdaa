package io.cachedconnection.internal.core;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the calling thread has written and nobody else may see yet: in its transaction, and in a method that may begin and
 * end one itself. For such keys the cache is passed by. Thread-safe.
 */
final class OwnWrites {

    private final TransactionScope transactions;

    @SuppressWarnings("ThreadLocalUsage") // each application has its own, and leaves nothing in it
    private final ThreadLocal<List<Target>> running = new ThreadLocal<>();

    OwnWrites(TransactionScope transactions) {
        this.transactions = transactions;
    }

    /** Whether {@code key} may be concerned. */
    boolean concern(CacheKey key) {
        Transaction transaction = transactions.current();
        return areRunningOn(key) || (transaction != null && areIn(transaction, key));
    }

    /** Whether {@code transaction} has made {@code key} old. */
    static boolean areIn(Transaction transaction, CacheKey key) {
        return transaction.attachment() instanceof TransactionWrites writes && writes.concern(key);
    }

    /** Whether a method is running that may have written {@code key}. */
    boolean areRunningOn(CacheKey key) {
        List<Target> targets = running.get();
        return targets != null && targets.stream().anyMatch(target -> target.covers(key));
    }

    /** Does {@code work}, which may write {@code targets}. */
    <T> @Nullable T on(List<? extends Target> targets, Loader<T> work) throws Exception {
        List<Target> outer = running.get();
        List<Target> all = outer == null ? new ArrayList<>() : new ArrayList<>(outer);
        all.addAll(targets);
        running.set(all);
        try {
            return work.load();
        } finally {
            back(outer);
        }
    }

    private void back(@Nullable List<Target> outer) {
        if (outer == null) {
            running.remove(); // the threads are the server's, and outlive this application
        } else {
            running.set(outer);
        }
    }
}
