package io.cachedconnection.internal.engine.write;

import io.cachedconnection.internal.engine.store.Ack;
import io.cachedconnection.internal.engine.store.Budget;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.FailOpenStore;
import io.cachedconnection.internal.engine.store.Invalidation;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.Outcome;
import io.cachedconnection.internal.engine.store.ProtocolSettings;
import io.cachedconnection.internal.engine.store.ProtocolSettings.OnFailure;
import io.cachedconnection.internal.engine.store.Target;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The steps of the protocol around a write, and what becomes of steps that the remote store is not there for. The steps of
 * keys go together; those of whole caches follow one by one. After one for which the store was not there it is not asked for
 * the others of that moment, and a slow store gets no more than twice the time: so a write of many keys waits for a silent
 * store no longer than a write of one.
 */
public final class WriteProtocol {

    /**
     * A value that was loaded in a transaction, and is stored when that is committed: before, it may hold what no other caller
     * is to see. Until then the load has its lease, so a write that comes in between keeps the value from being stored.
     *
     * @param key the key
     * @param loader the thread that loaded it
     * @param fill stores it
     * @param release gives only the lease back
     */
    public record DeferredFill(
            EntryKey key, Thread loader, Function<Budget, Ack> fill, Function<Budget, Ack> release) {}

    private final FailOpenStore store;
    private final EvictionJournal journal;
    private final ProtocolSettings protocol;
    private final Runnable deliverSoon;

