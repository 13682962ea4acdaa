package io.cachedconnection.history;

import io.cachedconnection.history.Redis.Topology;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What may befall Redis, the way of a node to it, and a node. */
enum Fault {
    HUNG {
        @Override
        void befall(World world, Extent extent) throws InterruptedException {
            RedisServer server = world.server(extent);
            server.hang();
            Thread.sleep(extent.millis());
            server.resume();
        }
    },
    RESTARTED_EMPTY {
        @Override
        void befall(World world, Extent extent) throws InterruptedException {
            RedisServer server = world.server(extent);
            server.kill();
            Thread.sleep(extent.millis() / 2);
            server.start();
        }
    },
    CONNECTIONS_KILLED {
        @Override
        void befall(World world, Extent extent) {
            LoopbackPorts.tell(world.server(extent).port(), "CLIENT KILL TYPE normal SKIPME yes");
        }
    },
    PARTITIONED {
        @Override
        void befall(World world, Extent extent) throws InterruptedException {
            world.link(extent).cut();
            Thread.sleep(extent.millis());
            world.link(extent).heal(extent.delivers());
        }
    },
    /** Redis takes connections, and answers to nothing, or to nothing that writes. */
    CLIENTS_PAUSED {
        @Override
        void befall(World world, Extent extent) throws InterruptedException {
            String what = extent.delivers() ? " ALL" : " WRITE";
            LoopbackPorts.tell(world.server(extent).port(), "CLIENT PAUSE " + extent.millis() + what);
            Thread.sleep(extent.millis());
        }
    },
    /** Killed, and started with what it had saved a while before. */
    RESTARTED_WITH_DUMP {
        @Override
        void befall(World world, Extent extent) throws InterruptedException {
            RedisServer server = world.server(extent);
            LoopbackPorts.tell(server.port(), "SAVE");
            Thread.sleep(SHORTEST_MILLIS + extent.millis());
            server.kill();
            server.start();
            server.dropDump();
        }
    },
    /** A healthy replica takes its master's place. */
    FAILOVER {
        @Override
        void befall(World world, Extent extent) {
            world.redis().failOver(extent.number());
        }
    },
    /** Where a hot row is, or what is known of all, goes from one server of a cluster to another. */
    SLOTS_MOVED {
        @Override
        void befall(World world, Extent extent) {
            List<String> keys = Plans.namesInRedis();
            world.redis().move(keys.get(extent.number() % keys.size()), extent.number(), extent.millis());
        }
    },
    /** Replies come, some in time and some not. */
    SLOW {
        @Override
        void befall(World world, Extent extent) throws InterruptedException {
            world.link(extent).slowDown(MOST_MILLIS);
            Thread.sleep(extent.millis());
            world.link(extent).slowDown(0);
        }
    },
    /** A node hears of no changes, while all else goes on. */
    FEED_HUNG {
        @Override
        void befall(World world, Extent extent) throws InterruptedException {
            world.link(extent).cutFeeds();
            Thread.sleep(extent.millis());
            world.link(extent).healFeeds(extent.delivers());
        }
    },
    FEEDS_KILLED {
        @Override
        void befall(World world, Extent extent) {
            LoopbackPorts.tell(world.server(extent).port(), "CLIENT KILL TYPE pubsub");
        }
    },
    /** More has changed than Redis is ready to keep for a node that does not listen. */
    FEED_OVERFLOWN {
        @Override
        void befall(World world, Extent extent) throws InterruptedException {
            world.link(extent).cutFeeds();
            Operator.overflowFeeds(world.server(extent).port());
            Thread.sleep(extent.millis());
            world.link(extent).healFeeds(extent.delivers());
        }
    },
    FLUSHED {
        @Override
        void befall(World world, Extent extent) throws InterruptedException {
            Operator.flush(world.server(extent).port());
            Thread.sleep(UNTIL_NOTED_MILLIS);
        }
    },
    EVICTED {
        @Override
        void befall(World world, Extent extent) {
            Operator.evict(world.server(extent).port());
        }
    },
    DELETED {
        @Override
        void befall(World world, Extent extent) throws InterruptedException {
            Operator.delete(world.server(extent).port());
            Thread.sleep(UNTIL_NOTED_MILLIS);
        }
    },
    /** Redis takes no writes but those that make room. */
    FULL {
        @Override
        void befall(World world, Extent extent) throws InterruptedException {
            Operator.limitMemory(world.server(extent).port(), 1);
            Thread.sleep(extent.millis());
            Operator.limitMemory(world.server(extent).port(), 0);
        }
    },
    /** A node is killed, at a point of a write or anywhere, and followed by another one. */
    KILLED {
        @Override
        void befall(World world, Extent extent) throws Exception {
            world.nodes().replace(extent.number());
        }
    },
    /** A node is stopped, for a moment, wherever its threads are. */
    STOPPED {
        @Override
        void befall(World world, Extent extent) throws InterruptedException {
            world.nodes().stop(extent.number(), extent.millis() % LONGEST_STOP_MILLIS);
        }
    },
    /** A node is stopped for longer than a transaction may take, and so while none of its threads is in one. */
    PAUSED {
        @Override
        void befall(World world, Extent extent) throws InterruptedException {
            world.nodes().pause(extent.number(), PAUSE_MILLIS);
        }
    },
    /** A node gets a small part of a processor, in slices, as on a machine that is busy with other things. */
    STARVED {
        @Override
        void befall(World world, Extent extent) throws InterruptedException {
            world.nodes().starve(extent.number(), extent.millis() % LONGEST_STARVING_MILLIS);
        }
    },
    /** A node has many more callers for a while than its connections can serve. */
    CROWDED {
        @Override
        void befall(World world, Extent extent) throws InterruptedException {
            world.nodes().crowd(extent.number(), extent.millis());
            Thread.sleep(extent.millis());
        }
    };

