package io.cachedconnection.outages;

import io.cachedconnection.internal.endpoint.Credentials;
import io.cachedconnection.internal.endpoint.Endpoint;
import io.cachedconnection.internal.endpoint.HostPort;
import java.io.Closeable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A master that dies, with a replica and three Sentinels who see to it that the replica takes its place. */
final class SentinelFault {

    private static final String NAME = "main";
    private static final int SENTINELS = 3;

    private final List<RedisProcess> servers = new ArrayList<>();
    private final List<Integer> sentinels = new ArrayList<>();

    private SentinelFault() {}

    static Scene scene(Options options) throws Exception {
        SentinelFault fault = new SentinelFault();
        RedisProcess master = fault.master();
        for (int i = 0; i < SENTINELS; i++) {
            fault.startSentinel(master.port(), options.newDirectory("sentinel"));
        }
        for (int sentinel : fault.sentinels) {
            Patience.until("a Sentinel knows all", () -> knowsAll(sentinel));
        }
        List<Closeable> all = List.copyOf(fault.servers);
        return new Scene(fault.place(), Scene.IN_THE_CLEAR, master::kill, Scene.NOTHING, all);
    }

    private RedisProcess master() throws Exception {
        RedisProcess master = RedisProcess.started();
        RedisProcess replica = RedisProcess.started("--replicaof", RedisProcess.HOST, String.valueOf(master.port()));
        servers.add(master);
        servers.add(replica);
        Patience.until(
                "the replica is one",
                () -> Ask.server(replica.port(), "INFO", "replication").contains("master_link_status:up"));
        return master;
    }

    private void startSentinel(int master, Path directory) throws Exception {
        int port = LoopbackPorts.free();
        Path config = directory.resolve("sentinel.conf");
        Files.writeString(config, """
                port %d
                bind %s
                dir %s
                sentinel monitor %s %s %d 2
                sentinel down-after-milliseconds %s 1000
                sentinel failover-timeout %s 10000
                """.formatted(
                port, RedisProcess.HOST, directory.toAbsolutePath(), NAME, RedisProcess.HOST, master, NAME, NAME));
        servers.add(RedisProcess.sentinel(port, config.toFile()));
        sentinels.add(port);
    }

    private static boolean knowsAll(int sentinel) {
        String words = Ask.server(sentinel, "SENTINEL", "MASTER", NAME);
        return words.contains("num-slaves 1 ") && words.contains("num-other-sentinels " + (SENTINELS - 1) + " ");
    }

    private Endpoint place() {
        List<HostPort> addresses = sentinels.stream()
                .map(port -> new HostPort(RedisProcess.HOST, port))
                .toList();
        return new Endpoint.SentinelEndpoint(addresses, NAME, Credentials.NONE);
    }
}
