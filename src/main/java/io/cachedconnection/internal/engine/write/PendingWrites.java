package io.cachedconnection.internal.engine.write;

import io.cachedconnection.internal.common.SafeCalls;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.LookupKey;
import io.cachedconnection.internal.engine.store.Target;
import io.cachedconnection.internal.engine.store.ValueLoader;
import io.cachedconnection.internal.engine.write.WriteProtocol.DeferredFill;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Tracks the uncommitted writes of the calling thread: in its transaction, and in a method that may begin and end one itself.
 * Lookups of these keys bypass the cache. Thread-safe.
 */
public final class PendingWrites {

    /** Records whether a load has written its own key, in any transaction. Confined to the loading thread. */
    public static final class DirtyFlag {

        private boolean set;

        public void set() {
            set = true;
        }

        public boolean isSet() {
            return set;
        }
    }

    /** A running load, and the load during which it began. */
    private record Load(
            EntryKey key, DirtyFlag written, @Nullable Load outer) {}

    private final TransactionScope transactions;
    private final WriteProtocol protocol;
    private final Map<EntryKey, DeferredFill> deferredFills =
            new ConcurrentHashMap<>(); // until its transaction commits

    @SuppressWarnings("ThreadLocalUsage") // each application has its own, and leaves no value in it
    private final ThreadLocal<List<Target>> running = new ThreadLocal<>();

    @SuppressWarnings("ThreadLocalUsage") // each application has its own, and leaves no value in it
    private final ThreadLocal<Load> loads = new ThreadLocal<>();

    public PendingWrites(TransactionScope transactions, WriteProtocol protocol) {
        this.transactions = transactions;
        this.protocol = protocol;
    }

    /** Whether an uncommitted write of the calling thread may concern {@code key}. */
    public boolean concern(EntryKey key) {
        return areRunningOn(key)
                || SafeCalls.or(true, () -> {
                    Transaction transaction = transactions.current();
                    return transaction != null && areIn(transaction, key);
                });
    }

    /** Whether {@code transaction} or the other active one has invalidated {@code key}. */
    public static boolean areIn(Transaction transaction, EntryKey key) {
        if (transaction.attachment() instanceof TransactionWrites writes && writes.concerns(key)) {
            return true;
        }
        Transaction other = transaction.otherActive();
        return other != null && areIn(other, key);
    }

    /** Whether this is the first flush that invalidates {@code target} in {@code transaction}, the only active one. */
    boolean isFirstFlush(Transaction transaction, Target target) {
        return transaction.otherActive() != null
                || transaction.isRollbackOnly()
                || in(transaction).isFirstFlush(target);
    }

    /**
     * Whether a lookup of {@code lookupKey} bypasses the cache: a running method may have written it, or a transaction of this
     * thread, perhaps a suspended one, keeps a loaded value until it commits.
     */
    public boolean passBy(LookupKey lookupKey) {
        if (running.get() != null && areRunningOn(lookupKey.key())) {
            return true;
        }
        DeferredFill deferred = deferredFills.isEmpty() ? null : deferredFills.get(lookupKey.key());
        return deferred != null && deferred.loader() == Thread.currentThread(); // it would wait for itself
    }

    /** Whether the calling thread may be in a transaction. */
    public boolean mayBeInTransaction() {
        return SafeCalls.or(true, () -> transactions.current() != null);
    }

    /** Whether a running method may have written {@code key}. */
    public boolean areRunningOn(EntryKey key) {
        List<Target> targets = running.get();
        return targets != null && targets.stream().anyMatch(target -> target.covers(key));
    }

    /** Returns the writes of {@code transaction}, to which more can be added. */
    public TransactionWrites in(Transaction transaction) {
        if (transaction.attachment() instanceof TransactionWrites writes) {
            return writes;
        }
        TransactionWrites writes = new TransactionWrites(protocol, deferredFills, transaction);
        transaction.attach(writes);
        return writes;
    }

    /** Runs {@code work}, which may write {@code targets}. */
    <T> @Nullable T on(List<? extends Target> targets, ValueLoader<T> work) throws Exception {
        targets.forEach(this::note);
        List<Target> outer = running.get();
        List<Target> all = outer == null ? new ArrayList<>() : new ArrayList<>(outer);
        all.addAll(targets);
        running.set(all);
        try {
            return work.load();
        } finally {
            restore(running, outer);
        }
    }

    /** Loads {@code key}, and records in {@code written} whether the load writes it. */
    public <V> @Nullable V watched(EntryKey key, DirtyFlag written, ValueLoader<V> loader) throws Exception {
        Load outer = loads.get();
        loads.set(new Load(key, written, outer));
        try {
            return loader.load();
        } finally {
            restore(loads, outer);
        }
    }

    /** Whether the calling thread is in a load. */
    public boolean isLoading() {
        return loads.get() != null;
    }

    /** Records a write for the loads during which it happens. */
    void note(Target target) {
        for (Load load = loads.get(); load != null; load = load.outer()) {
            if (target.covers(load.key())) {
                load.written().set();
            }
        }
    }

    private static <T> void restore(ThreadLocal<T> place, @Nullable T outer) {
        if (outer == null) {
            place.remove(); // the threads belong to the server and outlive this application
        } else {
            place.set(outer);
        }
    }
}
