package io.cachedconnection.internal.message;

/** Messages about lookups and writes that the engine refuses or repairs; ids CC-08nn. */
public enum CoreMessage implements Message {
    LOADS_ITSELF("CC-0801 A lookup in cache %s needs its own result: while it loads, the same thread looks up the same"
            + " key. Call the repository without the cache there."),
    EVICTION_REFUSED("CC-0802 The write is refused before it commits, because the eviction from cache %s cannot be"
            + " announced in Redis and evict.on-failure is FAIL. Try again when Redis is available."),
    KEY_OF_RESULT_REFUSED(
            "CC-0804 The write is refused before it starts, because its key in cache %s comes from its result:"
                    + " without a transaction the eviction cannot be announced before the commit, and evict.on-failure is"
                    + " FAIL. Call it in a transaction."),
    EVICTION_LATE("CC-0805 The eviction from cache %s cannot be delivered to Redis now, and evict.on-failure is FAIL."
            + " It is kept and delivered when Redis is available; until then other nodes may serve stale values."),
    KEY_NOT_TO_BE_HAD(
            "CC-0806 A method has written, but its key in cache %s cannot be computed from its result (%s), so"
                    + " the whole cache is evicted."),
    UNIT_IS_OVER("CC-0807 The unit of work has already ended, so it cannot be committed or rolled back. Open one for"
            + " each transaction, before it begins."),
    UNIT_FORGOTTEN("CC-0808 A unit of work is opened inside one that has been open for %s s, longer than"
            + " max-transaction-age. If the outer one was never closed, the lookups and writes of this thread are"
            + " not cached as they should be. Close each unit, with try (...); next note in %s s."),
    WRITTEN_WITHOUT_CACHE(
            "CC-0809 %s is written without a CDI container, so nothing is evicted, and other nodes may serve its"
                    + " old state until its TTL ends; next note in %s s."),
    LOAD_WAITS("CC-0811 A load in cache %s waits for another thread, so a lookup of the same key has stopped waiting"
            + " for it and loads for itself. If the load looks up its own key on another thread, call the"
            + " repository without the cache there; next note in %s s."),
    NULL_TAG("CC-0816 The write is refused before it starts, because a value on the way to its tag %s is null, and"
            + " evicting nothing would leave a stale value. Pass every part of the tag."),
    TAG_NOT_TO_BE_HAD("CC-0817 A write was done, but one of its tags cannot be computed (%s), so all entries of the"
            + " application with tags are evicted, and all others that carry the stamp of their cache."),
    NO_TAG("CC-0818 A tag is refused: %s. Create it with ConnectionCaches.tag(template, parts), as in"
            + " tag(\"customer:{0}\", id)."),
    NULL_KEY("CC-0803 The write is refused before it starts, because a value on the way to its key in cache %s is"
            + " null, and evicting nothing would leave a stale value. Pass every part of the key.");

    private final String entry;

    CoreMessage(String entry) {
        this.entry = entry;
    }

    @Override
    public String entry() {
        return entry;
    }
}
