package io.cachedconnection.internal.engine.store;

import java.security.Key;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the values and keys of one cache are stored in the remote store. Fixed while the application runs.
 *
 * @param format the format of a value
 * @param compressOver values with more bytes are compressed; {@link #NEVER} for none
 * @param encryption the keys that encrypt values; null for no encryption
 * @param privacy the key that hides keys; null if keys are readable
 * @param codec the codec of values; both codecs write the same JSON
 */
public record FormatSettings(
        Format format,
        int compressOver,
        @Nullable KeyRing encryption,
        @Nullable Key privacy,
        Codec codec) {

    /** More than the size of any value. */
    public static final int NEVER = Integer.MAX_VALUE;

    /** The format of a value. */
    public enum Format {
        /** An envelope with type and age. */
        ENVELOPE,
        /** Bare JSON, which other programs can read and write. */
        JSON
    }

    /** The codec of values. */
    public enum Codec {
        /** The direct codec, for types that have one. */
        DIRECT,
        /** The server's JSON-B provider. */
        JSONB
    }

    /** Creates settings with the direct codec. */
    public FormatSettings(Format format, int compressOver, @Nullable KeyRing encryption, @Nullable Key privacy) {
        this(format, compressOver, encryption, privacy, Codec.DIRECT);
    }

    /** An envelope without compression, encryption and private keys. */
    public static final FormatSettings DEFAULT = new FormatSettings(Format.ENVELOPE, NEVER, null, null);

    /** Bare JSON with readable keys. */
    public static final FormatSettings JSON = new FormatSettings(Format.JSON, NEVER, null, null);

    /** Contains no keys. */
    @Override
    public String toString() {
        return "FormatSettings[format=" + format + ", compressOver=" + compressOver + ", encrypted="
                + (encryption != null) + ", private=" + (privacy != null) + "]";
    }

    /**
     * The encryption keys of values. The first one encrypts; each of them decrypts.
     *
     * @param keys AES keys of 256 bits; at least one, all different
     */
    public record KeyRing(List<Key> keys) {

        /** Creates a ring of a copy of {@code keys}. */
        public KeyRing {
            keys = List.copyOf(keys);
            if (keys.isEmpty()) {
                throw new IllegalArgumentException("A ring has a key.");
            }
        }

        /** Contains only the number of keys. */
        @Override
        public String toString() {
            return "KeyRing[" + keys.size() + "]";
        }
    }
}
