package io.cachedconnection.internal.core;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the calling thread has written and nobody else may see yet: in its transaction, and in a method whose result tells
 * which key it is about. For such keys the cache is passed by. Thread-safe.
 */
final class OwnWrites {

    private final TransactionScope transactions;

    @SuppressWarnings("ThreadLocalUsage") // each application has its own, and leaves nothing in it
    private final ThreadLocal<List<KeySpace>> running = new ThreadLocal<>();

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

    /** Whether a method is running that writes a key of this cache, which one being known only when it is over. */
    boolean areRunningOn(CacheKey key) {
        List<KeySpace> spaces = running.get();
        return spaces != null && spaces.contains(key.space());
    }

    /** Does {@code work}, which writes a key of {@code space} that only its result tells. */
    <T> @Nullable T on(KeySpace space, Loader<T> work) throws Exception {
        List<KeySpace> outer = running.get();
        List<KeySpace> spaces = outer == null ? new ArrayList<>() : new ArrayList<>(outer);
        spaces.add(space);
        running.set(spaces);
        try {
            return work.load();
        } finally {
            back(outer);
        }
    }

    private void back(@Nullable List<KeySpace> outer) {
        if (outer == null) {
            running.remove(); // the threads are the server's, and outlive this application
        } else {
            running.set(outer);
        }
    }
}
