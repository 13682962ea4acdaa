package io.cachedconnection.internal.core;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Does writes under the protocol: announced before they commit, ended when their outcome is known. Thread-safe. */
final class Writer {

    private final TransactionScope transactions;
    private final PendingWrites own;
    private final WriteProtocol steps;
    private final Supplier<String> names;

    Writer(Ports ports, PendingWrites own, WriteProtocol steps) {
        this.transactions = ports.transactions();
        this.own = own;
        this.steps = steps;
        this.names = ports.tokens();
    }

    <T> @Nullable T write(List<Target> targets, WriteAction<T> writeAction) throws Exception {
        Invalidations invalidations = changes(targets);
        Transaction transaction = transactions.current();
        if (transaction == null) {
            return framed(invalidations, () -> own.on(targets, () -> run(writeAction, invalidations)));
        }
        join(transaction, invalidations);
        Ending ending = () -> leftBehind(transaction, invalidations);
        try (ending) {
            return own.on(targets, () -> run(writeAction, invalidations));
        }
    }

    /** If it throws what tells that it may still be done, its end is left open. */
    private static <T> @Nullable T run(WriteAction<T> writeAction, Invalidations invalidations) throws Exception {
        try {
            return writeAction.run(invalidations);
        } catch (Exception | Error e) {
            if (UnknownOutcome.mayFollow(e)) {
                invalidations.all().forEach(Invalidation::leaveOpen);
            }
            throw e;
        }
    }

    /**
     * If the work has ended the transaction that it found, it may have written in others since; and if that is doomed, or a
     * reaper has ended it, what was written is what it cannot undo.
     */
    private void leftBehind(Transaction transaction, Invalidations invalidations) {
        boolean left = !transaction.isCurrent();
        if (left || transaction.isRollbackOnly()) {
            steps.end(
                    invalidations.all().stream()
                            .map(change -> change.again(names.get()))
                            .toList(),
                    Outcome.UNKNOWN);
            if (left) {
                joinOpen(targets(invalidations));
            }
        } else {
            joinBesides(transaction, targets(invalidations));
            own.in(transaction).addGrown(invalidations);
        }
    }

    /** Which of two transactions has written is not known here, so the eviction belongs to both. */
    private void joinBesides(Transaction transaction, List<Target> targets) {
        Transaction besides = transaction.besides();
        if (besides != null) {
            join(besides, changes(targets));
        }
    }

    private void joinOpen(List<Target> targets) {
        Transaction transaction = transactions.current();
        if (transaction != null) {
            join(transaction, changes(targets));
        }
    }

    private static List<Target> targets(Invalidations invalidations) {
        return invalidations.all().stream().map(Invalidation::target).toList();
    }

    /** A write that makes one more key of each of these {@code spaces} old: its result tells which one. */
    <T> @Nullable T write(List<Target> targets, List<KeySpace> spaces, WriteAction<T> writeAction) throws Exception {
        if (spaces.isEmpty()) {
            return write(targets, writeAction);
        }
        if (!isInTransaction()) {
            for (KeySpace space : spaces) {
                if (steps.refuses(space)) {
                    throw RefusedWriteException.keyOfResult(space.cache());
                }
            }
        }
        return write(targets, invalidations -> own.on(List.copyOf(spaces), () -> writeAction.run(invalidations)));
    }

    /** Whether a write of now is part of a transaction. */
    boolean isInTransaction() {
        return transactions.current() != null;
    }

    void evict(Target target) {
        Transaction transaction = transactions.current();
        if (transaction == null) {
            steps.evict(new Invalidation(target, names.get()));
        } else {
            join(transaction, changes(List.of(target)));
            joinBesides(transaction, List.of(target));
        }
    }

    void evictAtCommit(Target target) {
        Transaction transaction = transactions.current();
        if (transaction == null) {
            own.note(target);
            steps.announceOpen(new Invalidation(target, names.get()));
        } else if (own.isFirstFlush(transaction, target)) { // a flush may write many rows of one list
            join(transaction, changes(List.of(target)));
            joinBesides(transaction, List.of(target));
        }
    }

    void sayUndelivered(Target target) {
        steps.sayUndelivered(target);
    }

    /** Makes {@code key} old outside of transactions; NO if there was nothing. */
    Ack evict(EntryKey key) {
        return steps.evict(key, new Invalidation(key, names.get()));
    }

    /**
     * Makes {@code key} old and lets {@code result} take its place, in a transaction with its commit. NO if another write
     * overlapped it, so that nobody knows which is the current one.
     */
    Ack put(EntryKey key, @Nullable Result result) {
        Invalidations invalidations = changes(List.of(key));
        invalidations.replace(key, result);
        Transaction transaction = transactions.current();
        if (transaction == null) {
            boolean isLate = isEnding();
            if (isLate) {
                invalidations.forgetResults();
            }
            Ack ack = steps.put(invalidations.all().get(0));
            return isLate && ack == Ack.YES ? Ack.NO : ack;
        }
        join(transaction, invalidations);
        joinBesides(transaction, List.of(key));
        return Ack.YES;
    }

    /**
     * Whether the thread is in a transaction that takes no more work: a reaper may have rolled it back unseen, so what is
     * put now may never be committed.
     */
    private boolean isEnding() {
        return SafeCalls.or(true, transactions::isEnding);
    }

    private Invalidations changes(List<Target> targets) {
        Invalidations invalidations = new Invalidations(names);
        targets.forEach(invalidations::evict);
        return invalidations;
    }

    private void join(Transaction transaction, Invalidations invalidations) {
        invalidations.all().forEach(change -> own.note(change.target()));
        if (!transaction.isRollbackOnly()) {
            own.in(transaction).add(invalidations);
        } else { // it tells nobody of its end
            steps.end(invalidations.all(), Outcome.UNKNOWN);
        }
    }

    /**
     * Without a transaction the write commits somewhere in the course of the work. If that throws, it may have, too; and if
     * it leaves a transaction open, with that.
     */
    private <T> @Nullable T framed(Invalidations invalidations, ValueLoader<T> writeAction) throws Exception {
        boolean isLate = isEnding();
        steps.begin(invalidations.all());
        Ending ending = () -> joinOpen(targets(invalidations));
        try (ending) {
            return ended(invalidations, writeAction, isLate);
        }
    }

    private <T> @Nullable T ended(Invalidations invalidations, ValueLoader<T> writeAction, boolean isLate)
            throws Exception {
        Outcome outcome = Outcome.UNKNOWN;
        try {
            T result = writeAction.load();
            outcome = Outcome.COMMITTED;
            return result;
        } finally {
            if (isLate || isEnding()) {
                invalidations.forgetResults();
            }
            steps.end(invalidations.all(), outcome);
        }
    }

    /**
     * What is done after the work. If the transactions cannot be asked then, the write throws, for what it left open cannot
     * be joined; but what the work itself throws passes as it is.
     */
    private interface Ending extends AutoCloseable {
        @Override
        void close();
    }
}
