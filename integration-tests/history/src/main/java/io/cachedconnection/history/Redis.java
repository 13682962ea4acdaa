package io.cachedconnection.history;

import io.cachedconnection.internal.endpoint.Credentials;
import io.cachedconnection.internal.endpoint.Endpoint;
import io.cachedconnection.internal.endpoint.HostPort;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.JedisClusterCRC16;

/** Redis as the nodes find it: one server, two of which a Sentinel names one, or a cluster. Used by one thread. */
final class Redis implements AutoCloseable {

    private static final String HOST = "127.0.0.1";
    private static final String NAME = "main";
    private static final int SLOTS = 16_384;
    private static final int SHARDS = 3; // each of a master and a replica, in a cluster
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(40);

    /** How it is run. */
    enum Topology {
        ONE {
            @Override
            Endpoint place(HostPort door) {
                return new Endpoint.ServerEndpoint(door);
            }
        },
        SENTINEL {
            @Override
            Endpoint place(HostPort door) {
                return new Endpoint.SentinelEndpoint(List.of(door), NAME, Credentials.NONE);
            }
        },
        CLUSTER {
            @Override
            Endpoint place(HostPort door) {
                return new Endpoint.ClusterEndpoint(List.of(door));
            }
        };

        abstract Endpoint place(HostPort door);

        /** Where a node finds it that knows this port of it. */
        Endpoint at(int port) {
            return place(new HostPort(HOST, port));
        }
    }

    private final List<RedisServer> servers; // of shard i: i, and i + SHARDS
    private final @Nullable RedisProcess sentinel;
    private final Map<Integer, Integer> moved = new HashMap<>(); // slots that are not where they were, and their shards

    private Redis(List<RedisServer> servers, @Nullable RedisProcess sentinel) {
        this.servers = servers;
        this.sentinel = sentinel;
    }

    /** Runs as {@code options} say; one server where it is not the embedded one. */
    static Redis started(Options options) throws IOException {
        return switch (options.topology()) {
            case ONE -> new Redis(List.of(RedisServer.started(options.redis())), null);
            case SENTINEL -> watched();
            case CLUSTER -> cluster();
        };
    }

    private static Redis watched() throws IOException {
        List<RedisServer> servers = List.of(RedisProcess.server(), RedisProcess.server());
        try (Jedis replica = client(servers.get(1))) {
            replica.replicaof(HOST, servers.get(0).port());
        }
        Redis redis =
                new Redis(servers, RedisProcess.sentinel(NAME, servers.get(0).port()));
        redis.awaitReplicas();
        return redis;
    }

    private static Redis cluster() throws IOException {
        List<RedisServer> servers = new ArrayList<>();
        for (int i = 0; i < 2 * SHARDS; i++) {
            servers.add(RedisProcess.member());
        }
        Redis redis = new Redis(servers, null);
        for (int i = 0; i < SHARDS; i++) {
            int[] slots = IntStream.range(i * SLOTS / SHARDS, (i + 1) * SLOTS / SHARDS)
                    .toArray();
            try (Jedis master = client(servers.get(i))) {
                master.clusterAddSlots(slots);
            }
        }
        try (Jedis first = client(servers.get(0))) {
            servers.forEach(other -> first.clusterMeet(HOST, other.port()));
        }
        await(() ->
                servers.stream().allMatch(each -> clusterInfo(each).contains("cluster_known_nodes:" + servers.size())));
        for (int i = 0; i < SHARDS; i++) {
            try (Jedis master = client(servers.get(i));
                    Jedis replica = client(servers.get(i + SHARDS))) {
                replica.clusterReplicate(master.clusterMyId());
            }
        }
        redis.awaitReplicas();
        await(() -> servers.stream().allMatch(each -> clusterInfo(each).contains("cluster_state:ok")));
        return redis;
    }

    private static String clusterInfo(RedisServer server) {
        try (Jedis jedis = client(server)) {
            return jedis.clusterInfo();
        }
    }

    private static Jedis client(RedisServer server) {
        return new Jedis(HOST, server.port(), 1000);
    }

