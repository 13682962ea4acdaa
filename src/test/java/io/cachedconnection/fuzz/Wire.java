package io.cachedconnection.fuzz;

import io.cachedconnection.internal.engine.store.FormatSettings;
import io.cachedconnection.internal.engine.store.FormatSettings.Format;
import io.cachedconnection.internal.engine.store.FormatSettings.KeyRing;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;

/** The ways in which values may stand in Redis. */
enum Wire {
    JSON,
    CLEAR,
    COMPRESSED,
    ENCRYPTED,
    ENCRYPTED_AND_COMPRESSED;

    FormatSettings settings() {
        return switch (this) {
            case JSON -> FormatSettings.JSON;
            case CLEAR -> FormatSettings.DEFAULT;
            case COMPRESSED -> new FormatSettings(Format.ENVELOPE, 0, null, null);
            case ENCRYPTED -> new FormatSettings(Format.ENVELOPE, FormatSettings.NEVER, keys(), null);
            case ENCRYPTED_AND_COMPRESSED -> new FormatSettings(Format.ENVELOPE, 0, keys(), null);
        };
    }

    boolean isEncrypted() {
        return this == ENCRYPTED || this == ENCRYPTED_AND_COMPRESSED;
    }

    private static KeyRing keys() {
        return new KeyRing(List.of(new SecretKeySpec(new byte[32], "AES")));
    }
}
