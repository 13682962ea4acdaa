package io.cachedconnection.history;

/** What may befall Redis. */
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
    };

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
