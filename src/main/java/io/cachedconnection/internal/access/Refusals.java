package io.cachedconnection.internal.access;

import io.cachedconnection.EvictionRefusedException;
import io.cachedconnection.internal.core.RefusedWriteException;
import java.util.function.Supplier;

/** The engine's refusals as those of the API. */
final class Refusals {

    private Refusals() {}

    static <T> T asOfTheApi(Supplier<T> write) {
        try {
            return write.get();
        } catch (RefusedWriteException e) {
            throw new EvictionRefusedException(e.cache(), e);
        }
    }
}
