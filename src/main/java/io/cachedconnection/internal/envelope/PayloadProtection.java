package io.cachedconnection.internal.envelope;

import io.cachedconnection.internal.engine.store.EntryFormat;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.UnreadableValueException;
import io.cachedconnection.internal.engine.store.UnreadableValueException.Fault;
import java.time.Duration;
import java.util.Arrays;

/** Puts a header before a body, and may encrypt. Thread-safe. */
interface PayloadProtection {

    /** The bytes of {@code header} and {@code body} for this key. */
    byte[] closed(Header header, EntryKey key, byte[] body);

    /** What was closed for this key; refuses a body of more than {@code limit} bytes that it would have to decrypt. */
    Opened opened(EntryKey key, byte[] payload, int limit) throws UnreadableValueException;

    /** For how long what was opened may be kept. */
    default Duration life(Header header) {
        return EntryFormat.FOR_EVER; // without encryption anybody can write any
    }

    /** The content of an envelope; only the caller has the body. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Opened(Header header, byte[] body) {}

    /** The protection of a cache that is not encrypted: anyone can read and write its values. */
    PayloadProtection NONE = new PayloadProtection() {

        @Override
        public byte[] closed(Header header, EntryKey key, byte[] body) {
            byte[] payload = Arrays.copyOf(header.bytes(), header.length() + body.length);
            System.arraycopy(body, 0, payload, header.length(), body.length);
            return payload;
        }

        @Override
        public Opened opened(EntryKey key, byte[] payload, int limit) throws UnreadableValueException {
            Header header = Header.read(payload);
            if (header.encrypted()) {
                throw new UnreadableValueException(Fault.OUTDATED, "encrypted, which this cache is not");
            }
            return new Opened(header, Arrays.copyOfRange(payload, header.length(), payload.length));
        }
    };
}
