package io.cachedconnection.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.model.Writer.Kind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The real store and its scripts do in Redis, step by step, what the store in memory does, on which the model is explored. */
@Tag("proof")
class ScriptsTest {

    private static final ScriptedStore STORE = new ScriptedStore();

    @AfterAll
    static void close() {
        STORE.close();
    }

    @Test
    void schedules_writesOfAKey_goAlikeInRedis() {
        assertGoesAlike(Setting.of(
                Reader.inTransaction("R1", 1),
                Reader.plain("R2", 1),
                new Writer("W1", Kind.PUTS),
                new Passing(1, 1, 1)));
    }

    @Test
    void schedules_anEvictionOfAll_goAlikeInRedis() {
        assertGoesAlike(
                Setting.of(Reader.inTransaction("R1", 1), new Writer("A1", Kind.EVICTS_ALL), new Passing(1, 1, 1)));
    }

    @Test
    void schedules_twoReadersAndTwoWriters_goAlikeInRedis() {
        assertGoesAlike(Setting.of(
                Reader.inTransaction("R1", 1),
                Reader.plain("R2", 1),
                new Writer("W1", Kind.EVICTS),
                new Writer("W2", Kind.PUTS),
                new Passing(0, 1, 0)));
    }

    @Test
    void schedules_aReaderThatStandsStill_goAlikeInRedis() {
        assertGoesAlike(Setting.of(Reader.pausing("R1"), new Writer("W1", Kind.EVICTS), new Passing(1, 1, 1)));
    }

    @Test
    void schedules_aPutOfWhatWasRead_goAlikeInRedis() {
        assertGoesAlike(Setting.of(
                new Writer("W1", Kind.EVICTS), new Writer("P1", Kind.PUTS_WHAT_IT_READ), new Passing(1, 0, 1)));
        assertGoesAlike(Setting.of(
                new Writer("A1", Kind.EVICTS_ALL), new Writer("P1", Kind.PUTS_WHAT_IT_READ), new Passing(1, 0, 1)));
    }

    @Test
    void schedules_spoiltFences_goAlikeInRedis() {
        for (String field : List.of("lease", "evicted", "w:W1", "w:x")) {
            assertGoesAlike(Setting.of(
                    Reader.plain("R1", 1),
                    new Writer("W1", Kind.PUTS),
                    new Spoiler(Times.FENCE, field),
                    new Passing(0, 0, 1)));
        }
        assertGoesAlike(Setting.of(
                new Writer("A1", Kind.EVICTS_ALL), new Spoiler(Times.FENCE_OF_ALL, "w:x"), new Passing(0, 0, 1)));
    }

    @Test
    void schedules_writesOfTags_goAlikeInRedis() {
        Writer tag = new Writer("W1", Kind.EVICTS_TAG);
        assertGoesAlike(
                Setting.tagged(Reader.inTransaction("R1", 1), Reader.plain("R2", 1), tag, new Passing(1, 1, 1)));
        assertGoesAlike(Setting.tagged(
                Reader.inTransaction("R1", 1),
                tag,
                new Writer("W2", Kind.EVICTS_CACHE),
                OneStep.neighbour(),
                new Passing(0, 1, 0)));
        assertGoesAlike(Setting.tagged(
                Reader.plain("R1", 1), tag, OneStep.loss(Times.TAG), OneStep.neighbour(), new Passing(1, 0, 0)));
    }

    @Test
    void schedules_putsUnderTags_goAlikeInRedis() {
        Writer tag = new Writer("W1", Kind.EVICTS_TAG);
        assertGoesAlike(Setting.tagged(Reader.plain("R1", 1), tag, new Writer("W2", Kind.PUTS), new Passing(1, 0, 1)));
        assertGoesAlike(Setting.tagged(
                tag, new Writer("P1", Kind.PUTS_WHAT_IT_READ), OneStep.neighbour(), new Passing(1, 1, 1)));
    }

    private static void assertGoesAlike(Setting setting) {
        long start = System.nanoTime();
        Sample sample = Sample.of(setting);
        List<List<Step>> schedules = sample.schedules();
        schedules.forEach(schedule -> assertGoesAlike(setting, schedule));
        Report.line("scripts: " + sample.kinds() + " steps and states, " + schedules.size() + " schedules", start);
    }

    private static void assertGoesAlike(Setting setting, List<Step> schedule) {
        World memory = World.of(setting);
        World redis = World.on(STORE, setting);
        STORE.reset(redis::now);
        List<String> done = new ArrayList<>();
        for (Step step : schedule) {
            String expected = memory.take(step) + " -> " + memory.storeState();
            done.add(step + " " + expected);
            assertThat(redis.take(step) + " -> " + redis.storeState())
                    .as("%s", done)
                    .isEqualTo(expected);
        }
    }
}
