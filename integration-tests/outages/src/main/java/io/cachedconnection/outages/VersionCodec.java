package io.cachedconnection.outages;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.cachedconnection.internal.engine.store.UnreadableValueException;
import io.cachedconnection.internal.engine.store.ValueCodec;
import org.jspecify.annotations.Nullable;

/** A version as text. */
final class VersionCodec implements ValueCodec<Long> {

    @Override
    public byte[] encode(@Nullable Long version) {
        return String.valueOf(version).getBytes(US_ASCII);
    }

    @Override
    public Long decode(byte[] payload) throws UnreadableValueException {
        try {
            return Long.valueOf(new String(payload, US_ASCII));
        } catch (NumberFormatException e) {
            throw new UnreadableValueException("not a version");
        }
    }
}
