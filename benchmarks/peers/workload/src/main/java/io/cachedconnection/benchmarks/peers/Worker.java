package io.cachedconnection.benchmarks.peers;

import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** The JVM of one peer: reads commands, one a line, measures, and answers each with one line of names and values. */
public final class Worker {

    static final String ANSWER = "ANSWER\t";
    private static final int RECORDS = 10_000;
    private static final int HOT_KEYS = 20;
    private static final Duration CAP = Duration.ofSeconds(15);

    private static Proxy proxy;

    private final Peer peer;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<UUID> records = randomIds(RECORDS);

    private Worker(Peer peer) {
        this.peer = peer;
    }

    /**
     * Opens the proxy that stands before Redis if {@code peers.proxy} is true. {@link #serve} calls it; call it earlier where a peer reads
     * {@link Peer#redis} before that.
     */
    public static void openProxy() throws IOException {
        proxy = new Proxy(Peer.redis());
        if (Boolean.getBoolean("peers.proxy")) {
            System.setProperty("peers.redis", proxy.uri());
        }
    }

    /** Starts a peer, and serves until the input ends. */
    public static void serve(Callable<Peer> start) throws Exception {
        if (proxy == null) {
            openProxy();
        }
        Peer peer = start.call();
        Worker worker = new Worker(peer);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        answer(Map.of("ready", true));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            Database.readsTake(Duration.ZERO, Duration.ZERO);
            try {
                answer(worker.does(line.split(" ", -1)));
            } catch (Throwable failure) { // each failure of a peer is a result
                failure.printStackTrace();
                answer(Map.of("failed", name(failure)));
            }
        }
        Runtime.getRuntime().halt(0); // some peers would wait for a Redis that hangs
    }

    private static void answer(Map<String, Object> figures) {
        System.out.println("\n" + ANSWER
                + figures.entrySet().stream()
                        .map(figure -> figure.getKey() + "=" + figure.getValue())
                        .collect(Collectors.joining("\t")));
        System.out.flush();
    }

    private Map<String, Object> does(String[] words) throws Exception {
        return switch (words[0]) {
            case "warm" -> warm();
            case "hits" -> throughput(Integer.parseInt(words[1]), Long.parseLong(words[2]), true);
            case "misses" -> throughput(Integer.parseInt(words[1]), Long.parseLong(words[2]), false);
            case "freshness" -> freshness(Long.parseLong(words[1]));
            case "rollback" -> rollback(Integer.parseInt(words[1]));
            case "cold" -> cold(UUID.fromString(words[1]), Long.parseLong(words[2]), Integer.parseInt(words[3]));
            case "outage" -> outage(words[1].equals("hung"));
            default -> throw new IllegalArgumentException("No such command: " + words[0]);
        };
    }

    private Map<String, Object> warm() throws Exception {
        inThreads(8, thread -> {
            for (int i = thread; i < RECORDS; i += 8) {
                peer.find(records.get(i));
            }
            return null;
        });
        return Map.of("records", RECORDS);
    }

    /** Calls, as many as the threads get done in the time, on records that are cached, or on ids that are new. */
    private Map<String, Object> throughput(int callers, long millis, boolean ofHits) throws Exception {
        ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Latencies all = new Latencies();
        AtomicLong garbage = new AtomicLong();
        long loadsBefore = Database.loads();
        long start = System.nanoTime();
        long end = start + TimeUnit.MILLISECONDS.toNanos(millis);
        inThreads(callers, thread -> {
            Latencies own = new Latencies();
            ThreadLocalRandom random = ThreadLocalRandom.current();
            long before = memory.getThreadAllocatedBytes(Thread.currentThread().getId());
            for (long begun = System.nanoTime(); begun < end; ) {
                peer.find(
                        ofHits ? records.get(random.nextInt(RECORDS)) : new UUID(random.nextLong(), random.nextLong()));
                long done = System.nanoTime();
                own.add(done - begun);
                begun = done;
            }
            garbage.addAndGet(
                    memory.getThreadAllocatedBytes(Thread.currentThread().getId()) - before);
            all.addAll(own);
            return null;
        });
        double seconds = (System.nanoTime() - start) / 1e9;
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("rate", all.count() / seconds);
        figures.put("p50", all.micros(0.5));
        figures.put("p99", all.micros(0.99));
        figures.put("garbage", (double) garbage.get() / all.count());
        figures.put("loaded", (double) (Database.loads() - loadsBefore) / all.count());
        return figures;
    }

    /** Eight readers and four writers on twenty keys; then, in quiet, how many keys are stale for good. */
    private Map<String, Object> freshness(long seconds) throws Exception {
        List<UUID> keys = randomIds(HOT_KEYS);
        AtomicIntegerArray returned = new AtomicIntegerArray(HOT_KEYS);
        AtomicLong reads = new AtomicLong();
        AtomicLong writes = new AtomicLong();
        AtomicLong stale = new AtomicLong();
        Database.readsTake(Duration.ZERO, Duration.ofMillis(5));
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        inThreads(12, thread -> {
            while (System.nanoTime() < end) {
                int key = ThreadLocalRandom.current().nextInt(HOT_KEYS);
                if (thread < 8) {
                    int atLeast = returned.get(key);
                    stale.addAndGet(peer.find(keys.get(key)).version() < atLeast ? 1 : 0);
                    reads.incrementAndGet();
                } else {
                    int version = peer.update(keys.get(key));
                    returned.accumulateAndGet(key, version, Math::max);
                    writes.incrementAndGet();
                    TimeUnit.MICROSECONDS.sleep(ThreadLocalRandom.current().nextInt(10_000));
                }
            }
            return null;
        });
        Database.readsTake(Duration.ZERO, Duration.ZERO);
        TimeUnit.SECONDS.sleep(1);
        int staleForGood = 0;
        for (UUID key : keys) {
            staleForGood += peer.find(key).version() < Database.version(key) ? 1 : 0;
        }
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("stale", 100_000.0 * stale.get() / reads.get());
        figures.put("atTheEnd", staleForGood);
        figures.put("reads", reads.get() / (double) seconds);
        figures.put("writes", writes.get() / (double) seconds);
        return figures;
    }

    /** Write, read inside, roll back, read again; half of the keys are cached before. */
    private Map<String, Object> rollback(int tries) throws Exception {
        int served = 0;
        int ownWriteUnseen = 0;
        for (int i = 0; i < tries; i++) {
            UUID id = UUID.randomUUID();
            if (i % 2 == 0) {
                peer.find(id);
            }
            Account[] inside = new Account[1];
            peer.rolledBack(() -> {
                peer.update(id);
                inside[0] = peer.find(id);
            });
            ownWriteUnseen += inside[0].version() == 1 ? 1 : 0;
            served += peer.find(id).version() == 1 ? 0 : 1;
        }
        return Map.of("served", served, "ownWriteUnseen", ownWriteUnseen, "tries", tries);
    }

    /** All threads ask for the same key at the same moment, in every JVM that gets this command. */
    private Map<String, Object> cold(UUID id, long atMillis, int callers) throws Exception {
        Database.readsTake(Duration.ofMillis(50), Duration.ofMillis(50));
        long loadsBefore = Database.loads();
        AtomicLong longest = new AtomicLong();
        inThreads(callers, thread -> {
            TimeUnit.MILLISECONDS.sleep(Math.max(0, atMillis - System.currentTimeMillis()));
            long start = System.nanoTime();
            peer.find(id);
            longest.accumulateAndGet(System.nanoTime() - start, Math::max);
            return null;
        });
        return Map.of("loads", Database.loads() - loadsBefore, "longest", TimeUnit.NANOSECONDS.toMillis(longest.get()));
    }

    /** One caller during an outage of at least three seconds, then a write, then the time until lookups are hits once more. */
    private Map<String, Object> outage(boolean byHanging) throws Exception {
        UUID read = UUID.randomUUID();
        UUID written = UUID.randomUUID();
        for (int i = 0; i < 200; i++) { // classes are loaded, connections open
            peer.find(read);
            peer.find(written);
        }
        if (!proxy.isUsed()) {
            throw new IllegalStateException("not connected by way of the proxy");
        }
        proxy.fail(byHanging);
        List<Long> waits = new ArrayList<>();
        String got = "";
        long start = System.nanoTime();
        while (since(start) < CAP.toMillis() && (since(start) < 3000 || waits.size() < 20)) {
            long begun = System.nanoTime();
            String result = within(CAP, () -> peer.find(read));
            waits.add(since(begun));
            got = got.contains(result) ? got : got + (got.isEmpty() ? "" : ", ") + result;
            TimeUnit.MILLISECONDS.sleep(50);
        }
        long writeBegun = System.nanoTime();
        String write = within(CAP, () -> peer.update(written));
        long writeWait = since(writeBegun);
        proxy.recover();
        long recoveryBegun = System.nanoTime();
        long recovery = -1;
        while (recovery < 0 && since(recoveryBegun) < CAP.toMillis()) {
            long loads = Database.loads();
            String result = within(CAP, () -> peer.find(read));
            recovery = result.equals("value") && loads == Database.loads() ? since(recoveryBegun) : -1;
            TimeUnit.MILLISECONDS.sleep(5);
        }
        TimeUnit.SECONDS.sleep(1); // what was to be evicted later has been
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("longest", waits.stream().mapToLong(Long::longValue).max().orElseThrow());
        figures.put(
                "median",
                waits.stream().sorted().skip(waits.size() / 2).findFirst().orElseThrow());
        figures.put("calls", waits.size());
        figures.put("got", got);
        figures.put("write", write);
        figures.put("writeWait", writeWait);
        figures.put("recovery", recovery);
        figures.put("staleAfterwards", isStale(written));
        return figures;
    }

    private String isStale(UUID id) {
        boolean[] stale = new boolean[1];
        String result = within(CAP, () -> stale[0] = peer.find(id).version() < Database.version(id));
        return result.equals("value") ? (stale[0] ? "yes" : "no") : result;
    }

    /** What a call comes to: a value, the name of an exception, or nothing in time. */
    private String within(Duration cap, Callable<?> call) {
        Future<?> result = threads.submit(call);
        try {
            result.get(cap.toMillis(), TimeUnit.MILLISECONDS);
            return "value";
        } catch (ExecutionException failure) {
            return name(failure.getCause());
        } catch (TimeoutException tooLong) {
            return "nothing";
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private static String name(Throwable failure) {
        return failure.getClass().getSimpleName();
    }

    private static long since(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
    }

    private static List<UUID> randomIds(int count) {
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(UUID.randomUUID());
        }
        return ids;
    }

    private void inThreads(int count, InThread work) throws Exception {
        List<Future<?>> results = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int thread = i;
            results.add(threads.submit(() -> work.run(thread)));
        }
        for (Future<?> result : results) {
            try {
                result.get(60, TimeUnit.SECONDS);
            } catch (ExecutionException failure) {
                throw failure.getCause() instanceof Exception cause ? cause : failure;
            }
        }
    }

    private interface InThread {
        Object run(int thread) throws Exception;
    }

    /** Counts of latencies in classes that are 1.6 % wide. */
    private static final class Latencies {

        private final long[] counts = new long[64 * 64];

        void add(long nanos) {
            int magnitude = 63 - Long.numberOfLeadingZeros(nanos | 64);
            counts[(magnitude << 6) + (int) ((nanos >> (magnitude - 6)) & 63)]++;
        }

        synchronized void addAll(Latencies others) {
            for (int i = 0; i < counts.length; i++) {
                counts[i] += others.counts[i];
            }
        }

        long count() {
            long sum = 0;
            for (long count : counts) {
                sum += count;
            }
            return sum;
        }

        double micros(double quantile) {
            long left = (long) (count() * quantile);
            int i = 0;
            while (left >= counts[i]) {
                left -= counts[i++];
            }
            return Math.scalb(64.0 + (i & 63), (i >> 6) - 6) / 1000;
        }
    }
}
