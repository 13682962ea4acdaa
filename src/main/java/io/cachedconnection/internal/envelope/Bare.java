package io.cachedconnection.internal.envelope;

import io.cachedconnection.internal.core.CacheKey;
import io.cachedconnection.internal.core.Origin;
import io.cachedconnection.internal.core.UnreadableValueException;
import io.cachedconnection.internal.core.UnreadableValueException.Fault;
import io.cachedconnection.internal.core.Wrapping;

/** The wrapping of bare JSON, as others read and write it, too: there is none, but an envelope is known when it is seen. */
enum Bare implements Wrapping {
    /** It has no state. */
    JSON;

    @Override
    public byte[] wrapped(CacheKey key, byte[] content, Origin origin) {
        return content;
    }

    @Override
    public byte[] unwrapped(CacheKey key, byte[] payload, int limit) throws UnreadableValueException {
        if (Header.isBegunBy(payload)) {
            throw new UnreadableValueException(Fault.OUTDATED, "in an envelope, which this cache does not have");
        }
        return Wrapping.none().unwrapped(key, payload, limit);
    }
}
