package io.cachedconnection.testing;

import io.cachedconnection.internal.core.CacheKey;
import io.cachedconnection.internal.core.Origin;
import io.cachedconnection.internal.core.UnreadableValueException;
import io.cachedconnection.internal.core.Wrapping;

/** A wrapping that throws, takes its time or gives no bytes at all. */
public final class ChaosWrapping implements Wrapping {

    private final Wrapping real;
    private final Chaos chaos;

    public ChaosWrapping(Wrapping real, Chaos chaos) {
        this.real = real;
        this.chaos = chaos;
    }

    @Override
    public byte[] wrapped(CacheKey key, byte[] content, Origin origin) throws UnreadableValueException {
        return chaos.around(() -> real.wrapped(key, content, origin), bytes -> null);
    }

    @Override
    public byte[] unwrapped(CacheKey key, byte[] payload, int limit) throws UnreadableValueException {
        return chaos.around(() -> real.unwrapped(key, payload, limit), bytes -> null);
    }
}
