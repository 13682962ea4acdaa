package io.cachedconnection.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.model.Writer.Kind;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/** In all orders of the steps the promises are kept, and each protection is needed for that. */
@Tag("proof")
class ModelTest {

    private static final Reader OLD_SNAPSHOT = Reader.inTransaction("R1", 1);
    private static final Reader PLAIN = Reader.plain("R2", 1);
    private static final Passing TIME = new Passing(0, 1, 1);

    @Test
    void lookups_whileTwoWritersEvict_areAsPromised() {
        assertKept("2 readers, 2 writers", Setting.of(OLD_SNAPSHOT, PLAIN, evicts("W1"), evicts("W2"), TIME));
    }

    @Test
    void lookups_whileOneWriterPutsItsResult_areAsPromised() {
        assertKept(
                "2 readers, 2 writers of which one puts its result",
                Setting.of(OLD_SNAPSHOT, PLAIN, evicts("W1"), new Writer("W2", Kind.PUTS), TIME));
    }

    @Test
    void lookups_whileBothWritersPutTheirResults_areAsPromised() {
        Writer first = new Writer("W1", Kind.PUTS);
        Writer second = new Writer("W2", Kind.PUTS);
        assertKept("1 reader, 2 writers that put their results", Setting.of(OLD_SNAPSHOT, first, second, TIME));
    }

    @Test
    void lookups_whileATransactionPutsWhatItRead_areAsPromised() {
        assertKept("1 reader, 1 writer, 1 put of what was read", withPut());
    }

    @Test
    void lookups_whileATransactionRollsBackWhatItDoesNotUndo_areAsPromised() {
        assertKept("2 readers, 1 writer, 1 rollback of what is not undone", withRollback());
    }

    @Test
    void lookups_whoseThreadsStandStill_areAsPromised() {
        assertKept("1 reader that stands still, 1 reader, 1 writer", withPauses());
    }

    @Test
    void lookups_whileAllIsEvicted_areAsPromised() {
        assertKept("2 readers, 1 writer, 1 eviction of all", withEvictionOfAll());
    }

    @Test
    void lookups_whileATagIsEvicted_areAsPromised() {
        assertKept("2 readers, 2 writers of a tag", Setting.tagged(OLD_SNAPSHOT, PLAIN, tag("W1"), tag("W2"), TIME));
        assertKept("2 readers, 1 writer of the key, 1 of a tag", withTag());
        assertKept("2 readers, 1 of another key, 1 writer of their tag", withNeighbour());
    }

    @Test
    void lookups_whileTwoTagsAreEvicted_areAsPromised() {
        assertKept("2 readers, writers of two tags", withTwoTags());
    }

    @Test
    void lookups_whileATagIsEvictedAndAResultIsPut_areAsPromised() {
        assertKept(
                "2 readers, 1 writer of a tag, 1 that puts its result",
                Setting.tagged(OLD_SNAPSHOT, PLAIN, tag("W1"), new Writer("W2", Kind.PUTS), TIME));
        assertKept(
                "1 reader, 1 writer of a tag, 1 put of what was read",
                Setting.tagged(OLD_SNAPSHOT, tag("W1"), new Writer("P1", Kind.PUTS_WHAT_IT_READ), TIME));
    }

    @Test
    void lookups_whileAStampIsLost_areAsPromised() {
        assertKept(
                "2 readers, 1 writer of a tag, a lost stamp",
                Setting.tagged(OLD_SNAPSHOT, PLAIN, tag("W1"), OneStep.loss(Times.TAG), TIME));
        assertKept(
                "2 readers, 1 writer of the cache, its lost stamp",
                Setting.tagged(OLD_SNAPSHOT, PLAIN, ofCache("W1"), OneStep.loss(Times.OF_CACHE), TIME));
    }

