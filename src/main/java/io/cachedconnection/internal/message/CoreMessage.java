package io.cachedconnection.internal.message;

/** What the engine refuses; ids CC-08nn. */
public enum CoreMessage implements Message {
    LOADS_ITSELF(
            "CC-0801 A lookup in cache %s needs its own result: while it loads, the same key is looked up by the same"
                    + " thread. Call the repository without the cache there."),
    EVICTION_REFUSED(
            "CC-0802 The write is refused before it is committed, because Redis cannot be told to evict from cache %s and"
                    + " evict.on-failure is FAIL. Try again when Redis is back."),
    KEY_OF_RESULT_REFUSED(
            "CC-0804 The write is refused before it starts, because its key in cache %s comes from its result: outside a"
                    + " transaction it cannot be announced before it commits, and evict.on-failure is FAIL. Call it in a"
                    + " transaction."),
    EVICTION_LATE(
            "CC-0805 Redis cannot be told now to evict from cache %s, and evict.on-failure is FAIL. The eviction is kept"
                    + " and delivered when Redis is back; until then other nodes may serve what was cached before."),
    KEY_NOT_TO_BE_HAD(
            "CC-0806 A method has written, but its key in cache %s cannot be had from its result (%s), so the whole cache"
                    + " is evicted."),
    UNIT_IS_OVER(
            "CC-0807 The unit of work has ended, so it cannot be committed or rolled back. Open one for each transaction,"
                    + " before it begins."),
    UNIT_FORGOTTEN(
            "CC-0808 A unit of work is opened inside one that has been open for %s s, longer than max-transaction-age. If"
                    + " that was forgotten, nothing that this thread writes or looks up is cached as it should be. Close"
                    + " each unit, in try (...); next note in %s s."),
    WRITTEN_WITHOUT_CACHE(
            "CC-0809 %s is written where there is no CDI container, so nothing of it is evicted, and other nodes may serve"
                    + " it as it was until its TTL ends; next note in %s s."),
    LOAD_WAITS(
            "CC-0811 A load in cache %s waits for another thread, so a lookup of the same key has stopped waiting for it"
                    + " and loads for itself. If the load looks up its own key on another thread, call the repository"
                    + " without the cache there; next note in %s s."),
    NULL_TAG(
            "CC-0816 The write is refused before it starts, because something on the way to its tag %s is null, and evicting"
                    + " nothing would leave a stale value. Give every part of the tag."),
    TAG_NOT_TO_BE_HAD(
            "CC-0817 A write was done, but one of its tags cannot be had (%s), so all entries of the application that carry"
                    + " tags are evicted, and all others that know the stamp of their cache."),
    NO_TAG("CC-0818 A tag is refused: %s. Make it by ConnectionCaches.tag(template, parts), as in tag(\"customer:{0}\","
            + " id)."),
    NULL_KEY(
            "CC-0803 The write is refused before it starts, because something on the way to its key in cache %s is null,"
                    + " and evicting nothing would leave a stale value. Give every part of the key.");

    private final String entry;

    CoreMessage(String entry) {
        this.entry = entry;
    }

    @Override
    public String entry() {
        return entry;
    }
}
