package io.cachedconnection.benchmarks;

import io.cachedconnection.internal.engine.store.EntryKey;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * How soon all nodes have removed what one has written, and what their feeds cost Redis. Prints, for each number of nodes,
 * the time from the writer's return to the last node's removal, which is negative where that came first; and what Redis did
 * for each write.
 */
public final class FeedRun {

    private static final List<Integer> NODES = List.of(1, 4, 16);
    private static final List<Integer> FEEDS = List.of(0, 1, 4, 16);
    private static final int WRITES = 5_000;
    private static final int COUNTED_WRITES = 20_000;
    private static final long QUIET_MILLIS = 10_000;

    /** One way to make a key old. */
    private interface Change {
        void of(FeedNode writer, EntryKey key) throws Exception;
    }

    private final URI redis;
    private final int writes;
    private final RedisWork work;
    private int lastKey;

    private FeedRun(URI redis, int writes, RedisWork work) {
        this.redis = redis;
        this.writes = writes;
        this.work = work;
    }

    /** The argument is the number of writes of which the time is taken; without one there are five thousand. */
    public static void main(String[] arguments) throws Exception {
        int writes = arguments.length == 0 ? WRITES : Integer.parseInt(arguments[0]);
        try (BenchmarkRedis redis = BenchmarkRedis.started();
                RedisWork work = new RedisWork(URI.create(redis.uri()))) {
            FeedRun run = new FeedRun(URI.create(redis.uri()), writes, work);
            run.times();
            run.costs();
        }
    }

    private void times() throws Exception {
        System.out.println("| writer | nodes | all gone before its return | p50, µs | p99, µs | max, µs |");
        System.out.println("|---|--:|--:|--:|--:|--:|");
        for (int nodes : NODES) {
            time("@EvictConnection", nodes, FeedNode::write);
            time("evict by hand", nodes, FeedNode::evict);
        }
    }

    private void time(String name, int nodes, Change change) throws Exception {
        long[] nanos = new long[writes];
        try (FeedNode writer = FeedNode.writer(redis);
                Nodes all = new Nodes(nodes, () -> FeedNode.near(redis))) {
            for (int i = -writes / 10; i < writes; i++) {
                long late = late(writer, all.nodes(), change);
                if (i >= 0) {
                    nanos[i] = late;
                }
            }
        }
        Arrays.sort(nanos);
        double early = 100.0 * Arrays.stream(nanos).filter(late -> late <= 0).count() / writes;
        System.out.printf(
                Locale.ROOT,
                "| %s | %d | %.2f %% | %.0f | %.0f | %.0f |%n",
                name,
                nodes,
                early,
                nanos[writes / 2] / 1e3,
                nanos[writes * 99 / 100] / 1e3,
                nanos[writes - 1] / 1e3);
    }

    /** How many nanoseconds after the writer's return the last node had removed what it kept. */
    private long late(FeedNode writer, List<FeedNode> nodes, Change change) throws Exception {
        EntryKey key = nextKey();
        writer.put(key);
        nodes.forEach(node -> node.bringNear(key));
        CountDownLatch gone = new CountDownLatch(nodes.size());
        nodes.forEach(node -> node.heard().await(key.text(), gone));
        change.of(writer, key);
        long returned = System.nanoTime();
        if (!gone.await(10, TimeUnit.SECONDS) || nodes.stream().anyMatch(node -> node.isThere(key))) {
            throw new IllegalStateException("A node has not removed what was written.");
        }
        return nodes.stream()
                .mapToLong(node -> node.heard().at() - returned)
                .max()
                .getAsLong();
    }

    private EntryKey nextKey() {
        lastKey++;
        return FeedNode.SPACE.key(Integer.toString(lastKey));
    }

    private void costs() throws Exception {
        System.out.println(
                "\n| feeds | Redis for a write, µs of CPU | out, B | Redis in a quiet second, ms of CPU | out, B |");
        System.out.println("|--:|--:|--:|--:|--:|");
        for (int feeds : FEEDS) {
            cost(feeds);
        }
    }

    private void cost(int feeds) throws Exception {
        try (FeedNode writer = FeedNode.writer(redis);
                Nodes all = new Nodes(feeds, () -> FeedNode.near(redis))) {
            EntryKey first = nextKey();
            writer.put(first);
            all.nodes().forEach(node -> node.bringNear(first)); // now all feeds are there
            List<EntryKey> keys =
                    Stream.generate(this::nextKey).limit(COUNTED_WRITES).toList();
            keys.forEach(writer::put);
            RedisWork.Done before = work.done();
            for (EntryKey key : keys) {
                writer.write(key);
            }
            RedisWork.Done busy = work.done().since(before).per(COUNTED_WRITES);
            RedisWork.Done start = work.done();
            Thread.sleep(QUIET_MILLIS);
            RedisWork.Done quiet = work.done().since(start).per(QUIET_MILLIS / 1000.0);
            System.out.printf(
                    Locale.ROOT,
                    "| %d | %.1f | %.0f | %.2f | %.0f |%n",
                    feeds,
                    busy.cpuMicros(),
                    busy.bytesOut(),
                    quiet.cpuMicros() / 1000,
                    quiet.bytesOut());
        }
    }

    /** Nodes that are closed together. */
    private record Nodes(List<FeedNode> nodes) implements AutoCloseable {

        Nodes(int number, Supplier<FeedNode> maker) {
            this(new ArrayList<>(Stream.generate(maker).limit(number).toList()));
        }

        @Override
        public void close() {
            nodes.forEach(FeedNode::close);
        }
    }
}
