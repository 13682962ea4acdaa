package io.cachedconnection.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.cachedconnection.internal.core.CacheKey;
import io.cachedconnection.internal.core.KeyRing;
import io.cachedconnection.internal.core.KeySpace;
import io.cachedconnection.internal.core.Origin;
import io.cachedconnection.internal.core.UnreadableValueException;
import io.cachedconnection.internal.core.WireSettings;
import io.cachedconnection.internal.core.WireSettings.Format;
import io.cachedconnection.internal.core.Wrapping;
import io.cachedconnection.internal.envelope.Envelopes;
import java.security.Key;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;

/** Some bytes, what they become in Redis, and how they get out of it again. */
final class Wrapped {

    static final Key KEY = new SecretKeySpec("0123456789abcdef".repeat(2).getBytes(US_ASCII), "AES");
    static final WireSettings CLEAR = WireSettings.DEFAULT;
    static final WireSettings ENCRYPTED =
            new WireSettings(Format.ENVELOPE, WireSettings.NEVER, new KeyRing(List.of(KEY)), null);
    static final WireSettings COMPRESSED = new WireSettings(Format.ENVELOPE, 0, null, null);

    private static final long FINGERPRINT = 0x0123456789abcdefL;
    private static final Origin ORIGIN = new Origin(Duration.ofHours(1), Duration.ofMillis(12));

    private final Wrapping wrapping;
    private final CacheKey key = KeySpace.of("accounts", "benchmark").key(Value.ID.toString());
    private final byte[] content;
    private final byte[] payload;

    Wrapped(WireSettings settings, byte[] content) {
        this.wrapping = new Envelopes(System::currentTimeMillis).wrapping(settings, FINGERPRINT);
        this.content = content;
        this.payload = wrap();
        if (!Arrays.equals(content, unwrap())) {
            throw new IllegalStateException("What came out is not what went in.");
        }
    }

    byte[] wrap() {
        try {
            return wrapping.wrapped(key, content, ORIGIN);
        } catch (UnreadableValueException e) {
            throw new IllegalStateException(e);
        }
    }

    byte[] unwrap() {
        try {
            return wrapping.unwrapped(key, payload, Integer.MAX_VALUE);
        } catch (UnreadableValueException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How many bytes stand in Redis. */
    int length() {
        return payload.length;
    }
}
