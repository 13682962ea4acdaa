package io.cachedconnection.internal.message;

/** What the engine refuses; ids CC-08nn. */
public enum CoreMessage implements Message {
    /** Particulars: the cache. */
    LOADS_ITSELF(
            "CC-0801",
            "A lookup in cache %s needs its own result: while it loads, the same key is looked up by the same thread."
                    + " Call the repository without the cache there."),
    /** Particulars: the cache. */
    EVICTION_REFUSED(
            "CC-0802",
            "The write is refused before it is committed, because Redis cannot be told to evict from cache %s and"
                    + " evict.on-failure is FAIL. Try again when Redis is back."),
    /** Particulars: the cache. */
    KEY_OF_RESULT_REFUSED(
            "CC-0804",
            "The write is refused before it starts, because its key in cache %s comes from its result: outside a transaction"
                    + " it cannot be announced before it commits, and evict.on-failure is FAIL. Call it in a transaction."),
    /** Particulars: the cache. */
    EVICTION_LATE(
            "CC-0805",
            "Redis cannot be told now to evict from cache %s, and evict.on-failure is FAIL. The eviction is kept and"
                    + " delivered when Redis is back; until then other nodes may serve what was cached before."),
    /** Particulars: the cache, the class of what was thrown. */
    KEY_NOT_TO_BE_HAD(
            "CC-0806",
            "A method has written, but its key in cache %s cannot be had from its result (%s), so the whole cache is"
                    + " evicted."),
    /** Particulars: the cache. */
    NULL_KEY(
            "CC-0803",
            "The write is refused before it starts, because something on the way to its key in cache %s is null, and"
                    + " evicting nothing would leave a stale value. Give every part of the key.");

    private final String id;
    private final String text;

    CoreMessage(String id, String text) {
        this.id = id;
        this.text = text;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String text() {
        return text;
    }
}
