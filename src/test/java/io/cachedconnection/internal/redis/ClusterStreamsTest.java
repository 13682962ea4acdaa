package io.cachedconnection.internal.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.testing.NotedHearing;
import io.cachedconnection.testing.RedisClusterProcesses;
import io.cachedconnection.testing.Settings;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisDataException;

/** The invalidation streams of a real cluster of which keys move, and masters go. */
@Tag("proof")
@SuppressWarnings("try") // a store that only hears
class ClusterStreamsTest {

    private static final long NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final KeySpace SPACE = KeySpace.of("c", "");

    private final NotedHearing heard = new NotedHearing(Duration.ofMillis(400));

    private JedisStore hearing(RedisClusterProcesses cluster) {
        JedisStore store =
                new JedisStore(Settings.redis(cluster.place(), Duration.ofMillis(500)), Duration.ofSeconds(2));
        store.hear(Set.of("c:"), heard);
        heard.awaitBeginning(1);
        return store;
    }

    private static EntryKey keyOn(RedisClusterProcesses cluster, int master) {
        return IntStream.range(0, 1000)
                .mapToObj(i -> SPACE.key("" + i))
                .filter(key -> cluster.masterOf(key.text()) == master)
                .findFirst()
                .orElseThrow();
    }

    /** Changes {@code key} on the server that has it now. */
    private void changeIsHeard(RedisClusterProcesses cluster, EntryKey key, int server) {
        heard.changed().clear();
        try (Jedis jedis = cluster.server(server)) {
            jedis.set(key.text(), "x");
        }
        heard.awaitChanged(key.text());
    }

    /** Until what somebody puts there is found: at first what a master has may be from before, and is removed. */
    private void awaitTrust(RedisClusterProcesses cluster, JedisStore store, EntryKey key, int server) {
        heard.await(
                () -> {
                    changeIsHeard(cluster, key, server);
                    return store.find(key, NANOS) != null;
                },
                "trusted");
    }

    private static boolean takesWrites(RedisClusterProcesses cluster, EntryKey key, int server) {
        try (Jedis jedis = cluster.server(server)) {
            jedis.set(key.text(), "x");
            return true;
        } catch (JedisDataException e) {
            return false;
        }
    }

    @Test
    void feeds_ofAllMasters_areHeardAndOnlyThenProven() {
        try (RedisClusterProcesses cluster = RedisClusterProcesses.started(3, 0);
                JedisStore store = hearing(cluster)) {
            for (int master = 0; master < 3; master++) {
                changeIsHeard(cluster, keyOn(cluster, master), master);
            }
            heard.awaitNow();
            assertThat(heard.endings()).isZero();

            cluster.process(1).hang();
            long hung = System.nanoTime();
            changeIsHeard(cluster, keyOn(cluster, 0), 0);
            heard.awaitEnding(1);
            assertThat(heard.proven() - hung).isNegative();
            cluster.process(1).resume();

            heard.awaitNow();
            changeIsHeard(cluster, keyOn(cluster, 1), 1);
        }
    }

    @Test
    void feeds_slotGoesToAnotherMaster_isHeardFromThere() {
        try (RedisClusterProcesses cluster = RedisClusterProcesses.started(3, 0);
                JedisStore store = hearing(cluster)) {
            EntryKey key = keyOn(cluster, 0);
            changeIsHeard(cluster, key, 0);
            heard.changed().clear();
            int slot = RedisClusterProcesses.slot(key.text());
            cluster.beginMove(slot, 0, 1);
            cluster.endMove(slot, 0, 1);
            heard.awaitChanged(key.text()); // it is gone from the first, which is a change

            heard.awaitNow();
            awaitTrust(cluster, store, key, 1);
            changeIsHeard(cluster, key, 1);
        }
    }

    @Test
    void feeds_slotGoesToAMasterThatHadNone_nothingIsKeptUntilThatIsHeard() {
        try (RedisClusterProcesses cluster = RedisClusterProcesses.startedWithASpare(3);
                JedisStore store = hearing(cluster)) {
            EntryKey key = keyOn(cluster, 0);
            int slot = RedisClusterProcesses.slot(key.text());
            awaitTrust(cluster, store, key, 0);
            store.evict(key, NANOS);
            cluster.beginMove(slot, 0, 3);
            int floods = heard.floods();
            assertThat(store.find(key, NANOS)).isNull(); // sent to the new one, of which nothing is heard
            assertThat(heard.floods()).isGreaterThan(floods);
            cluster.endMove(slot, 0, 3);

            assertThat(store.find(key, NANOS)).isNull();
            assertThat(heard.endings()).isPositive(); // before the answer was there
            heard.awaitNow();
            changeIsHeard(cluster, key, 3);
        }
    }

    /** What a stream asks about a slot that is on its way is refused; then it asks about another one. */
    @Test
    void feeds_manySlotsAreOnTheirWay_askAboutAnotherOne() {
        try (RedisClusterProcesses cluster = RedisClusterProcesses.started(3, 0)) {
            try (Jedis source = cluster.server(0);
                    Jedis target = cluster.server(1)) {
                String id = target.clusterMyId();
                int last = 16_384 / 3 - 1;
                IntStream.range(0, last / 2).forEach(slot -> source.clusterSetSlotMigrating(slot, id));
            }
            try (JedisStore store = hearing(cluster)) {
                heard.awaitNow();
            }
        }
    }

    @Test
    void feeds_masterDies_areThatOfItsReplicaThen() {
        try (RedisClusterProcesses cluster = RedisClusterProcesses.started(3, 1);
                JedisStore store = hearing(cluster)) {
            EntryKey key = keyOn(cluster, 0);
            cluster.process(0).kill();
            heard.awaitEnding(1);
            heard.await(() -> takesWrites(cluster, key, 3), "failed over");

            heard.awaitNow();
            changeIsHeard(cluster, key, 3);
        }
    }

    @Test
    void feeds_masterGivesWayToItsReplica_areThatOne() {
        try (RedisClusterProcesses cluster = RedisClusterProcesses.started(3, 1);
                JedisStore store = hearing(cluster)) {
            EntryKey key = keyOn(cluster, 0);
            try (Jedis replica = cluster.server(3)) {
                replica.clusterFailover();
            }
            heard.await(() -> takesWrites(cluster, key, 3), "failed over");
            long over = System.nanoTime();
            heard.awaitEnding(1);
            assertThat(heard.isHeard() || heard.proven() - over < 0).isTrue();

            heard.awaitNow();
            changeIsHeard(cluster, key, 3);
        }
    }
}
