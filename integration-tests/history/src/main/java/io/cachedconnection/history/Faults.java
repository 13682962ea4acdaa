package io.cachedconnection.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What is done to the world while the nodes work, by a schedule that the seed decides: what, how long, and how soon. */
final class Faults {

    /** Those of a write, and none. */
    private static final List<Optional<Ambush.Point>> POINTS = Stream.concat(
                    Arrays.stream(Ambush.Point.values()).map(Optional::of), Stream.of(Optional.<Ambush.Point>empty()))
            .toList();

    private static final List<Fault> ALL =
            List.of(Fault.HUNG, Fault.RESTARTED_EMPTY, Fault.CONNECTIONS_KILLED, Fault.PARTITIONED);

    private final RedisServer redis;
    private final Link link;
    private final Nodes nodes;
    private final Options options;
    private final long start = System.nanoTime();
    private final List<String> log = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, Integer> counts = Collections.synchronizedMap(new TreeMap<>());

    Faults(RedisServer redis, Link link, Nodes nodes, Options options) {
        this.redis = redis;
        this.link = link;
        this.nodes = nodes;
        this.options = options;
    }

    /** Troubles Redis until {@code until}, and leaves it well. */
    void troubleRedis(long until) throws Exception {
        Random random = new Random(options.seed());
        pause(random.nextInt(1000));
        while (System.nanoTime() - until < 0) {
            Fault fault = ALL.get(random.nextInt(ALL.size()));
            long millis = random.nextInt(4) == 0 ? random.nextInt(4000) : random.nextInt(600);
            logged(fault + " for " + millis + " ms", fault.name());
            fault.befall(redis, link, new Fault.Extent(millis, random.nextBoolean()));
            logged(fault + " over", "");
            pause(300 + random.nextInt(2500));
        }
    }

    /** Kills nodes until {@code until}, at points of their writes and anywhere. */
    void killNodes(long until) throws Exception {
        Random random = new Random(options.seed() + 1);
        while (System.nanoTime() - until < 0) {
            pause(1000 + random.nextInt(3000));
            killNode(random.nextInt(Options.NODES), POINTS.get(random.nextInt(POINTS.size())));
        }
    }

    private void killNode(int node, Optional<Ambush.Point> point) throws Exception {
        boolean there = nodes.replace(node, point.orElse(null)) && point.isPresent();
        String where = there ? point.map(Ambush.Point::name).orElse("") : "ANYWHERE";
        logged("node " + node + " killed: " + where, "KILLED_" + where);
    }

    private void logged(String text, String counted) {
        log.add((System.nanoTime() - start) / 1_000_000 + " ms: " + text);
        if (!counted.isEmpty()) {
            counts.merge(counted, 1, Integer::sum);
        }
    }

    private static void pause(long millis) throws InterruptedException {
        Thread.sleep(millis);
    }

    /** What happened, in its order. */
    List<String> log() {
        return List.copyOf(log);
    }

    /** How often what happened. */
    Map<String, Integer> counts() {
        return counts;
    }

    /** The moment that the times of the log count from. */
    long start() {
        return start;
    }
}
