package io.cachedconnection.internal.envelope;

import io.cachedconnection.internal.engine.store.EntryFormat;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.UnreadableValueException;
import io.cachedconnection.internal.engine.store.UnreadableValueException.Fault;
import java.time.Duration;
import java.util.Arrays;

/** Adds a header to a body, and may encrypt it. Thread-safe. */
interface PayloadProtection {

    /** Returns the bytes of {@code header} and {@code body}, sealed for this key. */
    byte[] closed(Header header, EntryKey key, byte[] body);

    /** Opens a payload sealed for this key. Rejects an encrypted body of more than {@code limit} bytes. */
    Opened opened(EntryKey key, byte[] payload, int limit) throws UnreadableValueException;

    /** Returns how long the opened value may be kept. */
    default Duration life(Header header) {
        return EntryFormat.FOR_EVER; // without encryption the header is not authenticated
    }

    /** The content of an opened envelope. The caller owns the body. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Opened(Header header, byte[] body) {}

    /** The protection of an unencrypted cache: every client of Redis can read and write its values. */
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