    /** {@code deliverSoon} is run when there is something in the journal that the store would take. */
    public WriteProtocol(
            FailOpenStore store, EvictionJournal journal, ProtocolSettings protocol, Runnable deliverSoon) {
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
    void begin(List<Invalidation> invalidations) {
        Budget budget = budget();
        @Nullable Invalidation failed = null;
        List<Invalidation> ofKeys = ofKeys(invalidations);
        List<Ack> replies = store.steps(ofKeys, budget, Invalidation::beginning);
        for (int i = 0; i < ofKeys.size(); i++) {
            if (replies.get(i) != Ack.UNREACHABLE) {
                ofKeys.get(i).hasBegun();
            } else if (failed == null) {
                failed = ofKeys.get(i);
            }
        }
        for (Invalidation invalidation : ofCaches(invalidations)) {
            if (stepOfCache(invalidation, budget, invalidation::begin) == Ack.UNREACHABLE && failed == null) {
                failed = invalidation;
            }
        }
        if (failed != null && refuses()) {
            // One that failed may have been done.
            end(invalidations.stream().filter(Invalidation::isSent).toList(), Outcome.ROLLED_BACK);
            throw RefusedWriteException.unannounced(failed.target().cache());
        }
    }

    private static List<Invalidation> ofKeys(List<Invalidation> invalidations) {
        return invalidations.stream()
                .filter(invalidation -> invalidation.target() instanceof EntryKey)
                .toList();
    }

    private static List<Invalidation> ofCaches(List<Invalidation> invalidations) {
        return invalidations.stream()
                .filter(invalidation -> invalidation.target() instanceof KeySpace)
                .toList();
    }

    /**
     * Announces a write whose end will not be told.
     *
     * @throws RefusedWriteException as {@link #begin}
     */
    void announceOpen(Invalidation invalidation) {
        invalidation.leaveOpen();
        begin(List.of(invalidation));
        if (!invalidation.isAnnounced()) {
            caughtUpOn(invalidation, Ack.UNREACHABLE);
        }
    }

    /** Ends a write; what cannot be delivered is caught up on. */
    void end(List<Invalidation> invalidations, Outcome outcome) {
        Budget budget = budget();
        List<Invalidation> ofKeys = ofKeys(invalidations);
        List<Ack> replies = store.steps(ofKeys, budget, invalidation -> invalidation.ending(outcome));
        for (int i = 0; i < ofKeys.size() && outcome != Outcome.ROLLED_BACK; i++) {
            caughtUpOn(ofKeys.get(i), replies.get(i));
        }
        for (Invalidation invalidation : ofCaches(invalidations)) {
            Ack done = stepOfCache(invalidation, budget, (remote, nanos) -> invalidation.end(outcome, remote, nanos));
            if (outcome != Outcome.ROLLED_BACK) {
                caughtUpOn(invalidation, done);
            }
        }
    }

    /** How far back what a transaction of this {@code age} has read may lie; null if that is unknown, or fences do not reach. */
    @Nullable Duration settle(@Nullable Duration age) {
        return age == null ? null : protocol.settle(age);
    }

    /** Stores what a transaction has loaded if it is committed, else gives only the leases back. */
    void storeOrRelease(List<DeferredFill> loaded, boolean committed) {
        Budget budget = new Budget(protocol.budget()); // they are lookups
        for (DeferredFill deferred : loaded) {
            boolean fills = committed && !journal.concerns(deferred.key());
            refilled(budget, (fills ? deferred.fill() : deferred.release()).apply(budget));
        }
    }

    /** A write in the cache alone, both steps within one budget; NO if another write overlapped it. */
    Ack put(Invalidation invalidation) {
        Budget budget = budget();
        store.step(invalidation.target(), budget, invalidation::begin);
        return caughtUpOn(invalidation, store.step(invalidation.target(), budget, invalidation::endCommitted));
    }

    /**
     * The end of a write that was not announced, and that is over.
     *
     * @throws RefusedWriteException if that cannot be delivered now and the caller has to know; it is caught up on
     */
    void evict(Invalidation invalidation) {
        Ack done = store.step(invalidation.target(), budget(), invalidation::endCommitted);
        if (caughtUpOn(invalidation, done) == Ack.UNREACHABLE) {
            sayUndelivered(invalidation.target());
        }
    }

    /** The ends of many such writes of keys, together; as above, once all have been tried. */
    void evict(List<Invalidation> ofKeys) {
        List<Ack> replies = store.steps(ofKeys, budget(), invalidation -> invalidation.ending(Outcome.COMMITTED));
        boolean isDelivered = true;
        for (int i = 0; i < ofKeys.size(); i++) {
            isDelivered &= caughtUpOn(ofKeys.get(i), replies.get(i)) != Ack.UNREACHABLE;
        }
        if (!isDelivered) {
            sayUndelivered(ofKeys.get(0).target());
        }
    }

    /** Tells the caller what was not delivered, although it is caught up on. */
    void sayUndelivered(Target target) {
        if (refuses()) {
            throw RefusedWriteException.undelivered(target.cache());
        }
    }

    /**
     * The end of a write of {@code key} that was not announced. Says whether there was a value; does not throw if the end
     * cannot be delivered now, for it is caught up on.
     */
    Ack evict(EntryKey key, Invalidation invalidation) {
        return caughtUpOn(invalidation, store.evict(key, budget()));
    }

    private Ack caughtUpOn(Invalidation invalidation, Ack ack) {
        if (ack == Ack.UNREACHABLE) {
            journal.add(invalidation);
            store.forget(invalidation.target()); // a lookup from now on finds it in the journal
            if (store.takesWrites(invalidation.target())) { // else the recovery finds out when it does
                deliverSoon.run();
            }
        }
        return ack;
    }

    /** Whether a write is refused that cannot be announced. */
    private boolean refuses() {
        return protocol.onFailure() == OnFailure.FAIL;
    }

    /** Whether such a write of {@code target} is refused. */
    boolean refuses(Target target) {
        return refuses() && !store.isLeftAlone(target);
    }

    /** A step for a whole cache takes as long as there are keys, and says nothing about the next one. */
    private Ack stepOfCache(Invalidation invalidation, Budget budget, FailOpenStore.Step step) {
        boolean isTried = budget.left() > 0;
        Ack ack = store.step(invalidation.target(), isTried ? budget() : budget, step);
        if (isTried && ack == Ack.UNREACHABLE) {
            budget.exhaust();
        }
        return refilled(budget, ack);
    }

    private static Ack refilled(Budget budget, Ack ack) {
        if (ack != Ack.UNREACHABLE) {
            budget.refill();
        }
        return ack;
    }

    private Budget budget() {
        return new Budget(protocol.evictTimeout());
    }
}
