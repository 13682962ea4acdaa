package io.cachedconnection.internal.message;

/** Messages about Redis; ids CC-03nn. */
public enum StoreMessage implements Message {
    LOST("CC-0301 Redis at %s does not answer (%s). Lookups run the repository methods until it does; next"
            + " note in %s s."),
    BACK("CC-0302 Redis at %s answers again."),
    EVICTIONS_LOST("CC-0303 The application ends, and %s eviction(s) could not be delivered to Redis at %s. Entries"
            + " there may be stale until their TTL ends."),
    UNHEARD("CC-0304 The invalidation stream of Redis at %s is down (%s), so the near cache serves nothing until"
            + " it is up; next note in %s s."),
    HEARD("CC-0305 The invalidation stream of Redis at %s is up again. The near cache is in use."),
    FENCE_MENDED("CC-0313 A fence of cache %s in Redis at %s was invalid and has been repaired. Its keys are not"
            + " cached for a while. Check what else writes to this Redis, and its clock; next note in %s s."),
    SERVER_UNKNOWN("CC-0306 Redis at %s does not say which server it is, so a restart or failover that loses evictions"
            + " goes unnoticed. Grant the Redis user the right to INFO (+info)."),
    SERVER_REPLACED("CC-0307 Redis at %s was restarted or became the master. Its entries may be stale, so they are"
            + " removed before it is used again."),
    SERVER_FORGETS("CC-0308 Redis at %s removes keys when its memory is full (maxmemory-policy %s). If it removes a"
            + " fence, a lookup may store a stale value. Set maxmemory-policy noeviction."),
    SERVER_WRITES_ALONE(
            "CC-0309 Redis at %s has replicas, but accepts writes that reach none of them (min-replicas-to-write"
                    + " 0). Cut off from them, it may serve stale values beside the next master. Set min-replicas-to-write 1"
                    + " and min-replicas-max-lag 10."),
    WRITES_CROWDED("CC-0320 Writes of this application waited for evict.timeout and got no connection to Redis at %s,"
            + " because too many were under way. They are refused (evict.on-failure=FAIL), or their evictions are"
            + " late (RETRY); next note in %s s."),
    JEDIS_UNSUITABLE(
            "CC-0321 The application contains Jedis %s, which this library cannot use. It is built with Jedis %s:"
                    + " use that version, or remove your own dependency on Jedis."),
    NODE_WITHOUT_STAMPS(
            "CC-0328 A node with an older version, without stamps, uses or has used cache %s in Redis at %s. It"
                    + " may serve stale values after this node has evicted the whole cache. Set"
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
