package io.cachedconnection.internal.engine.write;

import io.cachedconnection.internal.common.SafeCalls;
import io.cachedconnection.internal.engine.store.Ack;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.Invalidation;
import io.cachedconnection.internal.engine.store.Invalidation.Result;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.Outcome;
import io.cachedconnection.internal.engine.store.Target;
import io.cachedconnection.internal.engine.store.ValueLoader;
import io.cachedconnection.internal.engine.write.Invalidations.WriteAction;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Performs writes under the protocol: announces them before they commit, and ends them when their outcome is known.
 * Thread-safe.
 */
public final class Writer {

    private final TransactionScope transactions;
    private final PendingWrites own;
    private final WriteProtocol protocol;
    private final Supplier<String> tokens;

    public Writer(TransactionScope transactions, PendingWrites own, WriteProtocol protocol, Supplier<String> tokens) {
        this.transactions = transactions;
        this.own = own;
        this.protocol = protocol;
        this.tokens = tokens;
    }

    /**
     * The action after a write. If the transactions cannot be asked then, the write throws, because a transaction that it left
     * open cannot be joined. Exceptions of the work itself pass unchanged.
     */
    private interface Ending extends AutoCloseable {
        @Override
        void close();
    }

    public <T> @Nullable T write(List<Target> targets, WriteAction<T> action) throws Exception {
        Invalidations invalidations = invalidations(targets);
        ValueLoader<T> work = () -> own.on(targets, () -> {
            try {
                return action.run(invalidations);
            } catch (Exception | Error e) {
                if (UnknownOutcome.mayFollow(e)) {
                    invalidations.all().forEach(Invalidation::leaveOpen);
                }
                throw e;
            }
        });
        Transaction transaction = transactions.current();
        if (transaction == null) {
            return writeAlone(invalidations, work);
        }
        join(transaction, invalidations);
        Ending ending = () -> leftBehind(transaction, invalidations);
        try (ending) {
            return work.load();
        }
    }

    /**
     * Runs a write without a transaction, which commits at some point of the work. If the work throws, it may still have
     * committed; if it leaves a transaction open, it may commit with that.
     */
    private <T> @Nullable T writeAlone(Invalidations invalidations, ValueLoader<T> work) throws Exception {
        boolean isLate = isEnding();
        protocol.begin(invalidations.all());
        Ending ending = () -> {
            Transaction transaction = transactions.current();
            if (transaction != null) {
                join(transaction, invalidations(targets(invalidations)));
            }
        };
        try (ending) {
            Outcome outcome = Outcome.UNKNOWN;
            try {
                T result = work.load();
                outcome = Outcome.COMMITTED;
                return result;
            } finally {
                if (isLate || isEnding()) {
                    invalidations.forgetResults();
                }
                protocol.end(invalidations.all(), outcome);
            }
        }
    }

    /**
     * Handles a transaction that has changed during the work. If the work has ended it, later writes may belong to others. If
     * it is doomed or a reaper has ended it, a rollback does not undo these writes.
     */
    private void leftBehind(Transaction transaction, Invalidations invalidations) {
        boolean left = !transaction.isCurrent();
        if (!left && !transaction.isRollbackOnly()) {
            joinOtherActive(transaction, targets(invalidations));
            own.in(transaction).addGrown(invalidations);
            return;
        }
        protocol.end(
                invalidations.all().stream()
                        .map(invalidation -> invalidation.again(tokens.get()))
                        .toList(),
                Outcome.UNKNOWN);
        Transaction next = left ? transactions.current() : null;
        if (next != null) {
            join(next, invalidations(targets(invalidations)));
        }
    }

    /** Adds the eviction to the other active transaction, too, because it is unknown which of the two has written. */
    private void joinOtherActive(Transaction transaction, List<Target> targets) {
        Transaction other = transaction.otherActive();
        if (other != null) {
            join(other, invalidations(targets));
        }
    }

    private void join(Transaction transaction, Invalidations invalidations) {
        targets(invalidations).forEach(own::note);
        if (!transaction.isRollbackOnly()) {
            own.in(transaction).add(invalidations);
        } else { // it does not report its end
            protocol.end(invalidations.all(), Outcome.UNKNOWN);
        }
    }

    private Invalidations invalidations(List<Target> targets) {
        Invalidations invalidations = new Invalidations(tokens);
        targets.forEach(invalidations::evict);
        return invalidations;
    }

    private static List<Target> targets(Invalidations invalidations) {
        return invalidations.all().stream().map(Invalidation::target).toList();
    }

    /** Performs a write that also invalidates one key of each of {@code spaces}, known from its result. */
    public <T> @Nullable T write(List<Target> targets, List<KeySpace> spaces, WriteAction<T> action) throws Exception {
        if (spaces.isEmpty()) {
            return write(targets, action);
        }
        if (!isInTransaction()) {
            for (KeySpace space : spaces) {
                if (protocol.refuses(space)) {
                    throw RefusedWriteException.keyOfResult(space.cache());
                }
            }
        }
        return write(targets, invalidations -> own.on(spaces, () -> action.run(invalidations)));
    }

    /** Whether a write at this moment is part of a transaction. */
    public boolean isInTransaction() {
        return transactions.current() != null;
    }

    public void evict(Target target) {
        Transaction transaction = transactions.current();
        if (transaction == null) {
            protocol.evict(new Invalidation(target, tokens.get()));
        } else {
            evictIn(transaction, target);
        }
    }

    /** Invalidates all these keys; outside of transactions in batches. */
    public void evict(Collection<EntryKey> keys) {
        Transaction transaction = transactions.current();
        if (transaction != null) {
            keys.forEach(key -> evictIn(transaction, key));
        } else if (!keys.isEmpty()) {
            protocol.evict(keys.stream()
                    .map(key -> new Invalidation(key, tokens.get()))
                    .toList());
        }
    }

    public void evictAtCommit(Target target) {
        Transaction transaction = transactions.current();
        if (transaction == null) {
            own.note(target);
            protocol.announceOpen(new Invalidation(target, tokens.get()));
        } else if (own.isFirstFlush(transaction, target)) { // a flush may write many rows of one list
            evictIn(transaction, target);
        }
    }

    private void evictIn(Transaction transaction, Target target) {
        join(transaction, invalidations(List.of(target)));
        joinOtherActive(transaction, List.of(target));
    }

    public void sayUndelivered(Target target) {
        protocol.sayUndelivered(target);
    }

    /** Invalidates {@code key} outside of transactions; NO if there was no value. */
    public Ack evict(EntryKey key) {
        return protocol.evict(key, new Invalidation(key, tokens.get()));
    }

    /**
     * Invalidates {@code key} and stores {@code result}; in a transaction after its commit. NO if another write overlapped it,
     * so that the current value is unknown.
     */
    public Ack put(EntryKey key, @Nullable Result result) {
        Invalidations invalidations = invalidations(List.of(key));
        invalidations.replace(key, result);
        Transaction transaction = transactions.current();
        if (transaction != null) {
            join(transaction, invalidations);
            joinOtherActive(transaction, List.of(key));
            return Ack.YES;
        }
        boolean isLate = isEnding();
        if (isLate) {
            invalidations.forgetResults();
        }
        Ack ack = protocol.put(invalidations.all().get(0));
        return isLate && ack == Ack.YES ? Ack.NO : ack;
    }

    /**
     * Whether the thread is in a transaction that takes no more work. A reaper may have rolled it back unseen, so a put now may
     * never be committed.
     */
    private boolean isEnding() {
        return SafeCalls.or(true, transactions::isEnding);
    }
}