    /** The port that the nodes know. */
    int door() {
        return sentinel == null ? servers.get(0).port() : sentinel.port();
    }

    /** One of those that the nodes work on; by {@code number} if there are several. */
    RedisServer master(int number) {
        List<RedisServer> all = servers.size() == 1 ? servers : masters();
        return all.get(number % all.size());
    }

    private List<RedisServer> masters() {
        if (sentinel == null) {
            return servers.stream().filter(each -> is(each, "role:master")).toList();
        }
        try (Jedis jedis = client(sentinel)) {
            String port = jedis.sentinelGetMasterAddrByName(NAME).get(1);
            return servers.stream()
                    .filter(each -> port.equals(String.valueOf(each.port())))
                    .toList();
        }
    }

    private static boolean is(RedisServer server, String text) {
        try (Jedis jedis = client(server)) {
            return jedis.info("replication").contains(text);
        } catch (JedisException e) {
            return false; // it does not answer
        }
    }

    /** Returns when each master has a replica that follows it; false if that takes too long. */
    private boolean awaitReplicas() {
        return await(() ->
                servers.stream().allMatch(each -> is(each, "role:master") || is(each, "master_link_status:up"))
                        && masters().stream().allMatch(each -> is(each, "state=online"))
                        && masters().size() * 2 == servers.size()
                        && (sentinel == null || sentinelKnowsReplica(sentinel)));
    }

    private static boolean sentinelKnowsReplica(RedisServer sentinel) {
        try (Jedis jedis = client(sentinel)) {
            return jedis.sentinelReplicas(NAME).stream()
                    .anyMatch(each -> "ok".equals(each.get("master-link-status")) && "slave".equals(each.get("flags")));
        }
    }

    private static boolean await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            pause(20);
        }
        return true;
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Has a healthy replica take its master's place, as for maintenance; returns when that has become its replica. */
    void failOver(int number) {
        if (!awaitReplicas()) {
            System.out.println("A master has no replica that could take its place.");
            return;
        }
        RedisServer master = master(number);
        if (sentinel != null) {
            try (Jedis jedis = client(sentinel)) {
                jedis.sentinelFailover(NAME);
            }
        } else {
            RedisServer replica = other(master);
            try (Jedis jedis = client(replica)) {
                jedis.clusterFailover();
            }
        }
        await(() -> !masters().contains(master));
        awaitReplicas();
    }

    private RedisServer other(RedisServer server) {
        return servers.get((servers.indexOf(server) + SHARDS) % servers.size());
    }

    /** Moves the slot of {@code key} from one master of a cluster to another, and takes so long with a part of it moved. */
    void move(String key, int number, long millis) {
        int slot = JedisClusterCRC16.getSlot(key);
        int from = moved.getOrDefault(
                slot,
                IntStream.range(0, SHARDS)
                        .filter(i -> slot < (i + 1) * SLOTS / SHARDS)
                        .findFirst()
                        .orElseThrow());
        int to = (from + 1 + number % (SHARDS - 1)) % SHARDS;
        RedisServer next = masterOf(to);
        try (Jedis source = client(masterOf(from));
                Jedis target = client(next)) {
            String id = target.clusterMyId();
            target.clusterSetSlotImporting(slot, source.clusterMyId());
            source.clusterSetSlotMigrating(slot, id);
            pause(millis / 2);
            boolean isHalf = false;
            for (List<String> keys = source.clusterGetKeysInSlot(slot, 1); !keys.isEmpty(); ) {
                source.migrate(HOST, next.port(), keys.get(0), 0, 5000);
                pause(isHalf ? 0 : millis / 2);
                isHalf = true;
                keys = source.clusterGetKeysInSlot(slot, 1);
            }
            target.clusterSetSlotNode(slot, id);
            source.clusterSetSlotNode(slot, id);
            moved.put(slot, to);
        }
    }

    private RedisServer masterOf(int shard) {
        return masters().stream()
                .filter(each -> servers.indexOf(each) % SHARDS == shard)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        servers.forEach(RedisServer::close);
        if (sentinel != null) {
            sentinel.close();
        }
    }
}
