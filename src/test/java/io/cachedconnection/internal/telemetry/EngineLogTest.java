package io.cachedconnection.internal.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.internal.engine.FakeTime;
import io.cachedconnection.internal.engine.store.EngineEvents.Detail;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.KeySpace.KeyNames;
import io.cachedconnection.internal.engine.store.UnreadableValueException;
import io.cachedconnection.internal.engine.store.UnreadableValueException.Fault;
import io.cachedconnection.testing.NotedLog;
import io.cachedconnection.testing.Seeds;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class EngineLogTest {

    private static final EntryKey KEY = KeySpace.of("users", "").key(Seeds.ARGUMENT);
    private final UnreadableValueException cause = new UnreadableValueException("not JSON");

    private final FakeTime time = new FakeTime();
    private final NotedLog lines = new NotedLog();
    private final EngineLog log = new EngineLog("cache.example:6379", name -> lines, time);

    @Test
    void storeLost_eachTime_isAWarning() {
        log.storeLost("timed out");
        log.storeLost("timed out");

        assertThat(lines.of(Level.WARNING))
                .hasSize(2)
                .containsOnly("CC-0301 Redis at cache.example:6379 does not answer (timed out). Lookups run the"
                        + " repository methods until it does; next note in 60 s.");
    }

    @Test
    void storeBack_eachTime_isSaid() {
        log.storeBack();

        assertThat(lines.of(Level.INFO)).containsExactly("CC-0302 Redis at cache.example:6379 answers again.");
    }

    @Test
    void undecodable_manyTimes_isOneWarningAMinute() {
        log.undecodable(KEY, cause);
        log.undecodable(KEY, cause);
        time.pass(Duration.ofMinutes(1));
        log.undecodable(KEY, cause);

        assertThat(lines.of(Level.WARNING))
                .hasSize(2)
                .containsOnly("CC-0401 An entry of cache users in Redis could not be read (not JSON). It is removed"
                        + " and the value is loaded again; next note in 60 s.");
    }

    @Test
    void undecodable_byANodeWithoutStamps_saysOnceAMinuteWhatToSetWhereAllIsEvictedByStamp() {
        KeySpace ofTags = KeySpace.ofTags("shop", KeyNames.clear());
        KeySpace space = KeySpace.of("users", "shop");
        UnreadableValueException without =
                new UnreadableValueException(Fault.OUTDATED, UnreadableValueException.WITHOUT_STAMPS);
        log.undecodable(space.key(Seeds.ARGUMENT), without);
        log.undecodable(space.stamped(ofTags, true).key(Seeds.ARGUMENT), without);
        log.undecodable(
                space.stamped(ofTags, false).key(Seeds.ARGUMENT), new UnreadableValueException(Fault.OUTDATED, "x"));
        assertThat(lines.of(Level.WARNING)).isEmpty();

        for (int i = 0; i < 2; i++) {
            log.undecodable(space.stamped(ofTags, false).key(Seeds.ARGUMENT), without);
            log.undecodable(space.stamped(ofTags, false).key(Seeds.ARGUMENT), without);
            time.pass(Duration.ofMinutes(1));
        }
        assertThat(lines.of(Level.WARNING))
                .hasSize(2)
                .containsOnly("CC-0328 A node with an older version, without stamps, uses or has used cache users"
                        + " in Redis at"
                        + " cache.example:6379. It may serve stale values after this node has evicted the whole"
                        + " cache. Set cached-connection.evict.all=SWEEP until that node is gone; next note"
                        + " in 60 s.");
    }

    @Test
    void lied_manyTimes_isOneWarningAMinuteWithAHashOfTheKey() {
        log.lied(KEY);
        log.lied(KEY);
        time.pass(Duration.ofMinutes(1));
        log.lied(KEY);

        assertThat(lines.of(Level.WARNING))
                .hasSize(2)
                .allMatch(line -> line.startsWith("CC-0470 Cache users has answered with a value that its method no"
                        + " longer returns (key " + KEY.digest() + ")"))
                .noneMatch(line -> line.contains(Seeds.ARGUMENT));
    }

    @Test
    void undecodable_outdatedOrUntrusted_isSaidApart() {
        log.undecodable(KEY, new UnreadableValueException(Fault.OUTDATED, "another type"));
        log.undecodable(KEY, new UnreadableValueException(Fault.UNTRUSTED, "an unknown key"));

        assertThat(lines.of(Level.INFO)).singleElement().asString().startsWith("CC-0404 An entry of cache users");
        assertThat(lines.of(Level.WARNING)).singleElement().asString().startsWith("CC-0405 An entry of cache users");
    }

    @Test
    void changes_unheardAndHeard_areSaid() {
        log.changesUnheard("it refused: NOPERM");
        log.changesHeard();

        assertThat(lines.of(Level.WARNING)).singleElement().asString().contains("CC-0304", "(it refused: NOPERM)");
        assertThat(lines.of(Level.INFO)).singleElement().asString().contains("CC-0305");
    }

    @Test
    void lookedUp_isSaidWithoutItsKey() {
        assertThat(log.followed()).isEqualTo(Detail.ALL);
        log.lookedUp(KEY, "hit", 312_000);
        log.lookedUp(KEY, "miss, load, load_stored", 5_000_000);

        assertThat(lines.of(Level.TRACE))
                .singleElement()
                .asString()
                .matches("Lookup in cache users, key [0-9a-f]{12}: hit; 312 µs\\.");
        assertThat(lines.of(Level.DEBUG))
                .singleElement()
                .asString()
                .endsWith(": miss, load, load_stored; 5000 µs.")
                .doesNotContain(Seeds.ARGUMENT);
    }

    @Test
    void fenceMended_manyTimes_isOneWarningAMinuteForEachCache() {
        log.fenceMended("users");
        log.fenceMended("users");
        log.fenceMended("orders");
        assertThat(lines.of(Level.WARNING)).hasSize(2);
        time.pass(Duration.ofMinutes(1));
        log.fenceMended("users");

        assertThat(lines.of(Level.WARNING))
                .hasSize(3)
                .last()
                .asString()
                .contains("CC-0313", "of cache users in Redis at cache.example:6379");
    }

    @Test
    void servers_eachEvent_isAWarningThatNamesTheServer() {
        log.serverUnknown("a.example:1");
        log.serverReplaced("b.example:2");
        log.serverForgets("c.example:3", "allkeys-lru");
        log.serverWritesAlone("d.example:4");

        assertThat(lines.of(Level.WARNING)).hasSize(4).satisfies(said -> {
            assertThat(said.get(0)).startsWith("CC-0306 Redis at a.example:1 does not say");
            assertThat(said.get(1)).startsWith("CC-0307 Redis at b.example:2 was restarted");
            assertThat(said.get(2))
                    .startsWith("CC-0308 Redis at c.example:3")
                    .contains("(maxmemory-policy allkeys-lru)");
            assertThat(said.get(3)).startsWith("CC-0309 Redis at d.example:4 has replicas");
        });
    }

    @Test
    void unencodable_manyTimes_isOneWarning() {
        log.unencodable(KEY, cause);
        log.unencodable(KEY, cause);

        assertThat(lines.of(Level.WARNING))
                .containsExactly(
                        "CC-0402 A value of cache users is not cached, because it does not survive JSON (not JSON)."
                                + " Find the remedy for this case under CC-0402 in docs/reference/messages.md; next"
                                + " note in 60 s.");
    }

    @Test
    void tooLarge_manyTimes_isOneWarning() {
        log.tooLarge(KEY, 12, 10);
        log.tooLarge(KEY, 13, 10);

        assertThat(lines.of(Level.WARNING))
                .containsExactly("CC-0403 A value of cache users takes 12 bytes, more than max-value-bytes (10), and is"
                        + " not cached; next note in 60 s.");
    }

    @Test
    void valueEvents_ofOtherCachesAndKinds_areSaidApart() {
        log.undecodable(KEY, cause);
        log.unencodable(KEY, cause);
        log.tooLarge(KEY, 12, 10);
        log.undecodable(KeySpace.of("orders", "").key("1"), cause);

        assertThat(lines.of(Level.WARNING)).hasSize(4);
    }

    @Test
    void valueEvents_atDebug_nameTheKeyByItsDigestOnly() {
        log.undecodable(KEY, cause);
        log.undecodable(KEY, cause);

        assertThat(lines.of(Level.DEBUG)).hasSize(2).containsOnly("CC-0401 cache users, key 2e825ba032de");
        assertThat(lines.all().toString()).doesNotContain(Seeds.WORD);
    }
}
