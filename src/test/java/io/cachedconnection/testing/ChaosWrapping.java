package io.cachedconnection.testing;

import io.cachedconnection.internal.engine.store.EntryFormat;
import io.cachedconnection.internal.engine.store.EntryFormat.EntryMetadata;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.UnreadableValueException;

/** A wrapping that throws, takes its time or gives no bytes at all. */
public final class ChaosWrapping implements EntryFormat {

    private final EntryFormat real;
    private final Chaos chaos;

    public ChaosWrapping(EntryFormat real, Chaos chaos) {
        this.real = real;
        this.chaos = chaos;
    }

    @Override
    public byte[] wrapped(EntryKey key, byte[] content, EntryMetadata metadata) throws UnreadableValueException {
        return chaos.around(() -> real.wrapped(key, content, metadata), bytes -> null);
    }

    @Override
    public byte[] unwrapped(EntryKey key, byte[] payload, int limit) throws UnreadableValueException {
        return chaos.around(() -> real.unwrapped(key, payload, limit), bytes -> null);
    }
}
