package io.cachedconnection.internal.console;

import io.cachedconnection.internal.common.Histogram.Snapshot;
import io.cachedconnection.internal.engine.read.Cache;
import io.cachedconnection.internal.engine.read.CacheCounters;
import io.cachedconnection.internal.engine.read.CacheCounters.Event;
import io.cachedconnection.internal.engine.store.ServerReport;
import io.cachedconnection.internal.engine.store.ServerReport.Call;
import io.cachedconnection.internal.operations.Operations;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The activity of the caches and servers of one application in the last ten minutes: a sample every two seconds, of all caches
 * together, of each used cache, and of each server. Bounded: a line takes about 10 kB, and there are at most 500 lines of
 * caches and 50 of servers. Thread-safe; a background thread takes the samples.
 */
public final class Samples implements Runnable {

    /** The usual number of seconds between two samples. */
    public static final int STEP_SECONDS = 2;

    static final int LENGTH = 300; // ten minutes
    private static final int MOST_CACHES = 500;
    private static final int MOST_SERVERS = 50;

    /** The numbers in a sample of a cache: counts, and times in microseconds. */
    static final List<String> OF_CACHE =
            List.of("near", "hits", "misses", "bypasses", "loads", "rejected", "failures", "p50", "p99");

    /** The numbers in a sample of a server. */
    static final List<String> OF_SERVER = List.of("reads", "p50", "p99", "writes", "writeP50", "writeP99", "failed");

    private static final Event[][] EVENTS = {
        {Event.NEAR_HIT},
        {Event.HIT},
        {Event.MISS, Event.BYPASS_UNREACHABLE, Event.BYPASS_PENDING_EVICTION}, // in the same sums as CacheStatistics
        {Event.BYPASS_OFF, Event.BYPASS_TRANSACTION},
        {Event.LOAD},
        {Event.UNDECODABLE, Event.OUTDATED, Event.UNTRUSTED},
        {Event.FAILURE}
    };

    /** The protocol steps of a lookup; all others belong to writes and to maintenance. */
    private static final Set<String> OF_LOADS = Set.of("acquire", "fill", "release", "look", "stamp");

    private static final Set<String> OF_WRITES =
            Set.of("begin", "end", "end_with", "end_leased", "evict", "begin_all", "end_all");
    private static final Set<String> READS = Set.of("GETRANGE", "PIPELINE", "GET", "EXISTS");

    private final Operations operations;
    private final ReentrantLock lock = new ReentrantLock(); // guards all fields below
    private final long[] times = new long[LENGTH];
    private final Line total = new Line(OF_CACHE.size());
    private final Map<String, Watched> caches = new HashMap<>();
    private final Map<String, WatchedServer> servers = new HashMap<>();
    private int linesOfCaches;
    private long taken;

    Samples(Operations operations) {
        this.operations = operations;
    }

    /** A line: one number of each kind per sample. */
    private static final class Line {

        private final int[][] numbers;

        Line(int kinds) {
            numbers = new int[kinds][LENGTH];
        }

        void set(int at, long... sample) {
            for (int i = 0; i < sample.length; i++) {
                numbers[i][at] = (int) Math.min(Integer.MAX_VALUE, Math.max(0, sample[i]));
            }
        }
    }

    /** The counts of a cache at the last sample. */
    private static final class Watched {

        private final long[] counts = new long[EVENTS.length];
        private @Nullable Snapshot loads;
        private @Nullable Line line; // as soon as the cache is used
    }

    /** The counts of a server at the last sample. */
    private static final class WatchedServer {

        private final Line line = new Line(OF_SERVER.size());
        private @Nullable Snapshot reads;
        private @Nullable Snapshot writes;
        private long failed;
    }

    /**
     * Lines from one sample on.
     *
     * @param first the number of the first sample, counted from 0 at the start of the application
     * @param times the time of each sample, in milliseconds since 1970
     * @param kinds the kinds of numbers
     * @param numbers for each kind, one number per sample
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Lines(long first, long[] times, List<String> kinds, int[][] numbers) {}

    /** Takes a sample. */
    @Override
    public void run() {
        List<ServerReport> reports = operations.servers();
        lock.lock();
        try {
            int at = (int) (taken % LENGTH);
            times[at] = System.currentTimeMillis();
            long[] sums = new long[EVENTS.length];
            @Nullable Snapshot allLoads = null;
            for (Cache cache : operations.caches().values()) {
                @Nullable Snapshot loads = sample(cache, at, sums);
                allLoads = loads == null ? allLoads : allLoads == null ? loads : sum(allLoads, loads);
            }
            total.set(at, withTimes(sums, allLoads));
            reports.forEach(report -> sample(report, at));
            taken++;
        } finally {
            lock.unlock();
        }
    }

    /** Takes a sample of a cache; returns its loads since the last sample, or null if there were none. */
    private @Nullable Snapshot sample(Cache cache, int at, long[] sums) {
        CacheCounters counters = cache.counters();
        Watched watched = caches.computeIfAbsent(cache.name(), name -> new Watched());
        long[] news = new long[EVENTS.length];
        boolean isUsed = false;
        for (int i = 0; i < EVENTS.length; i++) {
            long count = counters.of(EVENTS[i]);
            news[i] = count - watched.counts[i];
            watched.counts[i] = count;
            sums[i] += news[i];
            isUsed |= count > 0;
        }
        @Nullable Snapshot loads = null;
        if (isUsed) {
            Snapshot all = counters.loads().snapshot();
            loads = watched.loads == null ? all : all.since(watched.loads);
            watched.loads = all;
        }
        if (isUsed && watched.line == null && linesOfCaches < MOST_CACHES) {
            watched.line = new Line(OF_CACHE.size());
            linesOfCaches++;
        }
        if (watched.line != null) {
            watched.line.set(at, withTimes(news, loads));
        }
        return loads == null || loads.count() == 0 ? null : loads;
    }

