package io.cachedconnection.history;

/**
 * What an operator may do to Redis, and its own want of memory: values go. The fences stay, for the protocol is only as good
 * as those; so what would take them along has them put back before any other client has its turn.
 */
final class Operator {

    private static final String ARE_FENCES = "string.sub(k, -6) == ':fence'";
    private static final String EACH_KEY = "for _, k in ipairs(redis.call('KEYS', '*')) do ";

    /** Replies with the number of values that went. */
    private static final String FLUSH = "local n = redis.call('DBSIZE') local f = {} " + EACH_KEY + "if " + ARE_FENCES
            + " then f[#f + 1] = {k, redis.call('PTTL', k), redis.call('DUMP', k)} end end redis.call('FLUSHALL') "
            + "for _, e in ipairs(f) do redis.call('RESTORE', e[1], math.max(0, e[2]), e[3]) end return n - #f";

    /** Replies with the number of values. */
    private static final String KEEP_FENCES = "local n = 0 " + EACH_KEY + "if " + ARE_FENCES
            + " then local p = redis.call('PTTL', k) if p > 0 then redis.call('PERSIST', k) "
            + "redis.call('HSET', 'lives-of-fences', k, p) end else n = n + 1 end end return n";

    /** Replies with the number of values that are left. */
    private static final String LET_FENCES_GO = "local f = redis.call('HGETALL', 'lives-of-fences') "
            + "for i = 1, #f, 2 do redis.call('PEXPIRE', f[i], f[i + 1]) end redis.call('DEL', 'lives-of-fences') "
            + "return redis.call('DBSIZE') - #f / 2";

    /** Replies with the number of values that went. */
    private static final String DELETE = "local n = 0 " + EACH_KEY + "if not (" + ARE_FENCES
            + ") then redis.call('DEL', k) n = n + 1 end end return n";

    /** Under the prefix of the hot rows, so that their feeds are told of each; 30 KB, which who listens takes at once. */
    private static final String WRITE_MANY = "local s = string.rep('x', 1000) for i = 1, 30 do "
            + "redis.call('SET', 'history:hot:' .. s .. i, '', 'PX', 500) end return 30";

    private static final int TIMES = 200; // more than the system keeps for a connection that nobody reads

    private static final String LIMIT = "CONFIG SET client-output-buffer-limit ";

    private Operator() {}

    static void flush(int port) {
        LoopbackPorts.ask(port, eval(FLUSH));
    }

    static void delete(int port) {
        LoopbackPorts.ask(port, eval(DELETE));
    }

    /**
     * Redis needs memory, for the time of one command, and takes it from values. All of this reaches it in one piece, so it
     * does it without looking at other clients in between.
     */
    static void evict(int port) {
        LoopbackPorts.ask(
                port,
                eval(KEEP_FENCES),
                "CONFIG SET maxmemory-policy volatile-lru",
                "CONFIG SET maxmemory 1",
                "PING",
                "CONFIG SET maxmemory 0",
                "CONFIG SET maxmemory-policy noeviction",
                eval(LET_FENCES_GO));
    }

    /** Redis may have so many bytes, or (0) as many as it wants; it takes none from what it has. */
    static void limitMemory(int port, int bytes) {
        LoopbackPorts.ask(port, "CONFIG SET maxmemory " + bytes);
    }

    /** Has more told than may be left lying by who does not take it. */
    static void overflowFeeds(int port) {
        LoopbackPorts.ask(port, LIMIT + "\"pubsub 64kb 32kb 1\"");
        for (int i = 0; i < TIMES; i++) {
            LoopbackPorts.ask(port, eval(WRITE_MANY));
        }
        LoopbackPorts.ask(port, LIMIT + "\"pubsub 32mb 8mb 60\"");
    }

    private static String eval(String script) {
        return "EVAL \"" + script + "\" 0";
    }
}
