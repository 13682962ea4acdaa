package io.cachedconnection.fuzz;

import io.cachedconnection.internal.core.KeyRing;
import io.cachedconnection.internal.core.WireSettings;
import io.cachedconnection.internal.core.WireSettings.Format;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;

/** The ways in which values may stand in Redis. */
enum Wire {
    JSON,
    CLEAR,
    COMPRESSED,
    ENCRYPTED,
    ENCRYPTED_AND_COMPRESSED;

    WireSettings settings() {
        return switch (this) {
            case JSON -> WireSettings.JSON;
            case CLEAR -> WireSettings.DEFAULT;
            case COMPRESSED -> new WireSettings(Format.ENVELOPE, 0, null, null);
            case ENCRYPTED -> new WireSettings(Format.ENVELOPE, WireSettings.NEVER, keys(), null);
            case ENCRYPTED_AND_COMPRESSED -> new WireSettings(Format.ENVELOPE, 0, keys(), null);
        };
    }

    boolean isEncrypted() {
        return this == ENCRYPTED || this == ENCRYPTED_AND_COMPRESSED;
    }

    private static KeyRing keys() {
        return new KeyRing(List.of(new SecretKeySpec(new byte[32], "AES")));
    }
}
