package io.cachedconnection.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The nodes of a run. One that dies is followed by another at once. Used by one thread at a time. */
final class Nodes {

    private final Options options;
    private final List<Integer> redisPorts;
    private final String database;
    private final NodeProcess[] nodes = new NodeProcess[Options.NODES];
    private final int[] lives = new int[Options.NODES];
    private final Map<Integer, Long> deaths = new ConcurrentHashMap<>();

    /** Each node has its own way to Redis. */
    Nodes(Options options, List<Integer> redisPorts, String database) {
        this.options = options;
        this.redisPorts = redisPorts;
        this.database = database;
    }

    void start() throws Exception {
        for (int node = 0; node < nodes.length; node++) {
            start(node);
        }
    }

    private void start(int node) throws Exception {
        List<String> arguments = List.of(
                String.valueOf(node), String.valueOf(lives[node]), String.valueOf(redisPorts.get(node)), database);
        nodes[node] = NodeProcess.started(options, arguments);
    }

    /** Kills a node, at a point of a write or (null) anywhere, and starts it again. True if it died as it should. */
    boolean replace(int node, Ambush.@Nullable Point point) throws Exception {
        checkAlive();
        boolean there = true;
        if (point == null) {
            nodes[node].kill();
        } else {
            there = nodes[node].killAt(point);
        }
        deaths.put(name(node), System.nanoTime());
        lives[node]++;
        start(node);
        return there;
    }

    /** Stops a node for so long. */
    void pause(int node, long millis) throws InterruptedException {
        checkAlive();
        nodes[node].pause(millis);
    }

    private int name(int node) {
        return (node << 8) + lives[node];
    }

    /** A node that ends by itself has found something that must not be. */
    void checkAlive() {
        for (NodeProcess node : nodes) {
            if (!node.isAlive()) {
                throw new IllegalStateException("A node has ended by itself.");
            }
        }
    }

    void stop() throws InterruptedException {
        List<Integer> failed = new ArrayList<>();
        for (int node = 0; node < nodes.length; node++) {
            if (!nodes[node].stop()) {
                failed.add(node);
            }
        }
        if (!failed.isEmpty()) {
            throw new IllegalStateException("Nodes that did not stop: " + failed);
        }
    }

    void killAll() throws InterruptedException {
        for (NodeProcess node : nodes) {
            if (node != null) {
                node.kill();
            }
        }
    }

    /** When nodes died, by their name and life, which their writes begin with. */
    Map<Integer, Long> deaths() {
        return deaths;
    }
}
