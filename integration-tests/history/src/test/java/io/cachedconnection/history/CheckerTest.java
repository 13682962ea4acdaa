package io.cachedconnection.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachedconnection.history.Event.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The checker finds what it is there to find, and nothing else. */
class CheckerTest {

    private static final int NODE = 1;
    private static final int READER = 2;
    private static final Duration BOUND = Duration.ofSeconds(1);
    private static final Duration TRANSACTION = Duration.ofSeconds(2);
    private static final Duration FILL = Duration.ofSeconds(4);
    private static final Checker.Bounds BOUNDS = new Checker.Bounds(BOUND, TRANSACTION, FILL);
    private static final Row ZERO = new Row(0, 0);
    private static final Row ONE = new Row(1, ((long) NODE << 40) + 1);
    private static final Row TWO = new Row(2, ((long) NODE << 40) + 2);
    private static final long SECOND = 1_000_000_000L;

    private static Event write(Kind outcome, Row row, long end) {
        return new Event(outcome, 0, end - 10, end, row, 0);
    }

    private static Event lookup(Row row, long start) {
        return new Event(Kind.LOOKUP, 0, start, start + 10, row, start);
    }

    private static Report checked(Map<Integer, Long> deaths, Event... events) {
        Report report = new Report(0);
        Checker checker = new Checker(Map.of(0, Set.of(ZERO, ONE, TWO)), deaths, report, BOUNDS);
        List.of(events).forEach(checker::write);
        checker.settle();
        List.of(events).forEach(event -> checker.lookup(READER, event));
        return report;
    }

    private static String counts(Report report) {
        return report.line().replaceAll(".*(violations=\\d+ uncommitted=\\d+ longestStaleMs=\\d+).*", "$1");
    }

    private static final Event FIRST = write(Kind.COMMITTED, ONE, 100);
    private static final Event SECOND_WRITE = write(Kind.COMMITTED, TWO, 200);

    @Test
    void lookup_afterAWriteReturned_mustSeeIt() {
        long late = 200 + 5_000_000;

        assertThat(counts(checked(Map.of(), FIRST, SECOND_WRITE, lookup(ONE, late))))
                .isEqualTo("violations=1 uncommitted=0 longestStaleMs=5");
        assertThat(checked(Map.of(), FIRST, SECOND_WRITE, lookup(TWO, late)).isClean())
                .isTrue();
    }

    @Test
    void lookup_beforeAWriteReturned_maySeeEither() {
        assertThat(checked(Map.of(), FIRST, SECOND_WRITE, lookup(ONE, 199), lookup(TWO, 150))
                        .isClean())
                .isTrue();
    }

    @Test
    void lookup_writesReturnedInTheOtherOrder_mustSeeTheHighest() {
        Event first = write(Kind.COMMITTED, ONE, 300);

        assertThat(counts(checked(Map.of(), SECOND_WRITE, first, lookup(ONE, 400))))
                .startsWith("violations=1 ");
    }

    @Test
    void lookup_inATransaction_mustSeeWhatWasWrittenBeforeItBegan() {
        Event old = new Event(Kind.LOOKUP, 0, 300, 310, ONE, 150);

        assertThat(checked(Map.of(), FIRST, SECOND_WRITE, old).isClean()).isTrue();
    }

    @Test
    void lookup_nodeDiedPastItsCommit_mustSeeItAfterTheLongestTransaction() {
        Map<Integer, Long> deaths = Map.of(NODE, 1000L);

        assertThat(checked(deaths, FIRST, lookup(ONE, SECOND)).isClean()).isTrue();
        assertThat(counts(checked(deaths, FIRST, lookup(ONE, 3 * SECOND)))).startsWith("violations=1 ");
    }

    private static Event load(Row row, long end) {
        return new Event(Kind.LOAD, 0, end - 10, end, row, end - 10);
    }

    @Test
    void lookup_clientGaveUpOnACommit_mustSeeItOnceItWasLoaded() {
        Event givenUp = write(Kind.UNKNOWN, TWO, 200);

        assertThat(checked(Map.of(), FIRST, givenUp, load(TWO, 500), lookup(ONE, 499))
                        .isClean())
                .isTrue();
        assertThat(counts(checked(Map.of(), FIRST, givenUp, load(TWO, 500), lookup(ONE, 501))))
                .startsWith("violations=1 ");
    }

    @Test
    void lookup_clientGaveUpOnACommitThatWasNotLoaded_mustSeeItAfterTheLongestTransaction() {
        Event givenUp = write(Kind.UNKNOWN, TWO, 200);
        long over = 200 + TRANSACTION.toNanos();

        assertThat(checked(Map.of(), FIRST, givenUp, load(ONE, 500), lookup(ONE, over))
                        .isClean())
                .isTrue();
        assertThat(counts(checked(Map.of(), FIRST, givenUp, load(ONE, 500), lookup(ONE, over + 1))))
                .startsWith("violations=1 ");
    }

    @Test
    void lookup_ofWhatAClientGaveUpOnAndIsNotCommitted_isFound() {
        Row never = new Row(3, 99);

        assertThat(counts(checked(Map.of(), FIRST, SECOND_WRITE, write(Kind.UNKNOWN, never, 300), lookup(never, 400))))
                .startsWith("violations=0 uncommitted=1 ");
    }

