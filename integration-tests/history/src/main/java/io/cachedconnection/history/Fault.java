package io.cachedconnection.history;

import java.util.List;

/** What may befall Redis, and the way of a node to it. */
enum Fault {
    HUNG {
        @Override
        void befall(RedisServer redis, Link link, Extent extent) throws InterruptedException {
            redis.hang();
            Thread.sleep(extent.millis());
            redis.resume();
        }
    },
    RESTARTED_EMPTY {
        @Override
        void befall(RedisServer redis, Link link, Extent extent) throws InterruptedException {
            redis.kill();
            Thread.sleep(extent.millis() / 2);
            redis.start();
        }
    },
    CONNECTIONS_KILLED {
        @Override
        void befall(RedisServer redis, Link link, Extent extent) {
            LoopbackPorts.tell(redis.port(), "CLIENT KILL TYPE normal SKIPME yes");
        }
    },
    PARTITIONED {
        @Override
        void befall(RedisServer redis, Link link, Extent extent) throws InterruptedException {
            link.cut();
            Thread.sleep(extent.millis());
            link.heal(extent.delivers());
        }
    },
    /** Replies come, some in time and some not. */
    SLOW {
        @Override
        void befall(RedisServer redis, Link link, Extent extent) throws InterruptedException {
            link.slowDown(MOST_MILLIS);
            Thread.sleep(extent.millis());
            link.slowDown(0);
        }
    },
    /** A node hears of no changes, while all else goes on. */
    FEED_HUNG {
        @Override
        void befall(RedisServer redis, Link link, Extent extent) throws InterruptedException {
            link.cutFeeds();
            Thread.sleep(extent.millis());
            link.healFeeds(extent.delivers());
        }
    },
    FEEDS_KILLED {
        @Override
        void befall(RedisServer redis, Link link, Extent extent) {
            LoopbackPorts.tell(redis.port(), "CLIENT KILL TYPE pubsub");
        }
    },
    /** More has changed than Redis is ready to keep for a node that does not listen. */
    FEED_OVERFLOWN {
        @Override
        void befall(RedisServer redis, Link link, Extent extent) throws InterruptedException {
            link.cutFeeds();
            Operator.overflowFeeds(redis.port());
            Thread.sleep(extent.millis());
            link.healFeeds(extent.delivers());
        }
    },
    FLUSHED {
        @Override
        void befall(RedisServer redis, Link link, Extent extent) {
            Operator.flush(redis.port());
        }
    },
    EVICTED {
        @Override
        void befall(RedisServer redis, Link link, Extent extent) {
            Operator.evict(redis.port());
        }
    },
    DELETED {
        @Override
        void befall(RedisServer redis, Link link, Extent extent) {
            Operator.delete(redis.port());
        }
    },
    /** Redis takes no writes but those that make room. */
    FULL {
        @Override
        void befall(RedisServer redis, Link link, Extent extent) throws InterruptedException {
            Operator.limitMemory(redis.port(), 1);
            Thread.sleep(extent.millis());
            Operator.limitMemory(redis.port(), 0);
        }
    };

    /** Those that concern whoever uses Redis. */
    static final List<Fault> OF_REDIS = List.of(HUNG, RESTARTED_EMPTY, CONNECTIONS_KILLED, PARTITIONED, SLOW);

    private static final int MOST_MILLIS = 80;

    /** Returns when Redis is well again. */
    abstract void befall(RedisServer redis, Link link, Extent extent) throws InterruptedException;

    /**
     * How bad it is.
     *
     * @param millis how long it takes
     * @param delivers whether what was on its way arrives afterwards
     */
    record Extent(long millis, boolean delivers) {}
}
