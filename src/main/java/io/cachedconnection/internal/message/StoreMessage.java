package io.cachedconnection.internal.message;

/** What happens to the remote store; ids CC-03nn. */
public enum StoreMessage implements Message {
    LOST("CC-0301 Redis at %s does not answer (%s). Reading from the repository until it does; next note in %s s."),
    BACK("CC-0302 Redis at %s answers again."),
    EVICTIONS_LOST(
            "CC-0303 The application ends, and %s eviction(s) could not be delivered to Redis at %s. What is cached there"
                    + " may be older than the repository until its TTL ends."),
    UNHEARD(
            "CC-0304 Redis at %s does not tell this node of changes (%s), so nothing is served from the near cache until"
                    + " it does; next note in %s s."),
    HEARD("CC-0305 Redis at %s tells this node of changes again. The near cache is in use."),
    FENCE_MENDED(
            "CC-0313 A fence of cache %s in Redis at %s held what no node can have meant, and was mended. Its keys are not"
                    + " cached for a while. See what else writes to this Redis, and whether its clock is right; next note"
                    + " in %s s."),
    SERVER_UNKNOWN(
            "CC-0306 Redis at %s does not say which server it is, so that a restart or a failover that loses evictions"
                    + " goes unnoticed. Give the user the right to INFO (+info)."),
    SERVER_REPLACED(
            "CC-0307 Redis at %s was restarted, or has become the master. Its cached entries may be older than the"
                    + " repository, so they are removed before it is used again."),
    SERVER_FORGETS(
            "CC-0308 Redis at %s removes keys when its memory is full (maxmemory-policy %s). If it removes a fence, a"
                    + " lookup may store an old value. Set maxmemory-policy noeviction."),
    SERVER_WRITES_ALONE(
            "CC-0309 Redis at %s has replicas, and goes on writing when it reaches none of them (min-replicas-to-write 0)."
                    + " Cut off from them, it may serve old values beside the next master. Set min-replicas-to-write 1 and"
                    + " min-replicas-max-lag 10."),
    WRITES_CROWDED(
            "CC-0320 Writes of this application waited for evict.timeout and had no turn on its connections to Redis at"
                    + " %s, because too many were under way. They are refused (evict.on-failure=FAIL), or their evictions"
                    + " are late (RETRY); next note in %s s."),
    JEDIS_UNSUITABLE(
            "CC-0321 The application brings Jedis %s, with which this library cannot work. It is built with Jedis %s: bring that"
                    + " version, or leave out your own dependency on Jedis."),
    NODE_WITHOUT_STAMPS(
            "CC-0328 A node of a version without stamps uses cache %s in Redis at %s, too, or has used it. As long as it does,"
                    + " it may serve old values after this node has evicted all of the cache. Set"
                    + " cached-connection.evict.all=SWEEP until that node is gone; next note in %s s."),
    NO_CAFFEINE(
            "CC-0327 The near cache is on for %s (near.enabled), but there is no usable Caffeine on the class path. Add"
                    + " com.github.ben-manes.caffeine:caffeine to the application, or set near.enabled=false.");

    private final String entry;

    StoreMessage(String entry) {
        this.entry = entry;
    }

    @Override
    public String entry() {
        return entry;
    }
}
