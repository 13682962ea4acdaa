package io.cachedconnection.model;

import io.cachedconnection.internal.engine.store.ValueCodec;

/** Versions as one byte. */
final class VersionCodec implements ValueCodec<Integer> {

    @Override
    public byte[] encode(Integer value) {
        return new byte[] {value.byteValue()};
    }

    @Override
    public Integer decode(byte[] payload) {
        return (int) payload[0];
    }
}
