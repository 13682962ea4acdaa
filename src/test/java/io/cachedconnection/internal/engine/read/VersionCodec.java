package io.cachedconnection.internal.engine.read;

import io.cachedconnection.internal.engine.store.ValueCodec;

/** A version as one byte: few steps, so that more of the explored ones are those of the layers. */
public final class VersionCodec implements ValueCodec<Integer> {

    @Override
    public byte[] encode(Integer version) {
        return new byte[] {version.byteValue()};
    }

    @Override
    public Integer decode(byte[] payload) {
        return (int) payload[0];
    }
}
