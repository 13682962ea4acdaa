package io.cachedconnection.internal.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cachedconnection.internal.engine.store.EntryFormat;
import io.cachedconnection.internal.engine.store.EntryFormat.EntryMetadata;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.FormatSettings;
import io.cachedconnection.internal.engine.store.FormatSettings.Format;
import io.cachedconnection.internal.engine.store.FormatSettings.KeyRing;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.UnreadableValueException;
import java.security.Key;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.spec.SecretKeySpec;

/** What the tests of this room wrap, and with what. */
final class Wrapped {

    static final long NOW = 1_700_000_000_000L;
    static final long FINGERPRINT = 0x0123456789ABCDEFL;
    static final int LIMIT = 10_000;
    static final EntryKey KEY = KeySpace.of("books", "shop").key("1");
    static final EntryMetadata ORIGIN = new EntryMetadata(Duration.ofMinutes(5), Duration.ofNanos(1_234_567));
    static final byte[] CONTENT = "{\"title\":\"Solaris\",\"pages\":204}".getBytes(UTF_8);
    static final byte[] LONG = "abcdefghij".repeat(500).getBytes(UTF_8);
    static final FormatSettings CLEAR = FormatSettings.DEFAULT;
    static final FormatSettings COMPRESSED = new FormatSettings(Format.ENVELOPE, 256, null, null);
    static final FormatSettings ENCRYPTED = encrypted(key(1));

    private Wrapped() {}

    /** A key whose bytes are {@code first}, {@code first + 1} and so on. */
    static Key key(int first) {
        byte[] bytes = new byte[32];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (first + i);
        }
        return new SecretKeySpec(bytes, "AES");
    }

    static FormatSettings encrypted(Key... keys) {
        return new FormatSettings(Format.ENVELOPE, FormatSettings.NEVER, new KeyRing(List.of(keys)), null);
    }

    static EntryFormat wrapping(FormatSettings settings) {
        return wrapping(settings, new AtomicLong(NOW));
    }

    static EntryFormat wrapping(FormatSettings settings, AtomicLong clock) {
        return new Envelopes(clock::get).wrapping(settings, FINGERPRINT);
    }

    static byte[] wrapped(FormatSettings settings, byte[] content) throws UnreadableValueException {
        return wrapping(settings).wrapped(KEY, content, ORIGIN);
    }

    static byte[] flipped(byte[] bytes, int bit) {
        byte[] flipped = Arrays.copyOf(bytes, bytes.length);
        flipped[bit / Byte.SIZE] ^= (byte) (1 << (bit % Byte.SIZE));
        return flipped;
    }
}
