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
import io.cachedconnection.internal.engine.store.Tracing;
import io.cachedconnection.internal.engine.store.Tracing.Step;
import io.cachedconnection.internal.engine.store.Tracing.Work;
import io.cachedconnection.internal.engine.write.WriteCounters.Fate;
import io.cachedconnection.internal.engine.write.WriteCounters.Scope;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The steps of the protocol around a write, and the handling of steps that fail. The steps of keys go in batches; those of
 * whole caches follow one by one. After a failed step the remaining steps of that moment are not sent, and a slow store gets at
 * most twice the time. So a write of many keys waits for a silent store no longer than a write of one.
 */
public final class WriteProtocol {

    /**
     * A value that was loaded in a transaction and is stored after the commit: before, it may contain data that no other caller
     * may see. Until then the load keeps its lease, so an overlapping write prevents the store.
     *
     * @param key the key
     * @param loader the thread that loaded the value
     * @param fill stores the value
     * @param release returns the lease without a value
     */
    public record DeferredFill(
            EntryKey key, Thread loader, Function<Budget, Ack> fill, Function<Budget, Ack> release) {}

    private static final String UNREACHABLE = "unreachable";

    private final FailOpenStore store;
    private final EvictionJournal journal;
    private final ProtocolSettings protocol;
    private final Runnable deliverSoon;
    private final WriteCounters counters;
    private final Tracing tracing;

    /** Creates the protocol; {@code deliverSoon} runs when the journal has an eviction that the store accepts. */
    public WriteProtocol(
            FailOpenStore store,
            EvictionJournal journal,
            ProtocolSettings protocol,
            Runnable deliverSoon,
            WriteCounters counters,
            Tracing tracing) {
        this.store = store;
        this.journal = journal;
        this.protocol = protocol;
        this.deliverSoon = deliverSoon;
        this.counters = counters;
        this.tracing = tracing;
    }

    /**
     * Announces a write before it commits.
     *
     * @throws RefusedWriteException if the write cannot be announced and may not be late; announcements so far are taken back
     */
    void begin(List<Invalidation> invalidations) {
        try (Step step = step(Work.ANNOUNCE, invalidations)) {
            announce(invalidations, step);
        }
    }

    private Step step(Work work, List<Invalidation> invalidations) {
        if (invalidations.isEmpty()) {
            return Step.UNTOLD;
        }
        String cache = invalidations.get(0).target().cache();
        boolean isOne = true;
        for (Invalidation invalidation : invalidations) {
            isOne &= cache.equals(invalidation.target().cache());
        }
        return tracing.begin(work, isOne ? cache : null);
    }

