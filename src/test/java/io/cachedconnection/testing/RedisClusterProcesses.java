package io.cachedconnection.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cachedconnection.internal.endpoint.Endpoint;
import io.cachedconnection.internal.endpoint.HostPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.util.JedisClusterCRC16;

/** A Redis Cluster of a test's own, from the embedded binary: masters that share the slots evenly, and replicas of them. */
public final class RedisClusterProcesses implements AutoCloseable {

    private static final int SLOTS = 16_384;
    private static final int NODE_TIMEOUT_MILLIS = 1000;

    private final List<RedisProcess> servers = new ArrayList<>(); // the masters first
    private final Path directory;
    private final int masters;

    private RedisClusterProcesses(int masters, int others) {
        this.masters = masters;
        try {
            directory = Files.createTempDirectory("redis-cluster");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (int i = 0; i < masters + others; i++) {
            servers.add(member(i));
        }
    }

    /** Runs, and every server agrees that it is whole. */
    public static RedisClusterProcesses started(int masters, int replicas) {
        RedisClusterProcesses cluster = new RedisClusterProcesses(masters, masters * replicas);
        cluster.form();
        cluster.replicate();
        await(() -> cluster.allSay("cluster_state:ok"));
        return cluster;
    }

    /** The same, with one more that has no slots yet, the last. */
    public static RedisClusterProcesses startedWithASpare(int masters) {
        RedisClusterProcesses cluster = new RedisClusterProcesses(masters, 1);
        cluster.form();
        await(() -> cluster.allSay("cluster_state:ok"));
        return cluster;
    }

    private RedisProcess member(int number) {
        RedisProcess server = RedisProcess.notStartedAt(
                portWithBus(),
                "--cluster-enabled",
                "yes",
                "--dir",
                directory.toString(),
                "--cluster-config-file",
                "nodes-" + number + ".conf",
                "--cluster-node-timeout",
                String.valueOf(NODE_TIMEOUT_MILLIS),
                "--cluster-require-full-coverage",
                "no", // so the loss of one master is not the loss of all
                "--cluster-replica-validity-factor",
                "0");
        server.start();
        return server;
    }

    /** One whose neighbour on the cluster's own network, 10000 above, is free, too. */
    private static int portWithBus() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(12_000, 22_000);
            if (RedisProcess.isFree(port) && RedisProcess.isFree(port + 10_000)) {
                return port;
            }
        }
    }

    private void form() {
        for (int i = 0; i < masters; i++) {
            int first = i * SLOTS / masters;
            int last = (i + 1) * SLOTS / masters;
            try (Jedis server = server(i)) {
                server.clusterAddSlots(IntStream.range(first, last).toArray());
            }
        }
        try (Jedis first = server(0)) {
            servers.forEach(other -> first.clusterMeet("127.0.0.1", other.port()));
        }
        await(() -> allSay("cluster_known_nodes:" + servers.size()));
    }

    private void replicate() {
        for (int i = masters; i < servers.size(); i++) {
            try (Jedis replica = server(i);
                    Jedis master = server(i % masters)) {
                replica.clusterReplicate(master.clusterMyId());
                await(() -> replica.info("replication").contains("master_link_status:up"));
            }
        }
    }

    private boolean allSay(String text) {
        return servers.stream().allMatch(server -> says(server, text));
    }

    private static boolean says(RedisProcess process, String text) {
        try (Jedis server = new Jedis("127.0.0.1", process.port())) {
            return server.clusterInfo().contains(text);
        }
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("The cluster does not get there.");
            }
            Thread.onSpinWait();
        }
    }

    /** A client of one of its servers. */
    public Jedis server(int number) {
        return new Jedis("127.0.0.1", servers.get(number).port());
    }

    public RedisProcess process(int number) {
        return servers.get(number);
    }

    /** The number of the master that had this key at the start. */
    public int masterOf(String key) {
        int slot = slot(key);
        return IntStream.range(0, masters)
                .filter(i -> slot < (i + 1) * SLOTS / masters)
                .findFirst()
                .orElseThrow();
    }

    public static int slot(String key) {
        return JedisClusterCRC16.getSlot(key.getBytes(UTF_8));
    }

    /** Lets a slot be on its way from one master to another: new keys go there, those that are here stay for now. */
    public void beginMove(int slot, int from, int to) {
        try (Jedis source = server(from);
                Jedis target = server(to)) {
            target.clusterSetSlotImporting(slot, source.clusterMyId());
            source.clusterSetSlotMigrating(slot, target.clusterMyId());
        }
    }

    /** Moves what is there, and tells everybody. */
    public void endMove(int slot, int from, int to) {
        try (Jedis source = server(from);
                Jedis target = server(to)) {
            for (String key : source.clusterGetKeysInSlot(slot, 10_000)) {
                source.migrate("127.0.0.1", servers.get(to).port(), key, 0, 5000);
            }
            String id = target.clusterMyId();
            target.clusterSetSlotNode(slot, id);
            source.clusterSetSlotNode(slot, id);
        }
    }

    /** Where a client finds it: through any of its servers. */
    public Endpoint place() {
        return new Endpoint.ClusterEndpoint(servers.stream()
                .map(server -> new HostPort("127.0.0.1", server.port()))
                .toList());
    }

    @Override
    public void close() {
        servers.forEach(RedisProcess::close);
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
