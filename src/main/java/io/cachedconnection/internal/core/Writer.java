package io.cachedconnection.internal.core;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Does writes under the protocol: announced before they commit, ended when their outcome is known. Thread-safe. */
final class Writer {

    private final TransactionScope transactions;
    private final OwnWrites own;
    private final WriteSteps steps;
    private final Supplier<String> names;

    Writer(Ports ports, OwnWrites own, WriteSteps steps) {
        this.transactions = ports.transactions();
        this.own = own;
        this.steps = steps;
        this.names = ports.tokens();
    }

    <T> @Nullable T write(List<Target> targets, Work<T> work) throws Exception {
        Changes changes = changes(targets);
        Transaction transaction = transactions.current();
        if (transaction == null) {
            return framed(changes, () -> own.on(targets, () -> run(work, changes)));
        }
        join(transaction, changes);
        Ending ending = () -> leftBehind(transaction, changes);
        try (ending) {
            return own.on(targets, () -> run(work, changes));
        }
    }

    /** If it throws what tells that it may still be done, its end is left open. */
    private static <T> @Nullable T run(Work<T> work, Changes changes) throws Exception {
        try {
            return work.run(changes);
        } catch (Exception | Error e) {
            if (UnknownOutcome.mayFollow(e)) {
                changes.all().forEach(Change::leaveOpen);
            }
            throw e;
        }
    }

    /**
     * If the work has ended the transaction that it found, it may have written in others since; and if that is doomed, or a
     * reaper has ended it, what was written is what it cannot undo.
     */
    private void leftBehind(Transaction transaction, Changes changes) {
        boolean left = !transaction.isCurrent();
        if (left || transaction.isRollbackOnly()) {
            steps.end(
                    changes.all().stream()
                            .map(change -> change.again(names.get()))
                            .toList(),
                    Outcome.UNKNOWN);
            if (left) {
                joinOpen(targets(changes));
            }
        } else {
            joinBesides(transaction, targets(changes));
            own.in(transaction).addGrown(changes);
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

    private static List<Target> targets(Changes changes) {
        return changes.all().stream().map(Change::target).toList();
    }

    /** A write that makes one more key of each of these {@code spaces} old: its result tells which one. */
    <T> @Nullable T write(List<Target> targets, List<KeySpace> spaces, Work<T> work) throws Exception {
        if (spaces.isEmpty()) {
            return write(targets, work);
        }
        if (!isInTransaction()) {
            for (KeySpace space : spaces) {
                if (steps.refuses(space)) {
                    throw RefusedWriteException.keyOfResult(space.cache());
                }
            }
        }
        return write(targets, changes -> own.on(List.copyOf(spaces), () -> work.run(changes)));
    }

    /** Whether a write of now is part of a transaction. */
    boolean isInTransaction() {
        return transactions.current() != null;
    }

    void evict(Target target) {
        Transaction transaction = transactions.current();
        if (transaction == null) {
            steps.evict(new Change(target, names.get()));
        } else {
            join(transaction, changes(List.of(target)));
            joinBesides(transaction, List.of(target));
        }
    }

    void evictAtCommit(Target target) {
        Transaction transaction = transactions.current();
        if (transaction == null) {
            own.note(target);
            steps.announceOpen(new Change(target, names.get()));
        } else if (own.isFirstFlush(transaction, target)) { // a flush may write many rows of one list
            join(transaction, changes(List.of(target)));
            joinBesides(transaction, List.of(target));
        }
    }

    void sayUndelivered(Target target) {
        steps.sayUndelivered(target);
    }

    /** Makes {@code key} old outside of transactions; NO if there was nothing. */
    Reply evict(CacheKey key) {
        return steps.evict(key, new Change(key, names.get()));
    }

    /**
     * Makes {@code key} old and lets {@code result} take its place, in a transaction with its commit. NO if another write
     * overlapped it, so that nobody knows which is the current one.
     */
    Reply put(CacheKey key, @Nullable Result result) {
        Changes changes = changes(List.of(key));
        changes.replace(key, result);
        Transaction transaction = transactions.current();
        if (transaction == null) {
            boolean isLate = isEnding();
            if (isLate) {
                changes.forgetResults();
            }
            Reply reply = steps.put(changes.all().get(0));
            return isLate && reply == Reply.YES ? Reply.NO : reply;
        }
        join(transaction, changes);
        joinBesides(transaction, List.of(key));
        return Reply.YES;
    }

    /**
     * Whether the thread is in a transaction that takes no more work: a reaper may have rolled it back unseen, so what is
     * put now may never be committed.
     */
    private boolean isEnding() {
        return Doubt.or(true, transactions::isEnding);
    }

    private Changes changes(List<Target> targets) {
        Changes changes = new Changes(names);
        targets.forEach(changes::evict);
        return changes;
    }

    private void join(Transaction transaction, Changes changes) {
        changes.all().forEach(change -> own.note(change.target()));
        if (!transaction.isRollbackOnly()) {
            own.in(transaction).add(changes);
        } else { // it tells nobody of its end
            steps.end(changes.all(), Outcome.UNKNOWN);
        }
    }

    /**
     * Without a transaction the write commits somewhere in the course of the work. If that throws, it may have, too; and if
     * it leaves a transaction open, with that.
     */
    private <T> @Nullable T framed(Changes changes, Loader<T> work) throws Exception {
        boolean isLate = isEnding();
        steps.begin(changes.all());
        Ending ending = () -> joinOpen(targets(changes));
        try (ending) {
            return ended(changes, work, isLate);
        }
    }

    private <T> @Nullable T ended(Changes changes, Loader<T> work, boolean isLate) throws Exception {
        Outcome outcome = Outcome.UNKNOWN;
        try {
            T result = work.load();
            outcome = Outcome.COMMITTED;
            return result;
        } finally {
            if (isLate || isEnding()) {
                changes.forgetResults();
            }
            steps.end(changes.all(), outcome);
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
