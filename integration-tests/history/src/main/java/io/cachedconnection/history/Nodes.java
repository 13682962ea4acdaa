package io.cachedconnection.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** The nodes of a run. One that dies is followed by another at once. Used by one thread at a time. */
final class Nodes {

    /** Those of a write, and none. */
    private static final List<Optional<Ambush.Point>> POINTS = Stream.concat(
                    Arrays.stream(Ambush.Point.values()).map(Optional::of), Stream.of(Optional.<Ambush.Point>empty()))
            .toList();

    private final Options options;
    private final List<Integer> redisPorts;
    private final String database;
    private final NodeProcess[] nodes = new NodeProcess[Options.NODES];
    private final int[] lives = new int[Options.NODES];
    private final Map<Integer, Long> deaths = new ConcurrentHashMap<>();
    private final Map<String, Integer> killed = new TreeMap<>();
    private final Map<String, Integer> lies = new ConcurrentHashMap<>();
    private final LongAdder verified = new LongAdder();

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
        nodes[node] = NodeProcess.started(options, arguments, this::found);
    }

    private void found(String line) {
        if (line.startsWith(Node.LIE)) {
            lies.merge(line.substring(Node.LIE.length()), 1, Integer::sum);
        } else {
            verified.add(Long.parseLong(line.substring(Node.VERIFIED.length())));
        }
    }

    /** How many hits were verified by the nodes that were there at the end. */
    long verified() {
        return verified.sum();
    }

    /** How often nodes found that the entry of a key lied, by the key. */
    Map<String, Integer> lies() {
        return lies;
    }

    /** Kills one of the nodes, at a point of a write or anywhere, as {@code number} decides, and starts it again. */
    void replace(int number) throws Exception {
        checkAlive();
        int node = number % nodes.length;
        Optional<Ambush.Point> point = POINTS.get(number / nodes.length % POINTS.size());
        boolean isThere = false;
        if (point.isPresent()) {
            isThere = nodes[node].killAt(point.get());
        } else {
            nodes[node].kill();
        }
        String where = isThere ? point.map(Ambush.Point::name).orElse("") : "ANYWHERE";
        killed.merge(where, 1, Integer::sum);
        deaths.put(name(node), System.nanoTime());
        lives[node]++;
        start(node);
    }

    /** Stops one of the nodes for so long, in no transaction. */
    void pause(int number, long millis) throws InterruptedException {
        checkAlive();
        nodes[number % nodes.length].pause(millis);
    }

    /** Stops one of the nodes for so long, wherever it is. */
    void stop(int number, long millis) throws InterruptedException {
        checkAlive();
        nodes[number % nodes.length].stop(millis);
    }

    /** Lets one of the nodes have a small part of a processor for so long. */
    void starve(int number, long millis) throws InterruptedException {
        checkAlive();
        nodes[number % nodes.length].starve(millis);
    }

    /** Sends one of the nodes a crowd of callers, which stays for so long. Returns at once. */
    void crowd(int number, long millis) {
        checkAlive();
        nodes[number % nodes.length].crowd(millis);
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

    /** How often nodes were killed at which point of a write. */
    Map<String, Integer> killed() {
        return killed;
    }

    /** When nodes died, by their name and life, which their writes begin with. */
    Map<Integer, Long> deaths() {
        return deaths;
    }
}
