package io.cachedconnection.history;

import io.cachedconnection.history.Fault.Extent;
import io.cachedconnection.history.Options.Without;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** What is done to the world while the nodes work, by a schedule that the seed decides: what, how long, and how soon. */
final class Faults {

    private static final Duration LAST_MOMENT = Duration.ofMillis(400);
    private static final int NUMBERS = 840; // which one of any few: none of them comes oftener than another

    private final Fault.World world;
    private final Options options;
    private final List<Fault> ofRedis;
    private final List<Fault> ofNodes;
    private final long start = System.nanoTime();
    private final List<String> log = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, Integer> counts = Collections.synchronizedMap(new TreeMap<>());

    Faults(Fault.World world, Options options) {
        this.world = world;
        this.options = options;
        ofRedis = options.faults().stream().filter(each -> !each.isOfNodes()).toList();
        ofNodes = options.faults().stream().filter(Fault::isOfNodes).toList();
    }

    /** Troubles Redis until {@code until}, and leaves it well. */
    void troubleRedis(long until) throws Exception {
        Random random = new Random(options.seed());
        pause(random.nextInt(1000));
        while (System.nanoTime() - until < 0 && !ofRedis.isEmpty()) {
            if (isNear() && (options.without().isNear() || random.nextInt(3) == 0)) {
                troubleBeforeRest(random);
            } else {
                Fault fault = ofRedis.get(random.nextInt(ofRedis.size()));
                long millis = random.nextInt(4) == 0 ? random.nextInt(4000) : random.nextInt(600);
                befall(fault, extent(millis, random.nextBoolean(), random));
                pause(isNear() ? random.nextInt(1000) : 300 + random.nextInt(2500));
            }
        }
    }

    private static Extent extent(long millis, boolean delivers, Random random) {
        return new Extent(millis, delivers, random.nextInt(NUMBERS));
    }

    private boolean isNear() {
        return options.near().enabled();
    }

    /** Troubles a node a moment before nobody writes: what it misses then it will not hear of later, either, and will show. */
    private void troubleBeforeRest(Random random) throws Exception {
        pause(Gate.untilBefore(options.rest(), LAST_MOMENT).toMillis());
        long bound = options.near().maxStaleness().toMillis();
        boolean isShort = options.without() == Without.FLUSH || (isWhole() && random.nextBoolean());
        // A short one ends before anybody finds out for want of a proof.
        long millis = isShort ? bound * 2 / 3 : bound * 2;
        befall(faultBeforeRest(random), extent(millis, isWhole() && random.nextBoolean(), random));
    }

    /** Where reads are not minded, all is to be read anew. */
    private Fault faultBeforeRest(Random random) {
        if (options.without() == Without.STAMP) {
            return Fault.DELETED;
        }
        boolean hangs = !isWhole() || ofRedis.contains(Fault.FEED_HUNG);
        return hangs ? Fault.FEED_HUNG : ofRedis.get(random.nextInt(ofRedis.size()));
    }

    private boolean isWhole() {
        return options.without() == Without.NOTHING;
    }

    /** Troubles nodes until {@code until}. */
    void troubleNodes(long until) throws Exception {
        Random random = new Random(options.seed() + 1);
        while (System.nanoTime() - until < 0 && !ofNodes.isEmpty()) {
            pause(1000 + random.nextInt(3000));
            Fault fault = ofNodes.get(random.nextInt(ofNodes.size()));
            befall(fault, extent(random.nextInt(4000), true, random));
        }
    }

    private void befall(Fault fault, Extent extent) throws Exception {
        log(fault + " for " + extent.millis() + " ms, number " + extent.number());
        counts.merge(fault.name(), 1, Integer::sum);
        fault.befall(world, extent);
        log(fault + " over");
    }

    private void log(String text) {
        log.add((System.nanoTime() - start) / 1_000_000 + " ms: " + text);
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
