package io.cachedconnection.history;

import io.cachedconnection.internal.core.Protocol;
import io.cachedconnection.internal.core.Protocol.OnFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What a run is asked to do.
 *
 * @param seconds how long the nodes work
 * @param seed what the faults and the work depend on, as far as chance is ours
 * @param mode what becomes of a write that cannot be announced
 * @param without the protection that is switched off, so that violations must be found
 * @param redis which Redis: the embedded one, or an image of Docker
 * @param directory where the nodes write what they saw
 */
record Options(int seconds, long seed, OnFailure mode, Without without, String redis, Path directory) {

    static final int NODES = 3;
    static final int HOT_KEYS = 8;

    /** Short, so that what a dead node leaves behind runs out while the test looks on. */
    static final Duration MAX_TRANSACTION_AGE = Duration.ofSeconds(Long.getLong("history.max-transaction-age", 2));

    /** Which protection is switched off. */
    enum Without {
        NOTHING,
        LEASE,
        FENCE,
        SETTLE
    }

    /** Those that the system properties tell of. */
    static Options fromProperties() {
        return new Options(
                Integer.parseInt(System.getProperty("history.seconds", "60")),
                Long.parseLong(System.getProperty("history.seed", "1")),
                OnFailure.valueOf(System.getProperty("history.mode", "FAIL")),
                Without.valueOf(System.getProperty("history.without", "nothing").toUpperCase(java.util.Locale.ROOT)),
                System.getProperty("history.redis", RedisServer.EMBEDDED),
                Path.of(System.getProperty("history.directory", "target/history")));
    }

    /** The same as system properties, for the command line of a node. */
    List<String> asProperties() {
        return List.of(
                "-Dhistory.seconds=" + seconds,
                "-Dhistory.seed=" + seed,
                "-Dhistory.mode=" + mode,
                "-Dhistory.without=" + without,
                "-Dhistory.max-transaction-age=" + MAX_TRANSACTION_AGE.toSeconds(),
                "-Dhistory.redis=" + redis,
                "-Dhistory.directory=" + directory);
    }

    Protocol protocol() {
        return new Protocol(
                Duration.ofMillis(100),
                Duration.ofSeconds(2),
                Duration.ofMillis(500),
                MAX_TRANSACTION_AGE,
                Duration.ZERO,
                mode,
                2);
    }
}
