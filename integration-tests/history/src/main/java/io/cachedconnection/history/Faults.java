package io.cachedconnection.history;

import io.cachedconnection.history.Options.Without;
import java.time.Duration;
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

    private static final List<Fault> USUAL =
            List.of(Fault.HUNG, Fault.RESTARTED_EMPTY, Fault.CONNECTIONS_KILLED, Fault.PARTITIONED);

    private static final long PAUSE_OF_A_NODE = 5000;
    private static final Duration LAST_MOMENT = Duration.ofMillis(400);

    private final RedisServer redis;
    private final List<Link> links;
    private final Nodes nodes;
    private final Options options;
    private final long start = System.nanoTime();
    private final List<String> log = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, Integer> counts = Collections.synchronizedMap(new TreeMap<>());

    Faults(RedisServer redis, List<Link> links, Nodes nodes, Options options) {
        this.redis = redis;
        this.links = links;
        this.nodes = nodes;
        this.options = options;
    }

    /** Troubles Redis until {@code until}, and leaves it well. */
    void troubleRedis(long until) throws Exception {
        Random random = new Random(options.seed());
        pause(random.nextInt(1000));
        while (System.nanoTime() - until < 0) {
            if (isNear() && (options.without().isNear() || random.nextInt(3) == 0)) {
                troubleBeforeRest(random);
            } else {
                troubleAtAnyTime(random);
            }
        }
    }

    private void troubleAtAnyTime(Random random) throws InterruptedException {
        List<Fault> all = isNear() ? List.of(Fault.values()) : USUAL;
        Fault fault = all.get(random.nextInt(all.size()));
        long millis = random.nextInt(4) == 0 ? random.nextInt(4000) : random.nextInt(600);
        int link = links.size() == 1 ? 0 : random.nextInt(links.size());
        befall(fault, link, new Fault.Extent(millis, random.nextBoolean()));
        pause(isNear() ? random.nextInt(1000) : 300 + random.nextInt(2500));
    }

    private boolean isNear() {
        return options.near().enabled();
    }

    /** Troubles a node a moment before nobody writes: what it misses then it will not hear of later, either, and will show. */
    private void troubleBeforeRest(Random random) throws InterruptedException {
        pause(Gate.untilBefore(options.rest(), LAST_MOMENT).toMillis());
        long bound = options.near().maxStaleness().toMillis();
        boolean isShort = options.without() == Without.FLUSH || (isWhole() && random.nextBoolean());
        // A short one ends before anybody finds out for want of a proof.
        Fault.Extent extent = new Fault.Extent(isShort ? bound * 2 / 3 : bound * 2, isWhole() && random.nextBoolean());
        // Where reads are not minded, all is to be read anew.
        befall(
                options.without() == Without.STAMP ? Fault.DELETED : Fault.FEED_HUNG,
                random.nextInt(links.size()),
                extent);
    }

    private boolean isWhole() {
        return options.without() == Without.NOTHING;
    }

    private void befall(Fault fault, int link, Fault.Extent extent) throws InterruptedException {
        logged(fault + " for " + extent.millis() + " ms, link " + link, fault.name());
        fault.befall(redis, links.get(link), extent);
        logged(fault + " over", "");
    }

    /** Kills nodes until {@code until}, at points of their writes and anywhere; those that keep something near also pause. */
    void troubleNodes(long until) throws Exception {
        Random random = new Random(options.seed() + 1);
        while (System.nanoTime() - until < 0) {
            pause(1000 + random.nextInt(3000));
            int node = random.nextInt(Options.NODES);
            if (isNear() && random.nextInt(3) == 0) {
                pauseNode(node);
            } else {
                killNode(node, POINTS.get(random.nextInt(POINTS.size())));
            }
        }
    }

    private void pauseNode(int node) throws InterruptedException {
        logged("node " + node + " paused", "PAUSED");
        nodes.pause(node, PAUSE_OF_A_NODE);
        logged("node " + node + " goes on", "");
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