    private static long[] withTimes(long[] counts, @Nullable Snapshot loads) {
        long[] all = Arrays.copyOf(counts, counts.length + 2);
        all[counts.length] = micros(loads, 0.5);
        all[counts.length + 1] = micros(loads, 0.99);
        return all;
    }

    private void sample(ServerReport report, int at) {
        String name = report.address() + ":" + report.port();
        if (!servers.containsKey(name) && servers.size() >= MOST_SERVERS) {
            return;
        }
        WatchedServer watched = servers.computeIfAbsent(name, fresh -> new WatchedServer());
        @Nullable Snapshot reads = sum(report, false);
        @Nullable Snapshot writes = sum(report, true);
        long failed = report.operations().entrySet().stream()
                .filter(entry -> entry.getKey().error() != null)
                .mapToLong(entry -> entry.getValue().count())
                .sum();
        @Nullable Snapshot newReads = news(reads, watched.reads);
        @Nullable Snapshot newWrites = news(writes, watched.writes);
        watched.line.set(
                at,
                newReads == null ? 0 : newReads.count(),
                micros(newReads, 0.5),
                micros(newReads, 0.99),
                newWrites == null ? 0 : newWrites.count(),
                micros(newWrites, 0.5),
                micros(newWrites, 0.99),
                failed - watched.failed);
        watched.reads = reads;
        watched.writes = writes;
        watched.failed = failed;
    }

    /** Sums the times of all answered operations of lookups, or of writes; null if there were none. */
    static @Nullable Snapshot sum(ServerReport report, boolean ofWrites) {
        @Nullable Snapshot sum = null;
        for (Map.Entry<Call, Snapshot> entry : report.operations().entrySet()) {
            @Nullable String procedure = entry.getKey().operation().procedure();
            boolean isWanted = procedure == null
                    ? !ofWrites && READS.contains(entry.getKey().operation().name())
                    : (ofWrites ? OF_WRITES : OF_LOADS).contains(procedure);
            if (isWanted && entry.getKey().error() == null) {
                sum = sum == null ? entry.getValue() : sum(sum, entry.getValue());
            }
        }
        return sum;
    }

    private static @Nullable Snapshot news(@Nullable Snapshot now, @Nullable Snapshot before) {
        return now == null || before == null ? now : now.since(before);
    }

    private static Snapshot sum(Snapshot one, Snapshot other) {
        long[] counts = one.counts().clone();
        long[] sums = one.sums().clone();
        Arrays.setAll(counts, i -> one.counts()[i] + other.counts()[i]);
        Arrays.setAll(sums, i -> one.sums()[i] + other.sums()[i]);
        return new Snapshot(one.bounds(), counts, sums);
    }

    static long micros(@Nullable Snapshot times, double share) {
        return times == null ? 0 : TimeUnit.NANOSECONDS.toMicros(times.quantile(share));
    }

    /** Returns the samples from {@code from} on, of all caches or of {@code cache}; without a line, only the kinds. */
    Lines ofCache(@Nullable String cache, long from) {
        lock.lock();
        try {
            @Nullable Watched watched = cache == null ? null : caches.get(cache);
            @Nullable Line line = cache == null ? total : watched == null ? null : watched.line;
            return lines(line, OF_CACHE, from);
        } finally {
            lock.unlock();
        }
    }

    /** Returns the samples from {@code from} on of the server {@code host:port}. */
    Lines ofServer(String name, long from) {
        lock.lock();
        try {
            @Nullable WatchedServer watched = servers.get(name);
            return lines(watched == null ? null : watched.line, OF_SERVER, from);
        } finally {
            lock.unlock();
        }
    }

    private Lines lines(@Nullable Line line, List<String> kinds, long from) {
        long first = Math.min(taken, Math.max(from, Math.max(0, taken - LENGTH)));
        int length = (int) (taken - first);
        long[] when = new long[length];
        int[][] numbers = new int[kinds.size()][line == null ? 0 : length];
        for (int i = 0; i < length; i++) {
            int at = (int) ((first + i) % LENGTH);
            when[i] = times[at];
            for (int kind = 0; line != null && kind < kinds.size(); kind++) {
                numbers[kind][i] = line.numbers[kind][at];
            }
        }
        return new Lines(first, when, kinds, numbers);
    }

    /**
     * Returns the rates per second of {@code cache} over the last {@code seconds}, in the order of {@link #OF_CACHE} without
     * times.
     */
    double[] rates(String cache, int seconds) {
        double[] rates = new double[EVENTS.length];
        lock.lock();
        try {
            @Nullable Watched watched = caches.get(cache);
            @Nullable Line line = watched == null ? null : watched.line;
            int samples = (int) Math.min(taken, seconds / STEP_SECONDS);
            for (int i = 1; line != null && i <= samples; i++) {
                int at = (int) ((taken - i) % LENGTH);
                for (int kind = 0; kind < rates.length; kind++) {
                    rates[kind] += line.numbers[kind][at] / (double) (samples * STEP_SECONDS);
                }
            }
            return rates;
        } finally {
            lock.unlock();
        }
    }
}
