package io.cachedconnection.internal.engine.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The key of one entry: its key space and its exact text in the remote store. Keys are equal if these are equal. A tag is a
 * key, too: its {@linkplain Stamps stamp} is stored under it, and evicting the tag evicts that key. Thread-safe.
 */
public final class EntryKey implements Target, LookupKey {

    private static final int DIGEST_BYTES = 6;

    private final KeySpace space;
    private final String text;
    private final List<EntryKey> tags;
    private final String cache;
    private volatile byte @Nullable [] bytes; // computed on demand; threads may compute them more than once

    EntryKey(KeySpace space, String text, List<EntryKey> tags, String cache) {
        this.space = space;
        this.text = text;
        this.tags = tags;
        this.cache = cache;
    }

    /** Returns this key for an entry that also carries the stamps of {@code more}. */
    public EntryKey with(List<EntryKey> more) {
        if (more.isEmpty()) {
            return this;
        }
        List<EntryKey> all = new ArrayList<>(tags);
        all.addAll(more);
        return new EntryKey(space, text, List.copyOf(all), cache);
    }

    /** Returns the key space of its cache. */
    public KeySpace space() {
        return space;
    }

    /** Returns the whole key with its prefixes: at most 512 bytes of UTF-8, without braces. */
    public String text() {
        return text;
    }

    /** Returns the text in UTF-8. Do not change the bytes. */
    public byte[] bytes() {
        byte[] known = bytes;
        if (known == null) {
            known = text.getBytes(UTF_8);
            bytes = known;
        }
        return known;
    }

    /** Returns the tags whose stamps the entry carries, the tag of its cache first. Empty for an entry without stamps. */
    public List<EntryKey> tags() {
        return tags;
    }

    @Override
    public String cache() {
        return cache;
    }

    /** Distinguishes keys by their tags, too: the near cache watches each entry for its own tags. */
    @Override
    public Object name() {
        return tags.size() == space.tags().size() ? this : new NameWithTags(this, tags);
    }

    private record NameWithTags(EntryKey key, List<EntryKey> tags) {}

    @Override
    public EntryKey key() {
        return this;
    }

    @Override
    public boolean covers(EntryKey key) {
        return equals(key) || key.tags.contains(this);
    }

    /**
     * Returns the key of the fence of this entry. It is in the same slot, because the slot depends only on the text in braces.
     */
    public String fence() {
        return "{" + text + "}:fence";
    }

    /** Returns the beginning of its SHA-256, which identifies the key in a log without revealing the arguments. */
    public String digest() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other == this || (other instanceof EntryKey key && text.equals(key.text) && space.equals(key.space));
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** Contains only the cache: a key is made of arguments, and arguments never reach a log. */
    @Override
    public String toString() {
        return "EntryKey[cache=" + cache + "]";
    }
}
