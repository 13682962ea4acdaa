package io.cachedconnection.internal.envelope;

import io.cachedconnection.internal.core.EntryFormat;
import io.cachedconnection.internal.core.EntryKey;
import io.cachedconnection.internal.core.EntryMetadata;
import io.cachedconnection.internal.core.UnreadableValueException;
import io.cachedconnection.internal.core.UnreadableValueException.Fault;

/** The wrapping of bare JSON, as others read and write it, too: there is none, but an envelope is known when it is seen. */
enum RawJsonFormat implements EntryFormat {
    /** It has no state. */
    JSON;

    @Override
    public byte[] wrapped(EntryKey key, byte[] content, EntryMetadata metadata) {
        return content;
    }

    @Override
    public byte[] unwrapped(EntryKey key, byte[] payload, int limit) throws UnreadableValueException {
        if (Header.isBegunBy(payload)) {
            throw new UnreadableValueException(Fault.OUTDATED, "in an envelope, which this cache does not have");
        }
        return EntryFormat.none().unwrapped(key, payload, limit);
    }
}