    private void announce(List<Invalidation> invalidations, Step step) {
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
        if (failed != null) {
            step.refused(UNREACHABLE);
        }
        if (failed != null && refuses()) {
            // A failed announcement may have arrived.
            end(invalidations.stream().filter(Invalidation::isSent).toList(), Outcome.ROLLED_BACK);
            invalidations.forEach(invalidation -> counters.count(invalidation.target(), Fate.REFUSED));
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
     * Announces a write whose end will not be reported.
     *
     * @throws RefusedWriteException as for {@link #begin}
     */
    void announceOpen(Invalidation invalidation) {
        invalidation.leaveOpen();
        begin(List.of(invalidation));
        caughtUpOn(invalidation, invalidation.isAnnounced() ? Ack.YES : Ack.UNREACHABLE);
    }

    /** Ends a write; undelivered evictions go to the journal. */
    void end(List<Invalidation> invalidations, Outcome outcome) {
        try (Step step = step(ending(invalidations, outcome), invalidations)) {
            end(invalidations, outcome, step);
        }
    }

    /** Returns the work that all {@code invalidations} do at their end; it is an eviction if they differ. */
    private static Work ending(List<Invalidation> invalidations, Outcome outcome) {
        boolean isPut = true;
        boolean isClear = true;
        for (Invalidation invalidation : invalidations) {
            isPut &= invalidation.replaces(outcome);
            isClear &= Scope.of(invalidation.target()) == Scope.ALL;
        }
        return isPut ? Work.PUT : isClear ? Work.CLEAR : Work.EVICT;
    }

    private void end(List<Invalidation> invalidations, Outcome outcome, Step step) {
        Budget budget = budget();
        List<Invalidation> ofKeys = ofKeys(invalidations);
        List<Ack> replies = store.steps(ofKeys, budget, invalidation -> invalidation.ending(outcome));
        for (int i = 0; i < ofKeys.size() && outcome != Outcome.ROLLED_BACK; i++) {
            boolean isReplaced = replies.get(i) == Ack.YES && ofKeys.get(i).replaces(outcome);
            caughtUpOn(ofKeys.get(i), replies.get(i), isReplaced ? Fate.REPLACED : Fate.DONE);
            refused(step, replies.get(i));
        }
        for (Invalidation invalidation : ofCaches(invalidations)) {
            Ack done = stepOfCache(invalidation, budget, (remote, nanos) -> invalidation.end(outcome, remote, nanos));
            if (outcome != Outcome.ROLLED_BACK) {
                caughtUpOn(invalidation, done);
                refused(step, done);
            }
        }
    }

    /**
     * Returns how old the data read by a transaction of this {@code age} may be; null if unknown, or older than fences
     * remember.
     */
    @Nullable Duration settle(@Nullable Duration age) {
        return age == null ? null : protocol.settle(age);
    }

    /** Stores the loaded values of a transaction if it is committed; otherwise only returns the leases. */
    void storeOrRelease(List<DeferredFill> loaded, boolean committed) {
        Budget budget = new Budget(protocol.budget()); // they count as lookups
        for (DeferredFill deferred : loaded) {
            boolean fills = committed && !journal.concerns(deferred.key());
            refilled(budget, (fills ? deferred.fill() : deferred.release()).apply(budget));
        }
    }

    /** Writes to the cache only, with both steps in one budget; NO if another write overlapped it. */
    Ack put(Invalidation invalidation) {
        try (Step step = step(Work.PUT, List.of(invalidation))) {
            Budget budget = budget();
            store.step(invalidation.target(), budget, invalidation::begin);
            Ack ack = store.step(invalidation.target(), budget, invalidation::endCommitted);
            boolean isReplaced = ack == Ack.YES && invalidation.replaces(Outcome.COMMITTED);
            refused(step, ack);
            return caughtUpOn(invalidation, ack, isReplaced ? Fate.REPLACED : Fate.DONE);
        }
    }

    private static void refused(Step step, Ack ack) {
        if (ack == Ack.UNREACHABLE) {
            step.refused(UNREACHABLE);
        }
    }

    /**
     * Ends a finished write that was not announced.
     *
     * @throws RefusedWriteException if the eviction cannot be delivered now and the caller must know; it goes to the journal
     */
    void evict(Invalidation invalidation) {
        List<Invalidation> alone = List.of(invalidation);
        try (Step step = step(ending(alone, Outcome.COMMITTED), alone)) {
            Ack done = store.step(invalidation.target(), budget(), invalidation::endCommitted);
            refused(step, done);
            if (caughtUpOn(invalidation, done) == Ack.UNREACHABLE) {
                sayUndelivered(invalidation.target());
            }
        }
    }

    /** Ends many such writes of keys in batches; throws like {@link #evict(Invalidation)} after all were tried. */
    void evict(List<Invalidation> ofKeys) {
        try (Step step = step(Work.EVICT, ofKeys)) {
            List<Ack> replies = store.steps(ofKeys, budget(), invalidation -> invalidation.ending(Outcome.COMMITTED));
            boolean isDelivered = true;
            for (int i = 0; i < ofKeys.size(); i++) {
                isDelivered &= caughtUpOn(ofKeys.get(i), replies.get(i)) != Ack.UNREACHABLE;
                refused(step, replies.get(i));
            }
            if (!isDelivered) {
                sayUndelivered(ofKeys.get(0).target());
            }
        }
    }

    /** Reports an undelivered eviction to the caller, although the journal has it. */
    void sayUndelivered(Target target) {
        if (refuses()) {
            throw RefusedWriteException.undelivered(target.cache());
        }
    }

    /**
     * Ends a write of {@code key} that was not announced. Returns whether there was a value. Does not throw if the eviction
     * cannot be delivered now, because it goes to the journal.
     */
    public Ack evict(EntryKey key, Invalidation invalidation) {
        try (Step step = step(Work.EVICT, List.of(invalidation))) {
            Ack ack = store.evict(key, budget());
            refused(step, ack);
            return caughtUpOn(invalidation, ack);
        }
    }

    private Ack caughtUpOn(Invalidation invalidation, Ack ack) {
        return caughtUpOn(invalidation, ack, Fate.DONE);
    }

    private Ack caughtUpOn(Invalidation invalidation, Ack ack, Fate fate) {
        if (!store.isLeftAlone(invalidation.target())) { // otherwise nothing was sent
            counters.count(invalidation.target(), ack == Ack.UNREACHABLE ? Fate.DEFERRED : fate);
        }
        if (ack == Ack.UNREACHABLE) {
            journal.add(invalidation);
            store.forget(invalidation.target()); // a lookup from now on finds it in the journal
            if (store.takesWrites(invalidation.target())) { // otherwise the recovery delivers it later
                deliverSoon.run();
            }
        }
        return ack;
    }

    /** Whether writes that cannot be announced are refused. */
    private boolean refuses() {
        return protocol.onFailure() == OnFailure.FAIL;
    }

    /** Whether such a write of {@code target} is refused; counts a refusal. */
    boolean refuses(Target target) {
        boolean isRefused = refuses() && !store.isLeftAlone(target);
        if (isRefused) {
            counters.count(target, Fate.REFUSED);
        }
        return isRefused;
    }

    /**
     * Takes a step of a whole cache. Its time grows with the number of keys, and its failure says nothing about the next step.
     */
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
