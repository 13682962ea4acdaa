package io.cachedconnection.testing;

import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.Outcome;
import io.cachedconnection.internal.engine.store.RemoteStore;
import io.cachedconnection.internal.engine.store.Response;
import io.cachedconnection.internal.engine.store.WriteStep;
import java.util.List;

/** A store whose evictions of all, the only steps that are not atomic, can be done part by part. */
public interface PartedStore extends RemoteStore {

    @Override
    default List<Response<Boolean>> steps(List<WriteStep> steps, long nanos) {
        return SequentialSteps.take(this, steps, nanos, System::nanoTime);
    }

    /** The first part of a begin, and of an end after a commit. */
    void announceAll(KeySpace space, String write);

    /** The second part: no lease is left. */
    void dropLeases(KeySpace space);

    /** The third part: no value is left. */
    void dropValues(KeySpace space);

    /** The last part of an end. */
    void concludeAll(KeySpace space, String write, Outcome outcome);

    /** Puts a moment that no node can mean into a field of a fence, as somebody who knows nothing of the protocol. */
    void spoil(String fence, String field);

    /** What a fence says, as it was left, with all times in microseconds as seen from now; empty if nothing. */
    String fence(String name);
}
