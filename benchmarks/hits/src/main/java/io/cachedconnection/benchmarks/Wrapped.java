package io.cachedconnection.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.cachedconnection.internal.engine.store.EntryFormat;
import io.cachedconnection.internal.engine.store.EntryFormat.EntryMetadata;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.FormatSettings;
import io.cachedconnection.internal.engine.store.FormatSettings.Format;
import io.cachedconnection.internal.engine.store.FormatSettings.KeyRing;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.UnreadableValueException;
import io.cachedconnection.internal.envelope.Envelopes;
import java.security.Key;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;

/** Some bytes, what they become in Redis, and how they get out of it again. */
final class Wrapped {

    static final Key KEY = new SecretKeySpec("0123456789abcdef".repeat(2).getBytes(US_ASCII), "AES");
    static final FormatSettings CLEAR = FormatSettings.DEFAULT;
    static final FormatSettings ENCRYPTED =
            new FormatSettings(Format.ENVELOPE, FormatSettings.NEVER, new KeyRing(List.of(KEY)), null);
    static final FormatSettings COMPRESSED = new FormatSettings(Format.ENVELOPE, 0, null, null);

    private static final long FINGERPRINT = 0x0123456789abcdefL;
    private static final EntryMetadata ORIGIN = new EntryMetadata(Duration.ofHours(1), Duration.ofMillis(12));

    private final EntryFormat format;
    private final EntryKey key = KeySpace.of("accounts", "benchmark").key(Value.ID.toString());
    private final byte[] content;
    private final byte[] payload;

    Wrapped(FormatSettings settings, byte[] content) {
        this.format = new Envelopes(System::currentTimeMillis).wrapping(settings, FINGERPRINT);
        this.content = content;
        this.payload = wrap();
        if (!Arrays.equals(content, unwrap())) {
            throw new IllegalStateException("What came out is not what went in.");
        }
    }

    byte[] wrap() {
        try {
            return format.wrapped(key, content, ORIGIN);
        } catch (UnreadableValueException e) {
            throw new IllegalStateException(e);
        }
    }

    byte[] unwrap() {
        try {
            return format.unwrapped(key, payload, Integer.MAX_VALUE);
        } catch (UnreadableValueException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How many bytes stand in Redis. */
    int length() {
        return payload.length;
    }
}
