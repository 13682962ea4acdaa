package io.cachedconnection.benchmarks.peers;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/** A database in memory: rows with version numbers, reads that see a snapshot and take their time, transactions of a thread. */
public final class Database {

    private static final Map<UUID, Integer> VERSIONS = new ConcurrentHashMap<>();
    private static final ThreadLocal<Map<UUID, Integer>> TRANSACTION = new ThreadLocal<>();
    private static final LongAdder LOADS = new LongAdder();
    private static volatile Duration fastest = Duration.ZERO;
    private static volatile Duration slowest = Duration.ZERO;

    private Database() {}

    /** Reads a row: the version is that of the beginning, as in a snapshot. */
    public static Account load(UUID id) {
        LOADS.increment();
        Map<UUID, Integer> own = TRANSACTION.get();
        int version = own != null && own.containsKey(id) ? own.get(id) : version(id);
        pause();
        return Account.of(id, version);
    }

    private static void pause() {
        long nanos = ThreadLocalRandom.current().nextLong(fastest.toNanos(), slowest.toNanos() + 1);
        long end = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** Writes a row: committed on return, but in a transaction only at its end. Returns the new version. */
    public static int write(UUID id) {
        Map<UUID, Integer> own = TRANSACTION.get();
        if (own == null) {
            return VERSIONS.merge(id, 2, (old, ignored) -> old + 1);
        }
        int version = own.getOrDefault(id, version(id)) + 1;
        own.put(id, version);
        return version;
    }

    public static void begin() {
        join(new HashMap<>());
    }

    /** What the thread's transaction has written; null without one. For peers that load on another thread, with {@link #join}. */
    public static Map<UUID, Integer> transaction() {
        return TRANSACTION.get();
    }

    /** Makes a transaction the thread's; null for none. */
    public static void join(Map<UUID, Integer> transaction) {
        TRANSACTION.set(transaction);
    }

    /** Forgets what the thread's transaction has written. */
    public static void rollback() {
        TRANSACTION.remove();
    }

    static int version(UUID id) {
        return VERSIONS.getOrDefault(id, 1);
    }

    static long loads() {
        return LOADS.sum();
    }

    static void readsTake(Duration least, Duration most) {
        fastest = least;
        slowest = most;
    }
}
