package io.cachedconnection.internal.engine.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cachedconnection.internal.profile.CacheProfile;
import io.cachedconnection.internal.profile.CacheProfiles;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one cache. All of them begin with its prefix and a colon. Two keys have the same text in Redis only if the
 * application's prefix, the cache and the parts are the same, also across applications that share a Redis:
 *
 * <ul>
 *   <li>A cache with a {@link CacheProfile} has given keys, {@code shop:provider:conn:} and an id. No part of a key has this
 *       text, so the last {@code provider:conn} in a key ends its prefix.
 *   <li>If the prefix is one word, the cache is the second word: {@code shop:books:42}. Without a prefix, a key whose second
 *       word could be a cache has a mark before it, which no part contains: {@code shop:%.books:42}.
 *   <li>If the prefix has several words, the mark stands before the cache: {@code shop:eu:%.books:42}.
 * </ul>
 *
 * @param cache the name of the cache
 * @param prefix the beginning of its keys, with the application's prefix
 * @param names the encoding of the parts
 * @param tags the tags that each entry of the cache carries: the tag of the cache itself, or none if its entries have no stamps
 * @param isSwept whether an eviction of the whole cache removes each entry instead of the stamp of the cache
 */
public record KeySpace(String cache, String prefix, KeyNames names, List<EntryKey> tags, boolean isSwept)
        implements Target {

    /** Stands for the cache's name when tags are evicted. No cache has this name. */
    public static final String OF_TAGS = "(tags)";

    private static final String[] GIVEN =
            CacheProfiles.all().stream().map(CacheProfile::keyPrefix).toArray(String[]::new);
    private static final Pattern LIKE_GIVEN = Pattern.compile("(?<![^:])(?:" + String.join("|", GIVEN) + ")(?![^:])");
    private static final int MAX_CACHE_CHARACTERS = 64;
    private static final String MARK = "%."; // no part and no application prefix contains it
    private static final String FENCE = "}:fence";
    private static final String SERVERS = "}:servers";
    private static final int MAX_BYTES = 512;
    private static final String TAGS = "%tags"; // in a part, two hexadecimal digits follow each percent sign
    private static final String OF_CACHE = "%all:";
    private static final String DIGEST_MARK = "%~"; // in a part, two hexadecimal digits follow each percent sign
    private static final int DIGEST_CHARACTERS = 64;

    /** Returns the key space of a cache with readable keys; {@code applicationPrefix} is empty if there is none. */
    public static KeySpace of(String cache, String applicationPrefix) {
        return of(cache, applicationPrefix, KeyNames.clear());
    }

    /** Returns the key space of a cache whose parts are encoded by {@code names}. */
    public static KeySpace of(String cache, String applicationPrefix, KeyNames names) {
        CacheProfile profile = CacheProfiles.ofCache(cache);
        String own = profile == null ? cache : profile.keyPrefix();
        if (applicationPrefix.isEmpty()) {
            return new KeySpace(cache, own, names, List.of(), false);
        }
        boolean isMarked = profile == null && (applicationPrefix.contains(":") || beginsAGivenKey(applicationPrefix));
        String prefix = applicationPrefix + ":" + (isMarked ? MARK : "") + own;
        return new KeySpace(cache, prefix, names, List.of(), false);
    }

    /** Returns the key space of the tags of an application. Stamps are stored under its keys. */
    public static KeySpace ofTags(String applicationPrefix, KeyNames names) {
        String prefix = applicationPrefix.isEmpty() ? TAGS : applicationPrefix + ":" + TAGS;
        return new KeySpace(OF_TAGS, prefix, names, List.of(), false);
    }

    /**
     * Returns this key space with entries that carry the stamp of their cache. All nodes that share the cache must agree on
     * that.
     *
     * @param ofTags the key space of the application's tags
     * @param sweeps whether an eviction of the whole cache still removes each entry, for nodes that do not know stamps
     */
    public KeySpace stamped(KeySpace ofTags, boolean sweeps) {
        EntryKey all = new EntryKey(ofTags, ofTags.prefix + ":" + OF_CACHE + cache, List.of(), cache);
        return new KeySpace(cache, prefix, names, List.of(all), sweeps);
    }

    /** Returns the target of an eviction of the whole cache. */
    public Target all() {
        return tags.isEmpty() || isSwept ? this : tags.get(0);
    }

    /**
     * Returns the prefixes of all Redis keys that concern this cache. An application with a prefix has one, because Redis
     * compares each changed key with each registered prefix.
     */
    public Set<String> beginnings() {
        if (tags.isEmpty()) {
            return Set.of(prefix + ":");
        }
        String ofTags = tags.get(0).space().prefix();
        return ofTags.equals(TAGS)
                ? Set.of(prefix + ":", TAGS + ":")
                : Set.of(ofTags.substring(0, ofTags.length() - TAGS.length()));
    }

    /** Whether its keys are tags. */
    public boolean isOfTags() {
        return cache.equals(OF_TAGS);
    }

    /** Returns the key of these parts. A long key keeps its beginning, and a SHA-256 of the whole replaces the rest. */
    public EntryKey key(String parts) {
        String text = prefix + ":" + apart(names.name(prefix, parts));
        // A character takes at most three bytes, so most keys need no count.
        boolean fits = text.length() <= MAX_BYTES / 3 || text.getBytes(UTF_8).length <= MAX_BYTES;
        return new EntryKey(this, fits ? text : shortened(text), tags, cache);
    }

    /** Returns the key with this full text in the remote store; null if it is no key of this cache. */
    public @Nullable EntryKey named(String text) {
        return holds(text) ? new EntryKey(this, text, tags, cache) : null;
    }

    @Override
    public boolean covers(EntryKey key) {
        return equals(key.space()) || (isOfTags() && key.tags().stream().anyMatch(tag -> equals(tag.space())));
    }

    /** Key spaces are equal if they give their keys the same texts. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other == this
                || (other instanceof KeySpace space
                        && prefix.equals(space.prefix)
                        && cache.equals(space.cache)
                        && names.equals(space.names));
    }

    @Override
    public int hashCode() {
        return prefix.hashCode();
    }

    /**
     * Returns the key of the fence of the whole cache. It differs from each fence of a key, even of {@code books} in a cache
     * {@code shop}.
     */
    public String fence() {
        boolean isUnlikeKeys = prefix.contains(MARK) || CacheProfiles.ofCache(cache) != null || isWithoutPrefix();
        return "{" + (isUnlikeKeys ? prefix : prefix.replace(":", ":" + MARK)) + FENCE;
    }

    /** Returns the key that lists the trusted servers of this cache, in the cluster slot of its fence. */
    public String servers() {
        String fence = fence();
        return fence.substring(0, fence.length() - FENCE.length()) + SERVERS;
    }

    /** Returns the common beginning of all keys of these caches; empty if there is none. */
    public static String commonStart(Collection<KeySpace> caches) {
        String common = null;
        for (KeySpace cache : caches) {
            String start = cache.prefix + ":";
            int end = 0;
            while (common != null
                    && end < Math.min(common.length(), start.length())
                    && common.charAt(end) == start.charAt(end)) {
                end++;
            }
            common = common == null ? start : common.substring(0, end);
        }
        return common == null ? "" : common;
    }

    /** Returns a SCAN pattern of all keys of values that begin with {@code start}. */
    public static String valuePattern(String start) {
        return start + "*"; // a prefix has no character that is special in a pattern
    }

    /** Returns a SCAN pattern of the fences of all keys that begin with {@code start}. */
    public static String fencePattern(String start) {
        return "{" + start + "*" + FENCE;
    }

    /** Whether {@code key} belongs to this cache, and not to another application with the same beginning. */
    public boolean holds(String key) {
        if (!key.startsWith(prefix + ":")) {
            return false;
        }
        String parts = key.substring(prefix.length() + 1);
        if (isWithoutPrefix()) {
            boolean isMarked = parts.startsWith(MARK);
            parts = isMarked ? parts.substring(MARK.length()) : parts;
            if (isMarked != beginsLikeACache(parts)) {
                return false;
            }
        }
        return !parts.contains(MARK) && !LIKE_GIVEN.matcher(parts).find();
    }

    /** Whether {@code fence} is the fence of a key of this cache. */
    public boolean holdsFence(String fence) {
        return fence.startsWith("{")
                && fence.endsWith(FENCE)
                && holds(fence.substring(1, fence.length() - FENCE.length()));
    }

    private String apart(String parts) {
        String apart = parts;
        for (String given : GIVEN) { // a search is cheaper than a matcher and rarely finds anything
            if (parts.contains(given)) {
                apart = LIKE_GIVEN.matcher(parts).replaceAll(found -> escaped(found.group()));
                break;
            }
        }
        return isWithoutPrefix() && beginsLikeACache(apart) ? MARK + apart : apart;
    }

    /** Whether {@code parts} begins with a possible cache name and another word follows. */
    private static boolean beginsLikeACache(String parts) {
        int end = Math.min(parts.length(), MAX_CACHE_CHARACTERS + 1);
        for (int i = 0; i < end; i++) {
            char character = parts.charAt(i);
            if (character == ':') {
                return i > 0;
            }
            boolean isLetterOrDigit = (character >= 'a' && character <= 'z')
                    || (character >= 'A' && character <= 'Z')
                    || (character >= '0' && character <= '9');
            if (!isLetterOrDigit && (i == 0 || (character != '_' && character != '-'))) {
                return false;
            }
        }
        return false;
    }

    private static boolean beginsAGivenKey(String word) {
        for (String given : GIVEN) {
            if (given.startsWith(word + ":")) {
                return true;
            }
        }
        return false;
    }

    /** Escapes the first character, an ASCII one, as a percent sign and two hexadecimal digits. */
    private static String escaped(String given) {
        return "%" + Integer.toHexString(given.charAt(0)) + given.substring(1);
    }

    private boolean isWithoutPrefix() {
        return prefix.equals(cache);
    }

    private static String shortened(String text) {
        int room = MAX_BYTES - DIGEST_MARK.length() - DIGEST_CHARACTERS;
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return head(text, room) + DIGEST_MARK + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    /** Returns the longest beginning of {@code text} that takes at most {@code bytes} bytes. */
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

    /** Encodes the parts of a cache's keys for the remote store. Thread-safe. Two with the same encoding are equal. */
    public interface KeyNames {

        /** Returns the encoding that keeps parts readable. */
        static KeyNames clear() {
            return Clear.NAMES;
        }

        /**
         * Returns the text after the prefix.
         *
         * @param prefix the prefix of the cache
         * @param parts the parts of the key
         */
        String name(String prefix, String parts);

        /** The encoding that keeps parts readable. */
        enum Clear implements KeyNames {
            /** The only instance; it has no state. */
            NAMES;

            @Override
            public String name(String prefix, String parts) {
                return parts;
            }
        }
    }
}
