package io.cachedconnection.rolling;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.internal.engine.read.CacheCounters.Event;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.FormatSettings;
import io.cachedconnection.internal.engine.store.FormatSettings.Codec;
import io.cachedconnection.internal.engine.store.FormatSettings.Format;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.LookupResult.Source;
import io.cachedconnection.internal.json.Provider;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two versions of an application on one Redis, as while nodes are replaced one by one. Each has classes of its own, in a
 * class loader of its own; both look up, write, put and evict one key. Every lookup returns what its own repository would
 * make of the row, and not as it was before a write that is over.
 */
@Tag("proof")
@Timeout(120)
class RollingDeploymentTest {

    private static final int THREADS_PER_NODE = 2;
    private static final int STEPS = 60;
    private static final int LOOKUPS = 2000;

    @TempDir
    private static Path folder;

    private static Releases releases;

    private final Row row = new Row();
    private final EntryKey key =
            KeySpace.of("rolling", "").key(UUID.randomUUID().toString());

    @BeforeAll
    static void compile() {
        releases = new Releases(folder);
    }

    static Stream<Arguments> turns() {
        return Arrays.stream(TypeChange.values())
                .flatMap(change -> Stream.of(
                        Arguments.of(change, false, Provider.YASSON, Provider.YASSON),
                        Arguments.of(change, false, Provider.JOHNZON, Provider.JOHNZON),
                        Arguments.of(change, true, Provider.YASSON, Provider.JOHNZON)));
    }

    static Stream<Arguments> changes() {
        return Arrays.stream(TypeChange.values())
                .flatMap(change -> Stream.of(Arguments.of(change, false), Arguments.of(change, true)));
    }

    @ParameterizedTest
    @MethodSource("turns")
    void versions_inTurns_eachSeesItsOwn(TypeChange change, boolean near, Provider first, Provider second)
            throws Exception {
        Wire before = new Wire(first, FormatSettings.DEFAULT, near);
        Wire after = new Wire(second, FormatSettings.DEFAULT, near);
        try (RollingNode newer = new RollingNode(releases.after(change), row, key, after)) {
            try (RollingNode older = new RollingNode(releases.before(change), row, key, before)) {
                Turns.take(older, newer);
                Turns.take(newer, older);
                assertOutdated(change, List.of(older, newer), change.isStored(first, second));
            }
            newer.look();
            boolean stored = change.isStored(second, second);
            assertThat(newer.look()).isIn(stored ? List.of(Source.NEAR, Source.REDIS) : List.of(Source.REPOSITORY));
        }
    }

    /** A node with the direct codec and one without have one version of the application, and each other's entries. */
    @ParameterizedTest
    @MethodSource("turns")
    void codecs_ofOneVersion_readEachOthersEntries(TypeChange change, boolean near, Provider first, Provider second)
            throws Exception {
        FormatSettings byJsonb = new FormatSettings(Format.ENVELOPE, FormatSettings.NEVER, null, null, Codec.JSONB);
        try (RollingNode direct = new RollingNode(
                        releases.before(change), row, key, new Wire(first, FormatSettings.DEFAULT, near));
                RollingNode other =
                        new RollingNode(releases.before(change), row, key, new Wire(second, byJsonb, near))) {
            Turns.take(direct, other);
            Turns.take(other, direct);
            for (RollingNode node : List.of(direct, other)) {
                assertThat(node.count(Event.UNDECODABLE) + node.count(Event.OUTDATED))
                        .isZero();
            }
            if (change.isStored(first, first) && change.isStored(second, second)) {
                direct.evict();
                other.look();
                long loads = sum(Event.LOAD, direct, other);
                direct.look();
                other.evict();
                direct.look();
                other.look();
                assertThat(sum(Event.LOAD, direct, other) - loads).isLessThanOrEqualTo(near ? 3 : 1);
            }
        }
    }

    private static void assertOutdated(TypeChange change, List<RollingNode> nodes, boolean stored) {
        for (RollingNode node : nodes) {
            assertThat(node.count(Event.UNDECODABLE)).isZero();
            assertThat(node.count(Event.UNTRUSTED)).isZero();
            if (change.keepsShape()) {
                assertThat(node.count(Event.OUTDATED)).isZero();
            }
        }
        if (!change.keepsShape() && stored) {
            assertThat(nodes.stream().mapToLong(node -> node.count(Event.OUTDATED)))
                    .allMatch(outdated -> outdated > 0);
        }
    }

    @ParameterizedTest
    @MethodSource("changes")
    void versions_atTheSameTime_eachSeesItsOwn(TypeChange change, boolean near) throws Exception {
        Wire wire = new Wire(Provider.YASSON, FormatSettings.DEFAULT, near);
        try (RollingNode older = new RollingNode(releases.before(change), row, key, wire);
                RollingNode newer = new RollingNode(releases.after(change), row, key, wire)) {
            run(List.of(older, newer));
            assertThat(older.count(Event.UNDECODABLE) + newer.count(Event.UNDECODABLE))
                    .isZero();
        }
    }

    /** Tells what it costs that both versions want one key, as often as each other; see docs/how-to/upgrades.md. */
    @ParameterizedTest
    @CsvSource({"ORDER_CHANGED,false", "MEMBER_ADDED,false", "ORDER_CHANGED,true", "MEMBER_ADDED,true"})
    void hotKey_halfAndHalf_tellsItsCost(TypeChange change, boolean near) throws Exception {
        Wire wire = new Wire(Provider.YASSON, FormatSettings.DEFAULT, near);
        try (RollingNode older = new RollingNode(releases.before(change), row, key, wire);
                RollingNode newer = new RollingNode(releases.after(change), row, key, wire)) {
            Random random = new Random(7);
            for (int i = 0; i < LOOKUPS; i++) {
                assertThat((random.nextBoolean() ? older : newer).look()).isNotNull();
            }
            System.out.printf(
                    "Rolling deployment, %s, near %s: %d lookups, %d loads, %d outdated%n",
                    change, near, LOOKUPS, sum(Event.LOAD, older, newer), sum(Event.OUTDATED, older, newer));
        }
    }

    private static long sum(Event event, RollingNode one, RollingNode other) {
        return one.count(event) + other.count(event);
    }

    private static void run(List<RollingNode> nodes) throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < nodes.size() * THREADS_PER_NODE; i++) {
                RollingNode node = nodes.get(i % nodes.size());
                Random random = new Random(i);
                all.add(threads.submit(() -> steps(node, random)));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static Void steps(RollingNode node, Random random) throws Exception {
        for (int i = 0; i < STEPS; i++) {
            switch (random.nextInt(10)) {
                case 0 -> node.write();
                case 1 -> node.put();
                case 2 -> node.evict();
                default -> node.look();
            }
        }
        return null;
    }
}
