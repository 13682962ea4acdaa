package io.cachedconnection.history;

import io.cachedconnection.history.Redis.Topology;
import io.cachedconnection.internal.engine.store.CacheSettings.NearSettings;
import io.cachedconnection.internal.engine.store.ProtocolSettings;
import io.cachedconnection.internal.engine.store.ProtocolSettings.OnFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a run is asked to do.
 *
 * @param seconds how long the nodes work
 * @param seed what the faults and the work depend on, as far as chance is ours
 * @param mode what becomes of a write that cannot be announced
 * @param without the protection that is switched off, so that violations must be found
 * @param near what each node keeps in its memory
 * @param topology how Redis is run
 * @param redis which Redis: the embedded one, or an image of Docker
 * @param faults what befalls Redis and the nodes
 * @param operations what transactions do besides plain lookups and writes
 * @param isMixed whether each node has settings of its own
 * @param verify the share of the hits of hot rows that are compared with the database
 * @param directory where the nodes write what they saw
 */
record Options(
        int seconds,
        long seed,
        OnFailure mode,
        Without without,
        NearSettings near,
        Topology topology,
        String redis,
        Set<Fault> faults,
        Set<Operation> operations,
        boolean isMixed,
        double verify,
        Path directory) {

    static final int NODES = 3;
    static final int HOT_KEYS = 8;

    private static final int NEAR_ENTRIES = 1000; // room for all hot rows: what is pushed out cannot be late

    /** The first node is as all are where they do not differ. */
    private static final List<Duration> LEASES = seconds(2, 1, 3);

    private static final Duration EVICT_TIMEOUT = Duration.ofSeconds(1);

    private static final List<Duration> BUDGETS =
            List.of(Duration.ofMillis(100), Duration.ofMillis(60), Duration.ofMillis(200));

    /** Short, so that what a dead node leaves behind runs out while the test looks on. */
    private static final List<Duration> MAX_TRANSACTION_AGES =
            seconds(Long.getLong("history.max-transaction-age", 2), 1.5, 3);

    private static List<Duration> seconds(double... seconds) {
        return Arrays.stream(seconds)
                .mapToObj(each -> Duration.ofMillis(Math.round(each * 1000)))
                .toList();
    }

    /** What a transaction may do besides: each is what an application does, and what caches go wrong at. */
    enum Operation {
        /** Puts programmatically what it has read, or written. */
        HAND_PUTS,
        /** Puts a value of which it has written one part and read the other, perhaps before another one wrote that. */
        PARTS,
        /** Tells a key of what it has written only when it has. */
        KEY_OF_RESULT,
        /** Tells of its transaction by a unit of work, for no transaction manager does. */
        UNITS_OF_WORK,
        /** Its client gives up on the commit, which the database goes on with. */
        LOST_COMMITS;

        /** All; but a commit that is lost while Redis forgets its announcement is two failures within one write. */
        static Set<Operation> usual(Set<Fault> faults) {
            boolean forgets = faults.stream().anyMatch(Fault::isForgetting);
            return forgets ? EnumSet.complementOf(EnumSet.of(LOST_COMMITS)) : EnumSet.allOf(Operation.class);
        }
    }

    /** How the cache is to know of the next transaction: of most of them all. */
    Session.Knowledge knowledge(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> Session.Knowledge.AGE_UNKNOWN;
            case 1 ->
                operations.contains(Operation.UNITS_OF_WORK)
                        ? Session.Knowledge.UNIT_OF_WORK
                        : Session.Knowledge.AGE_UNKNOWN;
            default -> Session.Knowledge.MANAGED;
        };
    }

    /** Which protection is switched off. */
    enum Without {
        NOTHING,
        LEASE,
        FENCE,
        SETTLE,
        /** A write whose client has given up on it is ended like one that has returned. */
        OPEN,
        /** What a value carries is not compared with the stamps of its tags: it is served for as long as it is there. */
        COMPARISON,
        /** What is heard of a key while it is being read is not noted: a near cache that just puts what it has read. */
        STAMP,
        /** Gaps in what is heard are not noted, nor that all has changed. */
        FLUSH,
        /** Nobody asks whether changes are heard: they always are. */
        HEARTBEAT,
        /** A hit that differs from the database counts as a lie even if the fences explain it: some that are none are found. */
        QUESTION,
        /** Cold rows show what is written without them: those lies must be found. */
        EVICTIONS;

        /** Whether it shows in what verification finds, not in what lookups see. */
        boolean isOfVerification() {
            return this == QUESTION || this == EVICTIONS;
        }

        /** Whether it is a protection of the near cache. */
        boolean isNear() {
            return this == STAMP || this == FLUSH || this == HEARTBEAT;
        }
    }

    /** Those that the system properties tell of. */
    static Options fromProperties() {
        Without without = Without.valueOf(text("without", "nothing"));
        boolean near = without.isNear() || Boolean.getBoolean("history.near");
        Duration maxStaleness = Duration.ofMillis(Long.getLong("history.near.max-staleness", 1000));
        Topology topology = Topology.valueOf(text("topology", "one"));
        Set<Fault> faults = chosen("faults", Fault.class, Fault.usual(topology, near));
        return new Options(
                Integer.parseInt(System.getProperty("history.seconds", "60")),
                Long.parseLong(System.getProperty("history.seed", "1")),
                OnFailure.valueOf(System.getProperty("history.mode", "FAIL")),
                without,
                new NearSettings(near, NEAR_ENTRIES, maxStaleness),
                topology,
                System.getProperty("history.redis", RedisServer.EMBEDDED),
                faults,
                chosen("operations", Operation.class, Operation.usual(faults)),
                Boolean.getBoolean("history.mixed"),
                Double.parseDouble(System.getProperty("history.verify", "0")),
                Path.of(System.getProperty("history.directory", "target/history")));
    }

    private static String text(String name, String byDefault) {
        return System.getProperty("history." + name, byDefault).toUpperCase(Locale.ROOT);
    }

    /** Those whose names are given: {@code usual} for the default, {@code none} for none. */
    private static <E extends Enum<E>> Set<E> chosen(String name, Class<E> type, Set<E> byDefault) {
        String text = text(name, "usual");
        if (text.equals("USUAL")) {
            return byDefault;
        }
        Set<E> chosen = EnumSet.noneOf(type);
        Stream.of(text.split(","))
                .filter(each -> !each.equals("NONE"))
                .forEach(each -> chosen.add(Enum.valueOf(type, each)));
        return chosen;
    }

    private static String names(Set<?> chosen) {
        return chosen.isEmpty() ? "none" : chosen.stream().map(Object::toString).collect(Collectors.joining(","));
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
                "-Dhistory.max-transaction-age=" + MAX_TRANSACTION_AGES.get(0).toSeconds(),
                "-Dhistory.topology=" + topology,
                "-Dhistory.redis=" + redis,
                "-Dhistory.faults=" + names(faults),
                "-Dhistory.operations=" + names(operations),
                "-Dhistory.mixed=" + isMixed,
                "-Dhistory.verify=" + verify,
                "-Dhistory.directory=" + directory);
    }

    /** How long nobody writes again and again, so that a row that a node has missed shows; longer than it may be late. */
    Duration rest() {
        return near.enabled() ? near.maxStaleness().plusMillis(500) : Duration.ZERO;
    }

    /** What the node {@code number} keeps in its memory: where they differ, one of them nothing. */
    NearSettings near(int number) {
        return new NearSettings(
                near.enabled() && ofNode(List.of(true, false, true), number), NEAR_ENTRIES, near.maxStaleness());
    }

    Duration maxTransactionAge(int number) {
        return ofNode(MAX_TRANSACTION_AGES, number);
    }

    /** Where settings differ, those of the most patient node. A fill's lease and the fence that holds it do not live longer. */
    Checker.Bounds bounds() {
        Duration transaction = isMixed ? Collections.max(MAX_TRANSACTION_AGES) : maxTransactionAge(0);
        Duration lease = isMixed ? Collections.max(LEASES) : LEASES.get(0);
        return new Checker.Bounds(near.maxStaleness(), transaction, lease.plus(transaction));
    }

    private <T> T ofNode(List<T> each, int number) {
        return each.get(isMixed ? number : 0);
    }

    ProtocolSettings protocol(int number) {
        return new ProtocolSettings(
                ofNode(BUDGETS, number),
                ofNode(LEASES, number),
                Duration.ofMillis(500),
                maxTransactionAge(number),
                Duration.ZERO,
                EVICT_TIMEOUT,
                mode,
                2);
    }
}
