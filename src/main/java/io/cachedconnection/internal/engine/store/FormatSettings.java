package io.cachedconnection.internal.engine.store;

import java.security.Key;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the values and keys of one cache stand in the remote store; does not change while the application runs.
 *
 * @param format what a value looks like there
 * @param compressOver larger values are compressed; {@link #NEVER} for none
 * @param encryption what values are encrypted with; null if they are not
 * @param privacy what keys are made unrecognisable with; null if they stand there as they are
 * @param codec what writes and reads values; their JSON is the same
 */
public record FormatSettings(
        Format format,
        int compressOver,
        @Nullable KeyRing encryption,
        @Nullable Key privacy,
        Codec codec) {

    /** More bytes than any value has. */
    public static final int NEVER = Integer.MAX_VALUE;

    /** What a value looks like. */
    public enum Format {
        /** In an envelope, which tells its type and its age. */
        ENVELOPE,
        /** As bare JSON, as others read and write it, too. */
        JSON
    }

    /** What writes and reads values. */
    public enum Codec {
        /** The direct codec, where a type has one. */
        DIRECT,
        /** The server's provider of JSON-B. */
        JSONB
    }

    /** The settings with the direct codec. */
    public FormatSettings(Format format, int compressOver, @Nullable KeyRing encryption, @Nullable Key privacy) {
        this(format, compressOver, encryption, privacy, Codec.DIRECT);
    }

    /** In an envelope, and in clear. */
    public static final FormatSettings DEFAULT = new FormatSettings(Format.ENVELOPE, NEVER, null, null);

    /** Bare JSON. */
    public static final FormatSettings JSON = new FormatSettings(Format.JSON, NEVER, null, null);

    /** Says nothing of keys. */
    @Override
    public String toString() {
        return "FormatSettings[format=" + format + ", compressOver=" + compressOver + ", encrypted="
                + (encryption != null) + ", private=" + (privacy != null) + "]";
    }

    /**
     * The keys of values: the first one encrypts, and what any of them has encrypted can be read.
     *
     * @param keys of AES with 256 bits; at least one, none twice
     */
    public record KeyRing(List<Key> keys) {

        /** A ring of these keys. */
        public KeyRing {
            keys = List.copyOf(keys);
            if (keys.isEmpty()) {
                throw new IllegalArgumentException("A ring has a key.");
            }
        }

        /** Their number and nothing else. */
        @Override
        public String toString() {
            return "KeyRing[" + keys.size() + "]";
        }
    }
}
