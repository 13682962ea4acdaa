package io.cachedconnection.testing;

import io.cachedconnection.internal.engine.store.Invalidation;
import io.cachedconnection.internal.engine.store.RemoteStore;
import io.cachedconnection.internal.engine.store.Response;
import io.cachedconnection.internal.engine.store.StoreException;
import io.cachedconnection.internal.engine.store.StoreException.Reason;
import io.cachedconnection.internal.engine.store.WriteStep;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** How a store of the tests takes many steps: each by itself. */
public final class SequentialSteps {

    private SequentialSteps() {}

    /** After one that was not answered in time, or when they have taken {@code nanos}, there is none left for the others. */
    public static List<Response<Boolean>> take(
            RemoteStore store, List<WriteStep> steps, long nanos, LongSupplier nanoTime) {
        long start = nanoTime.getAsLong();
        List<Response<Boolean>> responses = new ArrayList<>();
        boolean isSilent = false;
        for (WriteStep step : steps) {
            try {
                if (isSilent || nanoTime.getAsLong() - start >= nanos) {
                    throw new StoreException(Reason.TOO_LATE, "no time is left");
                }
                responses.add(Response.of(Invalidation.take(step, store, nanos)));
            } catch (RuntimeException e) {
                isSilent |= e instanceof StoreException failure && failure.reason() == Reason.TIMEOUT;
                responses.add(Response.failed(e));
            }
        }
        return responses;
    }
}
