package io.cachedconnection.internal.engine.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The place of one value: its key space and the exact text that names it in the remote store. Two keys are equal if these are.
 * A tag is a key, too: what is stored under it is its {@linkplain Stamps stamp}, and to evict a tag is to evict that key.
 * Thread-safe.
 */
public final class EntryKey implements Target, LookupKey {

    private final KeySpace space;
    private final String text;
    private final List<EntryKey> tags;
    private final String cache;
    private volatile byte @Nullable []
            bytes; // made when they are first asked for; threads may make them more than once

    EntryKey(KeySpace space, String text, List<EntryKey> tags, String cache) {
        this.space = space;
        this.text = text;
        this.tags = tags;
        this.cache = cache;
    }

    /** This key of an entry that carries the stamps of these tags, too. */
    public EntryKey with(List<EntryKey> more) {
        if (more.isEmpty()) {
            return this;
        }
        List<EntryKey> all = new ArrayList<>(tags);
        all.addAll(more);
        return new EntryKey(space, text, List.copyOf(all), cache);
    }

    /** The keys of the cache it belongs to. */
    public KeySpace space() {
        return space;
    }

    /** The whole key, with every prefix; at most 512 bytes of UTF-8, without braces. */
    public String text() {
        return text;
    }

    /** The text in UTF-8; not to be changed. */
    public byte[] bytes() {
        byte[] known = bytes;
        if (known == null) {
            known = text.getBytes(UTF_8);
            bytes = known;
        }
        return known;
    }

    /** The tags whose stamps the entry carries, in their order: that of its cache is the first. Empty for an entry without stamps. */
    public List<EntryKey> tags() {
        return tags;
    }

    @Override
    public String cache() {
        return cache;
    }

    /** Entries with other tags are other entries, also near: each is watched for its own tags. */
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

    /** What guards the value: a key in the same slot, because what is in the braces is all that the slot depends on. */
    public String fence() {
        return "{" + text + "}:fence";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other == this || (other instanceof EntryKey key && text.equals(key.text) && space.equals(key.space));
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** Names the cache only: a key is made of arguments, and those never reach a log. */
    @Override
    public String toString() {
        return "EntryKey[cache=" + cache + "]";
    }
}