    @Test
    void lookups_ofNodesThatKnowNothingOfStamps_areAsPromisedWhileAllIsSwept() {
        assertKept(
                "1 reader with stamps, 1 without, 1 writer, 1 eviction of all by sweep",
                Setting.tagged(PLAIN, Reader.ofBefore("R3", 1), evicts("W1"), sweeps(), new Passing(0, 1, 0)));
    }

    /** So an eviction of all has to sweep until the last node of before is gone. */
    @Test
    void lookups_ofNodesThatKnowNothingOfStamps_areOldAfterAnEvictionByStamp() {
        assertThat(Explorer.over(Setting.tagged(Reader.ofBefore("R3", 1), ofCache("W1")))
                        .violation())
                .isNotNull();
    }

    @Test
    void lookups_whileRedisIsReplaced_areAsPromisedWithTags() {
        assertKept(
                "2 readers, 1 writer of a tag, a restart with an old dump",
                Setting.tagged(OLD_SNAPSHOT, PLAIN, tag("W1"), restart()));
        assertKept(
                "2 readers, 1 writer of a tag, a promotion",
                Setting.tagged(OLD_SNAPSHOT, PLAIN, tag("W1"), promotion()));
    }

    private static Writer tag(String name) {
        return new Writer(name, Kind.EVICTS_TAG);
    }

    private static Writer ofCache(String name) {
        return new Writer(name, Kind.EVICTS_CACHE);
    }

    private static Writer sweeps() {
        return new Writer("A1", Kind.EVICTS_ALL);
    }

    private static Setting withNeighbour() {
        return Setting.tagged(OLD_SNAPSHOT, PLAIN, tag("W1"), OneStep.neighbour(), TIME);
    }

    private static Setting withTag() {
        return Setting.tagged(OLD_SNAPSHOT, PLAIN, evicts("W1"), tag("W2"), TIME);
    }

