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

/** Does writes under the protocol: announced before they commit, ended when their outcome is known. Thread-safe. */
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
     * What is done after a write. If the transactions cannot be asked then, the write throws, for what it left open cannot
     * be joined; but what the work itself throws passes as it is.
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
     * Without a transaction the write commits somewhere in the course of the work. If that throws, it may have, too; and if
     * it leaves a transaction open, with that.
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
     * If the work has ended the transaction that it found, it may have written in others since; and if that is doomed, or a
     * reaper has ended it, what was written is what it cannot undo.
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

    /** Which of two transactions has written is not known here, so the eviction belongs to both. */
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
        } else { // it does not tell of its end
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

    /** A write that makes one more key of each of these {@code spaces} old: its result tells which one. */
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

    /** Whether a write of now is part of a transaction. */
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

    /** Makes all these keys old; outside of transactions together. */
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

    /** Makes {@code key} old outside of transactions; NO if there was nothing. */
    public Ack evict(EntryKey key) {
        return protocol.evict(key, new Invalidation(key, tokens.get()));
    }

    /**
     * Makes {@code key} old and lets {@code result} take its place, in a transaction with its commit. NO if another write
     * overlapped it, so that it is unknown which value is current.
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
     * Whether the thread is in a transaction that takes no more work: a reaper may have rolled it back unseen, so what is
     * put now may never be committed.
     */
    private boolean isEnding() {
        return SafeCalls.or(true, transactions::isEnding);
    }
}
