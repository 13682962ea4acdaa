package io.cachedconnection.internal.core;

import io.cachedconnection.internal.core.Protocol.OnFailure;
import java.util.List;

/** The steps of the protocol around a write, and what becomes of those that the remote store is not there for. */
final class WriteSteps {

    private final GuardedStore store;
    private final EvictionJournal journal;
    private final Protocol protocol;

    WriteSteps(GuardedStore store, EvictionJournal journal, Protocol protocol) {
        this.store = store;
        this.journal = journal;
        this.protocol = protocol;
    }

    /**
     * Announces a write before it commits.
     *
     * @throws RefusedWriteException if that is not possible and not to be caught up on; then nothing is announced
     */
    void begin(List<Change> changes) {
        for (Change change : changes) {
            if (step(change::begin) == Reply.YES) {
                change.announced();
            } else if (protocol.onFailure() == OnFailure.FAIL) {
                end(changes, Outcome.ROLLED_BACK);
                throw new RefusedWriteException(change.target().cache());
            }
        }
    }

    /** Ends a write; what cannot be delivered is caught up on. */
    void end(List<Change> changes, Outcome outcome) {
        for (Change change : changes) {
            if (outcome != Outcome.ROLLED_BACK || change.isAnnounced()) {
                end(change, outcome);
            }
        }
    }

    private void end(Change change, Outcome outcome) {
        Reply done = change.isAnnounced()
                ? step((remote, nanos) -> change.end(outcome, remote, nanos))
                : step(change::evict);
        if (done != Reply.YES && outcome != Outcome.ROLLED_BACK) {
            journal.add(change.target());
        }
    }

    private Reply step(GuardedStore.Step step) {
        return store.step(new Budget(protocol.budget().toNanos()), step);
    }
}