    private static Setting withTwoTags() {
        return Setting.tagged(OLD_SNAPSHOT, PLAIN, ofCache("W1"), tag("W2"), TIME);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lease", "evicted", "w:W1", "w:x"})
    void lookups_whileAFenceIsSpoilt_areAsPromised(String field) {
        assertKept("2 readers, 1 writer, a spoilt " + field, withSpoilt(Times.FENCE, field));
    }

    @Test
    void lookups_whileTheFenceOfTheCacheIsSpoilt_areAsPromised() {
        assertKept("2 readers, 1 writer, a spoilt fence of the cache", withSpoilt(Times.FENCE_OF_ALL, "w:x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"lease", "evicted", "w:x"})
    void spoiltFence_thatIsBelieved_keepsTheKeyFromBeingCached(String field) {
        assertThat(Explorer.over(withSpoilt(Times.FENCE, field).with(Protection.CLIPPING))
                        .violation())
                .isNotNull();
    }

    @Test
    void lookups_twiceEachWithMoreTime_areAsPromised() {
        assertKept(
                "2 readers twice each, 1 writer, more time",
                Setting.of(Reader.inTransaction("R1", 2), Reader.plain("R2", 2), evicts("W1"), new Passing(1, 1, 2)));
    }

    @Test
    void lookups_bothOfOldSnapshots_areAsPromised() {
        assertKept(
                "2 readers in transactions, 1 writer, more time",
                Setting.of(OLD_SNAPSHOT, Reader.inTransaction("R2", 1), evicts("W1"), new Passing(1, 1, 2)));
    }

    @Test
    void lookups_whileRedisRestartsWithAnOldState_areAsPromised() {
        assertKept(
                "2 readers, 1 writer, a restart with an old dump",
                Setting.of(OLD_SNAPSHOT, PLAIN, evicts("W1"), restart()));
        assertKept(
                "1 reader, 2 writers that put, a restart with an old dump",
                Setting.of(PLAIN, new Writer("W1", Kind.PUTS), new Writer("W2", Kind.PUTS), restart()));
    }

    @Test
    void lookups_whileAReplicaIsPromoted_areAsPromised() {
        assertKept("2 readers, 1 writer, a promotion", Setting.of(OLD_SNAPSHOT, PLAIN, evicts("W1"), promotion()));
        assertKept(
                "1 reader, 1 writer, 1 that puts, a promotion",
                Setting.of(PLAIN, new Writer("W1", Kind.PUTS), evicts("W2"), promotion()));
    }

    private static Replacement restart() {
        return new Replacement(Replacement.Kind.RESTART);
    }

    private static Replacement promotion() {
        return new Replacement(Replacement.Kind.PROMOTION);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "WHOLE")
    void lookups_withoutAProtection_areNotAsPromised(Protection missing) {
        long start = System.nanoTime();
        Explorer explorer = Explorer.over(setting(missing).with(missing));
        Report.line("without " + missing + ": " + explorer, start);

        assertThat(explorer.violation()).isNotNull();
        assertThat(explorer.violation().promise()).startsWith(promise(missing));
    }

    private static String promise(Protection missing) {
        return switch (missing) {
            case LEASE -> "G4";
            case CLIPPING -> "spoilt";
            case RETURN_OF_THE_COMMIT -> "G3";
            default -> "G1";
        };
    }

    private static Setting setting(Protection missing) {
        return switch (missing) {
            case SETTLE_OF_PUTS -> withPut();
            case ROLLBACK -> withRollback();
            case CLOCK_AFTER_LEASE -> withPauses();
            case RETURN_OF_THE_COMMIT -> Setting.of(PLAIN, new Writer("W1", Kind.PUTS), TIME);
            case CLIPPING -> withSpoilt(Times.FENCE_OF_ALL, "w:x");
            case TRUST, LEASES_OF_BEFORE, VALUES_OF_BEFORE -> Setting.of(PLAIN, evicts("W1"), restart());
            case RIVALRY_PAUSE, ALONE -> Setting.of(PLAIN, evicts("W1"), promotion());
            case STAMP_OF_PROMOTION -> Setting.of(OLD_SNAPSHOT, evicts("W1"), promotion());
            case STAMPS_OF_THE_LEASE, ANOTHER_STAMP -> withNeighbour();
            case STAMPS, FENCE_OF_TAG, STAMP_AT_BEGIN, STAMP_AT_END -> withTag();
            case EACH_TAG -> withTwoTags();
            case OPEN_END -> Setting.of(PLAIN, evicts("W1"), TIME);
            default -> withEvictionOfAll();
        };
    }

    private static Setting withRollback() {
        return Setting.of(OLD_SNAPSHOT, PLAIN, new Writer("W1", Kind.WRITES_ELSEWHERE), evicts("W2"), TIME);
    }

    private static Setting withPauses() {
        return Setting.of(Reader.pausing("R1"), PLAIN, evicts("W1"), new Passing(1, 1, 1));
    }

    private static Setting withSpoilt(String fence, String field) {
        return Setting.of(OLD_SNAPSHOT, PLAIN, evicts("W1"), new Spoiler(fence, field), TIME);
    }

    private static Setting withPut() {
        return Setting.of(OLD_SNAPSHOT, evicts("W1"), new Writer("P1", Kind.PUTS_WHAT_IT_READ), TIME);
    }

    private static Setting withEvictionOfAll() {
        return Setting.of(OLD_SNAPSHOT, PLAIN, evicts("W1"), new Writer("A1", Kind.EVICTS_ALL), TIME);
    }

    private static Writer evicts(String name) {
        return new Writer(name, Kind.EVICTS);
    }

    private static void assertKept(String title, Setting setting) {
        long start = System.nanoTime();
        Explorer explorer = Explorer.over(setting);
        Report.line(title + ": " + explorer, start);

        assertThat(explorer.violation()).isNull();
        assertThat(explorer.states()).isGreaterThan(10_000); // it did explore
    }
}
