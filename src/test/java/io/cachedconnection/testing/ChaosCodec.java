package io.cachedconnection.testing;

import io.cachedconnection.internal.engine.store.UnreadableValueException;
import io.cachedconnection.internal.engine.store.ValueCodec;

/**
 * A codec that throws, takes its time or gives no bytes at all. It never reads a wrong value: nobody could tell that from a
 * right one.
 */
public final class ChaosCodec implements ValueCodec<String> {

    private final ValueCodec<String> real;
    private final Chaos chaos;
    private volatile byte[] garbage = new byte[0];

    public ChaosCodec(ValueCodec<String> real, Chaos chaos) {
        this.real = real;
        this.chaos = chaos;
    }

    /** What it writes as garbage; null is garbage, too. */
    public void garbage(byte[] bytes) {
        garbage = bytes;
    }

    @Override
    public byte[] encode(String value) throws UnreadableValueException {
        return chaos.around(() -> real.encode(value), bytes -> garbage);
    }

    @Override
    public String decode(byte[] payload) throws UnreadableValueException {
        return chaos.around(() -> real.decode(payload), value -> value);
    }

    @Override
    public boolean isShareable() {
        return real.isShareable();
    }
}
