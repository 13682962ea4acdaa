package io.cachedconnection.internal.core;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The keys of one cache: all of them begin with its prefix and a colon.
 *
 * @param cache the name of the cache
 * @param prefix what its keys begin with, the application's prefix included
 * @param names what follows
 */
public record KeySpace(String cache, String prefix, KeyNames names) implements Target {

    /** The cache whose keys are those of the system this project grew from. */
    public static final String PROVIDER_CONNECTION = "provider-connection";

    private static final int MAX_BYTES = 512;
    private static final String DIGEST_MARK = "%~"; // no part holds a percent sign that is not followed by two digits
    private static final int DIGEST_CHARACTERS = 64;

    /** The key space of a cache in clear; {@code applicationPrefix} is empty if the application has none. */
    public static KeySpace of(String cache, String applicationPrefix) {
        return of(cache, applicationPrefix, KeyNames.clear());
    }

    /** The key space of a cache, likewise. */
    public static KeySpace of(String cache, String applicationPrefix, KeyNames names) {
        String own = cache.equals(PROVIDER_CONNECTION) ? "provider:conn" : cache;
        return new KeySpace(cache, applicationPrefix.isEmpty() ? own : applicationPrefix + ":" + own, names);
    }

    /** The key whose parts read {@code parts}; a long one keeps its head, and a SHA-256 of the whole stands for the rest. */
    public CacheKey key(String parts) {
        String text = prefix + ":" + names.name(prefix, parts);
        // A character takes at most three bytes, so most keys need no counting.
        boolean fits = text.length() <= MAX_BYTES / 3 || text.getBytes(UTF_8).length <= MAX_BYTES;
        return new CacheKey(this, fits ? text : shortened(text));
    }

    @Override
    public boolean covers(CacheKey key) {
        return equals(key.space());
    }

    /** What guards the cache as a whole. */
    public String fence() {
        return "{" + prefix + "}:fence";
    }

    /** The pattern, in the language of SCAN, of all keys with values. */
    public String valuePattern() {
        return prefix + ":*"; // a prefix has no character that is special in a pattern
    }

    /** The pattern of the fences of all its keys; that of the cache itself is not among them. */
    public String fencePattern() {
        return "{" + prefix + ":*}:fence";
    }

    private static String shortened(String text) {
        int room = MAX_BYTES - DIGEST_MARK.length() - DIGEST_CHARACTERS;
        return head(text, room) + DIGEST_MARK + HexFormat.of().formatHex(sha256(text));
    }

    /** As many whole characters from the start of {@code text} as take at most {@code bytes} bytes. */
    private static String head(String text, int bytes) {
        int end = 0;
        int used = 0;
        while (end < text.length()) {
            int character = text.codePointAt(end);
            used += Character.toString(character).getBytes(UTF_8).length;
            if (used > bytes) {
                break;
            }
            end += Character.charCount(character);
        }
        return text.substring(0, end);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }
}
