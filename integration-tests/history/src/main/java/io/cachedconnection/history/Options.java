package io.cachedconnection.history;

import io.cachedconnection.internal.core.NearSettings;
import io.cachedconnection.internal.core.Protocol;
import io.cachedconnection.internal.core.Protocol.OnFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What a run is asked to do.
 *
 * @param seconds how long the nodes work
 * @param seed what the faults and the work depend on, as far as chance is ours
 * @param mode what becomes of a write that cannot be announced
 * @param without the protection that is switched off, so that violations must be found
 * @param near what each node keeps in its memory
 * @param redis which Redis: the embedded one, or an image of Docker
 * @param directory where the nodes write what they saw
 */
record Options(
        int seconds, long seed, OnFailure mode, Without without, NearSettings near, String redis, Path directory) {

    static final int NODES = 3;
    static final int HOT_KEYS = 8;

    /** Short, so that what a dead node leaves behind runs out while the test looks on. */
    static final Duration MAX_TRANSACTION_AGE = Duration.ofSeconds(Long.getLong("history.max-transaction-age", 2));

    static final Duration LEASE = Duration.ofSeconds(2);

    private static final int NEAR_ENTRIES = 1000; // room for all hot rows: what is pushed out cannot be late

    /** Which protection is switched off. */
    enum Without {
        NOTHING,
        LEASE,
        FENCE,
        SETTLE,
        /** What is heard of a key while it is being read is not noted: a near cache that just puts what it has read. */
        STAMP,
        /** Gaps in what is heard are not noted, nor that all has changed. */
        FLUSH,
        /** Nobody asks whether changes are heard: they always are. */
        HEARTBEAT;

        /** Whether it is a protection of the near cache. */
        boolean isNear() {
            return this == STAMP || this == FLUSH || this == HEARTBEAT;
        }
    }

    /** Those that the system properties tell of. */
    static Options fromProperties() {
        Without without =
                Without.valueOf(System.getProperty("history.without", "nothing").toUpperCase(Locale.ROOT));
        return new Options(
                Integer.parseInt(System.getProperty("history.seconds", "60")),
                Long.parseLong(System.getProperty("history.seed", "1")),
                OnFailure.valueOf(System.getProperty("history.mode", "FAIL")),
                without,
                near(without.isNear() || Boolean.getBoolean("history.near")),
                System.getProperty("history.redis", RedisServer.EMBEDDED),
                Path.of(System.getProperty("history.directory", "target/history")));
    }

    private static NearSettings near(boolean enabled) {
        Duration maxStaleness = Duration.ofMillis(Long.getLong("history.near.max-staleness", 1000));
        return new NearSettings(enabled, NEAR_ENTRIES, maxStaleness);
    }

    /** The same as system properties, for the command line of a node. */
    List<String> asProperties() {
        return List.of(
                "-Dhistory.seconds=" + seconds,
                "-Dhistory.seed=" + seed,
                "-Dhistory.mode=" + mode,
                "-Dhistory.without=" + without,
                "-Dhistory.near=" + near.enabled(),
                "-Dhistory.near.max-staleness=" + near.maxStaleness().toMillis(),
                "-Dhistory.max-transaction-age=" + MAX_TRANSACTION_AGE.toSeconds(),
                "-Dhistory.redis=" + redis,
                "-Dhistory.directory=" + directory);
    }

    /** How long nobody writes again and again, so that a row that a node has missed shows; longer than it may be late. */
    Duration rest() {
        return near.enabled() ? near.maxStaleness().plusMillis(500) : Duration.ZERO;
    }

    Protocol protocol() {
        return new Protocol(
                Duration.ofMillis(100), LEASE, Duration.ofMillis(500), MAX_TRANSACTION_AGE, Duration.ZERO, mode, 2);
    }
}
