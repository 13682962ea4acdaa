package io.cachedconnection.internal.core;

import io.cachedconnection.internal.core.Protocol.OnFailure;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The steps of the protocol around a write, and what becomes of those that the remote store is not there for. The steps of
 * keys go together; those of whole caches follow one by one. After one for which the store was not there it is not asked for
 * the others of that moment, and a slow store gets no more than twice the time: so a write of many keys waits for a silent
 * store no longer than a write of one.
 */
final class WriteSteps {

    private final GuardedStore store;
    private final EvictionJournal journal;
    private final Protocol protocol;
    private final Runnable deliverSoon;

    /** Steps that have {@code deliverSoon} run when there is something in the journal that the store would take. */
    WriteSteps(GuardedStore store, EvictionJournal journal, Protocol protocol, Runnable deliverSoon) {
        this.store = store;
        this.journal = journal;
        this.protocol = protocol;
        this.deliverSoon = deliverSoon;
    }

    /**
     * Announces a write before it commits.
     *
     * @throws RefusedWriteException if that is not possible and not to be caught up on; what was announced is taken back
     */
    void begin(List<Change> changes) {
        Budget budget = budget();
        @Nullable Change failed = null;
        List<Change> ofKeys = ofKeys(changes);
        List<Reply> replies = store.steps(ofKeys, budget, Change::beginning);
        for (int i = 0; i < ofKeys.size(); i++) {
            if (replies.get(i) != Reply.UNREACHABLE) {
                ofKeys.get(i).hasBegun();
            } else if (failed == null) {
                failed = ofKeys.get(i);
            }
        }
        for (Change change : ofCaches(changes)) {
            if (step(change, budget, change::begin) == Reply.UNREACHABLE && failed == null) {
                failed = change;
            }
        }
        if (failed != null && refuses()) {
            end(
                    changes.stream().filter(Change::isSent).toList(),
                    Outcome.ROLLED_BACK); // one that failed may have been done
            throw RefusedWriteException.unannounced(failed.target().cache());
        }
    }

    private static List<Change> ofKeys(List<Change> changes) {
        return changes.stream()
                .filter(change -> change.target() instanceof CacheKey)
                .toList();
    }

    private static List<Change> ofCaches(List<Change> changes) {
        return changes.stream()
                .filter(change -> change.target() instanceof KeySpace)
                .toList();
    }

    /**
     * Announces a write of whose end nobody will tell.
     *
     * @throws RefusedWriteException as {@link #begin}
     */
    void announceOpen(Change change) {
        change.leaveOpen();
        begin(List.of(change));
        if (!change.isAnnounced()) {
            caughtUpOn(change, Reply.UNREACHABLE);
        }
    }

    /** Ends a write; what cannot be delivered is caught up on. */
    void end(List<Change> changes, Outcome outcome) {
        Budget budget = budget();
        List<Change> ofKeys = ofKeys(changes);
        List<Reply> replies = store.steps(ofKeys, budget, change -> change.ending(outcome));
        for (int i = 0; i < ofKeys.size() && outcome != Outcome.ROLLED_BACK; i++) {
            caughtUpOn(ofKeys.get(i), replies.get(i));
        }
        for (Change change : ofCaches(changes)) {
            Reply done = step(change, budget, (remote, nanos) -> change.end(outcome, remote, nanos));
            if (outcome != Outcome.ROLLED_BACK) {
                caughtUpOn(change, done);
            }
        }
    }

    /** How far back what a transaction of this {@code age} has read may lie; null if nobody knows, or fences do not. */
    @Nullable Duration settle(@Nullable Duration age) {
        return age == null ? null : protocol.settle(age);
    }

    /** Stores what a transaction has loaded if it is committed, else gives only the leases back. */
    void settle(List<Kept> loaded, boolean committed) {
        Budget budget = new Budget(protocol.budget()); // they are lookups
        for (Kept kept : loaded) {
            boolean store = committed && !journal.concerns(kept.key());
            refilled(budget, (store ? kept.fill() : kept.release()).apply(budget));
        }
    }

    /** A write in the cache alone, both steps within one budget; NO if another write overlapped it. */
    Reply put(Change change) {
        Budget budget = budget();
        store.step(change.target(), budget, change::begin);
        return caughtUpOn(change, store.step(change.target(), budget, change::endCommitted));
    }

    /**
     * The end of a write that nobody has announced, and that is over.
     *
     * @throws RefusedWriteException if that cannot be delivered now and somebody has to know; it is caught up on
     */
    void evict(Change change) {
        Reply done = store.step(change.target(), budget(), change::endCommitted);
        if (caughtUpOn(change, done) == Reply.UNREACHABLE) {
            sayUndelivered(change.target());
        }
    }

    /** Where somebody has to know what was not delivered, although it is caught up on. */
    void sayUndelivered(Target target) {
        if (refuses()) {
            throw RefusedWriteException.undelivered(target.cache());
        }
    }

    /**
     * The end of a write of {@code key} that nobody has announced. Says whether there was a value; does not throw if the end
     * cannot be delivered now, for it is caught up on.
     */
    Reply evict(CacheKey key, Change change) {
        return caughtUpOn(change, store.evict(key, budget()));
    }

    private Reply caughtUpOn(Change change, Reply reply) {
        if (reply == Reply.UNREACHABLE) {
            journal.add(change);
            store.forget(change.target()); // whoever reads it from now on finds it in the journal
            if (store.takesWrites(change.target())) { // else the recovery finds out when it does
                deliverSoon.run();
            }
        }
        return reply;
    }

    /** Whether a write is refused that cannot be announced. */
    boolean refuses() {
        return protocol.onFailure() == OnFailure.FAIL;
    }

    /** Whether such a write of {@code target} is refused. */
    boolean refuses(Target target) {
        return refuses() && !store.isLeftAlone(target);
    }

    /** One for a whole cache takes as long as there are keys, and says nothing about the next one. */
    private Reply step(Change change, Budget budget, GuardedStore.Step step) {
        boolean isLong = change.target() instanceof KeySpace && budget.left() > 0;
        Reply reply = store.step(change.target(), isLong ? budget() : budget, step);
        if (isLong && reply == Reply.UNREACHABLE) {
            budget.exhaust();
        }
        return refilled(budget, reply);
    }

    private static Reply refilled(Budget budget, Reply reply) {
        if (reply != Reply.UNREACHABLE) {
            budget.refill();
        }
        return reply;
    }

    private Budget budget() {
        return new Budget(protocol.evictTimeout());
    }
}
