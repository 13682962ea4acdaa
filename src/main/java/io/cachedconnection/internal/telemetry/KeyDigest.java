package io.cachedconnection.internal.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cachedconnection.internal.core.EntryKey;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A key's stand-in for the log: enough to see that two lines are about one key, without the arguments in it. */
final class KeyDigest {

    private static final int BYTES = 6;

    private KeyDigest() {}

    /** The first twelve hexadecimal digits of the SHA-256 of the key's text. */
    static String of(EntryKey key) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(key.text().getBytes(UTF_8));
            return HexFormat.of().formatHex(digest, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }
}
