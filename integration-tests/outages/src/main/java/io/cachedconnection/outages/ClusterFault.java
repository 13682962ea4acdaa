package io.cachedconnection.outages;

import io.cachedconnection.internal.endpoint.Endpoint;
import io.cachedconnection.internal.endpoint.HostPort;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A cluster that loses one of its three masters, with a replica for each of them or without any. */
final class ClusterFault {

    private static final int MASTERS = 3;
    private static final int SLOTS = 16_384;
    private static final String NODE_TIMEOUT = "1500";

    private final List<RedisProcess> nodes = new ArrayList<>();

    private ClusterFault() {}

    /** A replica takes the place of the master that dies. */
    static Scene withReplicas(Options options) throws Exception {
        ClusterFault fault = made(2 * MASTERS, options);
        return fault.scene(Scene.NOTHING);
    }

    /** The master that dies is missed until it is started again; until then the cluster does nothing at all. */
    static Scene withoutReplicas(Options options) throws Exception {
        ClusterFault fault = made(MASTERS, options);
        return fault.scene(() -> fault.nodes.get(0).start());
    }

    private Scene scene(Scene.Act end) {
        List<HostPort> seeds = nodes.stream()
                .map(node -> new HostPort(RedisProcess.HOST, node.port()))
                .toList();
        return new Scene(new Endpoint.ClusterEndpoint(seeds), Scene.IN_THE_CLEAR, nodes.get(0)::kill, end, nodes);
    }

    private static ClusterFault made(int number, Options options) throws Exception {
        ClusterFault fault = new ClusterFault();
        for (int i = 0; i < number; i++) {
            fault.startNode(i, options.newDirectory("node").toString());
        }
        fault.assignSlots();
        fault.meet();
        fault.replicate();
        for (RedisProcess node : fault.nodes) {
            Patience.until("the cluster works", () -> isWell(node));
        }
        return fault;
    }

    private void startNode(int number, String directory) throws Exception {
        RedisProcess node = RedisProcess.started(
                "--cluster-enabled",
                "yes",
                "--cluster-node-timeout",
                NODE_TIMEOUT,
                "--cluster-config-file",
                "nodes.conf",
                "--dir",
                directory);
        Ask.server(node.port(), "CLUSTER", "SET-CONFIG-EPOCH", String.valueOf(number + 1));
        nodes.add(node);
    }

    private void assignSlots() {
        int each = SLOTS / MASTERS + 1;
        for (int i = 0; i < MASTERS; i++) {
            Stream<String> slots =
                    IntStream.range(i * each, Math.min((i + 1) * each, SLOTS)).mapToObj(String::valueOf);
            ask(i, Stream.concat(Stream.of("CLUSTER", "ADDSLOTS"), slots).toArray(String[]::new));
        }
    }

    private void meet() throws Exception {
        String first = String.valueOf(nodes.get(0).port());
        for (int i = 1; i < nodes.size(); i++) {
            ask(i, "CLUSTER", "MEET", RedisProcess.HOST, first);
        }
        for (RedisProcess node : nodes) {
            Patience.until(
                    "all nodes know each other",
                    () -> Ask.server(node.port(), "CLUSTER", "INFO")
                            .contains("cluster_known_nodes:" + nodes.size() + "\r"));
        }
    }

    private void replicate() {
        for (int i = MASTERS; i < nodes.size(); i++) {
            ask(i, "CLUSTER", "REPLICATE", ask(i - MASTERS, "CLUSTER", "MYID"));
        }
    }

    private static boolean isWell(RedisProcess node) {
        String replication = Ask.server(node.port(), "INFO", "replication");
        return Ask.server(node.port(), "CLUSTER", "INFO").contains("cluster_state:ok")
                && (replication.contains("role:master") || replication.contains("master_link_status:up"));
    }

    private String ask(int node, String... words) {
        return Ask.server(nodes.get(node).port(), words);
    }
}
