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
 * The keys of one cache: all of them begin with its prefix and a colon. Two keys are one text in Redis only if the prefix of
 * the application, the cache and the parts are the same, also among applications that share a Redis:
 *
 * <ul>
 *   <li>A cache with a {@link CacheProfile} has given keys, {@code shop:provider:conn:} and an id. No part of any key reads
 *       like that, so the last {@code provider:conn} in a text is where its prefix ends.
 *   <li>With a prefix of one word the cache is the second word: {@code shop:books:42}. Without a prefix, a key whose second
 *       word could be a cache has a mark before it, which no part has: {@code shop:%.books:42}.
 *   <li>With a prefix of several words the mark stands before the cache: {@code shop:eu:%.books:42}.
 * </ul>
 *
 * @param cache the name of the cache
 * @param prefix what its keys begin with, the application's prefix included
 * @param names what follows
 * @param tags the tags that each entry of the cache carries: that of the cache itself, or none if its entries have no room
 *     for stamps
 * @param isSwept whether an eviction of all removes each entry, instead of the stamp of the cache
 */
public record KeySpace(String cache, String prefix, KeyNames names, List<EntryKey> tags, boolean isSwept)
        implements Target {

    /** What stands for the name of a cache where tags are evicted: no cache has such a name. */
    public static final String OF_TAGS = "(tags)";

    private static final String[] GIVEN =
            CacheProfiles.all().stream().map(CacheProfile::keyPrefix).toArray(String[]::new);
    private static final Pattern LIKE_GIVEN = Pattern.compile("(?<![^:])(?:" + String.join("|", GIVEN) + ")(?![^:])");
    private static final int MAX_CACHE_CHARACTERS = 64;
    private static final String MARK = "%."; // no part and no prefix of an application has it
    private static final String FENCE = "}:fence";
    private static final String SERVERS = "}:servers";
    private static final int MAX_BYTES = 512;
    private static final String TAGS =
            "%tags"; // no part has a percent sign that is not followed by two hexadecimal digits
    private static final String OF_CACHE = "%all:";
    private static final String DIGEST_MARK = "%~"; // no part holds a percent sign that is not followed by two digits
    private static final int DIGEST_CHARACTERS = 64;

    /** The key space of a cache in clear; {@code applicationPrefix} is empty if the application has none. */
    public static KeySpace of(String cache, String applicationPrefix) {
        return of(cache, applicationPrefix, KeyNames.clear());
    }

    /** The key space of a cache whose keys show what {@code names} makes of their parts. */
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

    /** The key space of the tags of an application: what is stored there are stamps. */
    public static KeySpace ofTags(String applicationPrefix, KeyNames names) {
        String prefix = applicationPrefix.isEmpty() ? TAGS : applicationPrefix + ":" + TAGS;
        return new KeySpace(OF_TAGS, prefix, names, List.of(), false);
    }

    /**
     * These keys, of entries that carry the stamp of their cache. All nodes that share the cache have to agree on that.
     *
     * @param ofTags those of the same application
     * @param sweeps whether an eviction of all still removes each entry, for nodes that know nothing of stamps
     */
    public KeySpace stamped(KeySpace ofTags, boolean sweeps) {
        EntryKey all = new EntryKey(ofTags, ofTags.prefix + ":" + OF_CACHE + cache, List.of(), cache);
        return new KeySpace(cache, prefix, names, List.of(all), sweeps);
    }

    /** What an eviction of all of this cache makes old. */
    public Target all() {
        return tags.isEmpty() || isSwept ? this : tags.get(0);
    }

    /**
     * What the names of all keys begin with whose changes concern this cache: one beginning for an application with a prefix,
     * because Redis compares each key that anybody changes with each of them.
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

    /** Whether these are the keys of tags. */
    public boolean isOfTags() {
        return cache.equals(OF_TAGS);
    }

    /** The key whose parts read {@code parts}; a long one keeps its head, and a SHA-256 of the whole stands for the rest. */
    public EntryKey key(String parts) {
        String text = prefix + ":" + apart(names.name(prefix, parts));
        // A character takes at most three bytes, so most keys need no counting.
        boolean fits = text.length() <= MAX_BYTES / 3 || text.getBytes(UTF_8).length <= MAX_BYTES;
        return new EntryKey(this, fits ? text : shortened(text), tags, cache);
    }

    @Override
    public boolean covers(EntryKey key) {
        return equals(key.space()) || (isOfTags() && key.tags().stream().anyMatch(tag -> equals(tag.space())));
    }

    /** Two that give their keys the same texts are equal. */
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

    /** What guards the cache as a whole: like no fence of a key, not even that of {@code books} in a cache {@code shop}. */
    public String fence() {
        boolean isUnlikeKeys = prefix.contains(MARK) || CacheProfiles.ofCache(cache) != null || isWithoutPrefix();
        return "{" + (isUnlikeKeys ? prefix : prefix.replace(":", ":" + MARK)) + FENCE;
    }

    /** Where the servers are noted that are trusted with this cache: beside its fence, in the same slot of a cluster. */
    public String servers() {
        String fence = fence();
        return fence.substring(0, fence.length() - FENCE.length()) + SERVERS;
    }

    /** What all keys of these caches begin with; empty if that is nothing. */
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

    /** A pattern, in the language of SCAN, of all keys with values that begin with {@code start}. */
    public static String valuePattern(String start) {
        return start + "*"; // a prefix has no character that is special in a pattern
    }

    /** A pattern, in the language of SCAN, of the fences of all keys that begin with {@code start}. */
    public static String fencePattern(String start) {
        return "{" + start + "*" + FENCE;
    }

    /** Whether {@code key} is one of this cache, and not one that another application has and that begins like them. */
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

    /** Whether {@code fence} guards one of the keys of this cache. */
    public boolean holdsFence(String fence) {
        return fence.startsWith("{")
                && fence.endsWith(FENCE)
                && holds(fence.substring(1, fence.length() - FENCE.length()));
    }

    private String apart(String parts) {
        String apart = parts;
        for (String given : GIVEN) { // a search costs less than a matcher, and finds nothing nearly always
            if (parts.contains(given)) {
                apart = LIKE_GIVEN.matcher(parts).replaceAll(found -> escaped(found.group()));
                break;
            }
        }
        return isWithoutPrefix() && beginsLikeACache(apart) ? MARK + apart : apart;
    }

    /** Whether the first word of {@code parts} could be the name of a cache, and another word follows. */
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

    /** The text with its first character, which is one of ASCII, as a percent sign and two digits. */
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

    /** How the keys of a cache are named in the remote store. Thread-safe; two that name alike are equal. */
    public interface KeyNames {

        /** By what they are made of. */
        static KeyNames clear() {
            return Clear.NAMES;
        }

        /**
         * What stands after the prefix.
         *
         * @param prefix that of the cache
         * @param parts what the key is made of
         */
        String name(String prefix, String parts);

        /** The names that hide nothing. */
        enum Clear implements KeyNames {
            /** They have no state. */
            NAMES;

            @Override
            public String name(String prefix, String parts) {
                return parts;
            }
        }
    }
}