    /** Those that concern whoever uses Redis. */
    static final List<Fault> OF_REDIS = List.of(HUNG, RESTARTED_EMPTY, CONNECTIONS_KILLED, PARTITIONED, SLOW);

    private static final Set<Fault> OF_NODES = EnumSet.of(KILLED, STOPPED, PAUSED, STARVED, CROWDED);

    private static final Set<Fault> FORGETTING = EnumSet.of(RESTARTED_EMPTY, RESTARTED_WITH_DUMP, FAILOVER);

    private static final int UNTIL_NOTED_MILLIS =
            1500; // until nodes have noted again which Redis they trust: no dump is saved before
    private static final int MOST_MILLIS = 80;
    private static final int SHORTEST_MILLIS = 50;
    private static final int LONGEST_STOP_MILLIS = 400; // for the transactions of the node go on aging
    private static final int LONGEST_STARVING_MILLIS = 1000; // no longer than a transaction may take
    private static final int PAUSE_MILLIS = 5000;

    /** What befalls nodes and a Redis that is run so, unless a run is asked for something else. */
    static Set<Fault> usual(Topology topology, boolean near) {
        return switch (topology) {
            case ONE -> {
                Set<Fault> all = EnumSet.range(HUNG, RESTARTED_WITH_DUMP);
                all.addAll(near ? EnumSet.range(SLOW, CROWDED) : EnumSet.of(KILLED, STOPPED, STARVED, CROWDED));
                yield all;
            }
            case SENTINEL ->
                EnumSet.of(FAILOVER, CONNECTIONS_KILLED, PARTITIONED, CLIENTS_PAUSED, KILLED, STOPPED, CROWDED);
            case CLUSTER -> EnumSet.of(CONNECTIONS_KILLED, CLIENTS_PAUSED, SLOTS_MOVED, KILLED, STOPPED, CROWDED);
        };
    }

    /** Whether Redis forgets what it has been told, and so announcements that are not repeated. */
    boolean isForgetting() {
        return FORGETTING.contains(this);
    }

    /** Whether it befalls a node, and so beside what befalls Redis. */
    boolean isOfNodes() {
        return OF_NODES.contains(this);
    }

    /** Returns when all is well again. */
    abstract void befall(World world, Extent extent) throws Exception;

    /**
     * What may be troubled.
     *
     * @param links the ways of nodes to Redis
     * @param nodes null where there is but one, which is the test itself
     */
    record World(Redis redis, List<Link> links, @Nullable Nodes nodes) {

        RedisServer server(Extent extent) {
            return redis.master(extent.number());
        }

        Link link(Extent extent) {
            return links.get(extent.number() % links.size());
        }

        @Override
        public Nodes nodes() {
            return Objects.requireNonNull(nodes);
        }
    }

    /**
     * How bad it is.
     *
     * @param millis how long it takes
     * @param delivers whether what was on its way arrives afterwards
     * @param number says which of several it befalls
     */
    record Extent(long millis, boolean delivers, int number) {}
}
