package io.cachedconnection.internal.engine.store;

/**
 * The place of one value: its key space and the exact text that names it in the remote store.
 *
 * @param space the keys of the cache it belongs to
 * @param text the whole key, with every prefix; at most 512 bytes of UTF-8, without braces
 */
public record EntryKey(KeySpace space, String text) implements Target, LookupKey {

    @Override
    public String cache() {
        return space.cache();
    }

    @Override
    public Object name() {
        return this;
    }

    @Override
    public EntryKey key() {
        return this;
    }

    @Override
    public boolean covers(EntryKey key) {
        return equals(key);
    }

    /** What guards the value: a key in the same slot, because what is in the braces is all that the slot depends on. */
    public String fence() {
        return "{" + text + "}:fence";
    }

    /** Names the cache only: a key is made of arguments, and those never reach a log. */
    @Override
    public String toString() {
        return "EntryKey[cache=" + cache() + "]";
    }
}
