package io.cachedconnection.internal.envelope;

import io.cachedconnection.internal.core.EntryFormat;
import io.cachedconnection.internal.core.EntryKey;
import io.cachedconnection.internal.core.UnreadableValueException;
import java.time.Duration;

/** What is around a body: a header, and perhaps a seal. Thread-safe. */
interface PayloadProtection {

    /** The bytes of {@code header} and {@code body} for this key. */
    byte[] closed(Header header, EntryKey key, byte[] body);

    /** What was closed for this key; not of more than {@code limit} bytes, and what they are wrapped in. */
    Opened opened(EntryKey key, byte[] payload, int limit) throws UnreadableValueException;

    /** For how long what was opened may be kept. */
    default Duration life(Header header) {
        return EntryFormat.FOR_EVER; // in clear anybody can write any
    }

    /** What was found in an envelope; the body is nobody else's. */
    final class Opened {

        private final Header header;
        private final byte[] body;

        Opened(Header header, byte[] body) {
            this.header = header;
            this.body = body;
        }

        Header header() {
            return header;
        }

        byte[] body() {
            return body;
        }
    }
}
