package io.cachedconnection.internal.envelope;

import io.cachedconnection.internal.core.EntryKey;
import io.cachedconnection.internal.core.UnreadableValueException;
import io.cachedconnection.internal.core.UnreadableValueException.Fault;
import java.util.Arrays;

/** The cover of a cache that is not encrypted: anyone may read it, and nobody vouches for it. */
enum Unprotected implements PayloadProtection {
    /** It has no state. */
    COVER;

    @Override
    public byte[] closed(Header header, EntryKey key, byte[] body) {
        byte[] payload = Arrays.copyOf(header.bytes(), Header.BYTES + body.length);
        System.arraycopy(body, 0, payload, Header.BYTES, body.length);
        return payload;
    }

    @Override
    public Opened opened(EntryKey key, byte[] payload, int limit) throws UnreadableValueException {
        Header header = Header.read(payload);
        if (header.encrypted()) {
            throw new UnreadableValueException(Fault.OUTDATED, "encrypted, which this cache is not");
        }
        return new Opened(header, Arrays.copyOfRange(payload, Header.BYTES, payload.length));
    }
}