    @Test
    void lookup_ofWhatWasNeverCommitted_isFound() {
        Row never = new Row(3, 99);

        assertThat(counts(checked(Map.of(), FIRST, SECOND_WRITE, lookup(never, 300))))
                .startsWith("violations=0 uncommitted=1 ");
    }

    @Test
    void ownLookup_mustSeeWhatTheTransactionWrote() {
        Event own = new Event(Kind.OWN_LOOKUP, 0, 300, 310, new Row(3, 99), 3);
        Event missed = new Event(Kind.OWN_LOOKUP, 0, 300, 310, TWO, 3);

        assertThat(checked(Map.of(), FIRST, SECOND_WRITE, own).isClean()).isTrue();
        assertThat(checked(Map.of(), FIRST, SECOND_WRITE, missed).isClean()).isFalse();
    }

    private static Event near(Row row, long start) {
        return new Event(Kind.NEAR_LOOKUP, 0, start, start + 10, row, start);
    }

    @Test
    void nearLookup_lateWithinTheBound_isMeasured() {
        Report report = checked(Map.of(), FIRST, SECOND_WRITE, near(ONE, SECOND + 200));

        assertThat(report.isClean()).isTrue();
        assertThat(report.line()).endsWith(" nearLongestStaleMs=1000");
        assertThat(report.isNearLaterThan(BOUND)).isFalse();
    }

    @Test
    void nearLookup_laterThanTheBound_isFound() {
        Report report = checked(Map.of(), FIRST, SECOND_WRITE, near(ONE, SECOND + 201));

        assertThat(counts(report)).isEqualTo("violations=1 uncommitted=0 longestStaleMs=1000");
        assertThat(report.isNearLaterThan(BOUND)).isTrue();
    }

    @Test
    void nearLookup_inAnOldTransaction_mustSeeWhatIsOlderThanTheBound() {
        Event old = new Event(Kind.NEAR_LOOKUP, 0, 3 * SECOND, 3 * SECOND + 10, ONE, 150);

        assertThat(counts(checked(Map.of(), FIRST, SECOND_WRITE, old))).startsWith("violations=1 ");
    }

    @Test
    void nearLookup_ofWhatItsOwnNodeHasWritten_mustSeeIt() {
        Report report = new Report(0);
        Checker checker = new Checker(Map.of(0, Set.of(ZERO, ONE, TWO)), Map.of(), report, BOUNDS);
        List.of(FIRST, SECOND_WRITE).forEach(checker::write);
        checker.settle();
        checker.lookup(NODE, near(ONE, 200)); // both at once
        assertThat(report.isClean()).isTrue();

        checker.lookup(NODE, near(ONE, 201));

        assertThat(counts(report)).startsWith("violations=1 ");
        assertThat(report.nearDetails()).contains("missed what their own node had written 1;");
    }

    @Test
    void nearLookup_ofWhatWasNeverCommitted_isFound() {
        assertThat(counts(checked(Map.of(), FIRST, SECOND_WRITE, near(new Row(3, 99), 300))))
                .startsWith("violations=0 uncommitted=1 ");
    }

    private static Event brief(long start, long loadedAt, long storedAt) {
        return new Event(Kind.BRIEF_LOOKUP, 0, start, start + 10, new Row(loadedAt, 0), storedAt);
    }

    @Test
    void briefLookup_afterItsEndInRedis_isFound() {
        Event loaded = brief(990, 1000, SECOND);
        long over = SECOND + Plans.BRIEF_LIFE.toNanos();

        assertThat(checked(Map.of(), FIRST, SECOND_WRITE, loaded, brief(over, 1000, 0))
                        .isClean())
                .isTrue();
        assertThat(checked(Map.of(), FIRST, SECOND_WRITE, loaded, brief(over + SECOND / 10, 1000, 0))
                        .isClean())
                .isFalse();
    }

    @Test
    void briefLookup_loaderDiedBeforeItSaidWhenItWasStored_mayBeAsLateAsThatMayHaveBeen() {
        long last = 1000 + FILL.toNanos() + Plans.BRIEF_LIFE.toNanos();

        assertThat(checked(Map.of(), FIRST, SECOND_WRITE, brief(last, 1000, 0)).isClean())
                .isTrue();
        assertThat(checked(Map.of(), FIRST, SECOND_WRITE, brief(last + SECOND, 1000, 0))
                        .isClean())
                .isFalse();
    }

    @Test
    void lookup_threw_isNotClean() {
        Event threw = new Event(Kind.THREW, 0, 300, 310, ZERO, 300);

        assertThat(checked(Map.of(), FIRST, SECOND_WRITE, lookup(TWO, 300), threw)
                        .isCommittedOnly())
                .isFalse();
    }

    @Test
    void nothingLookedUp_isNotClean() {
        assertThat(checked(Map.of(), FIRST, SECOND_WRITE).isClean()).isFalse();
    }

    @Test
    void write_theDatabaseSaysOtherwise_isAnError() {
        assertThatThrownBy(() -> checked(Map.of(), write(Kind.ROLLED_BACK, ONE, 100)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void write_ofALivingNodeThatNeverReturned_isAnError() {
        assertThatThrownBy(() -> checked(Map.of(), FIRST)).isInstanceOf(IllegalStateException.class);
    }
}
