package io.cachedconnection.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.internal.core.ChaosScenario.RepositoryFailure;
import io.cachedconnection.internal.core.Grant.Verdict;
import io.cachedconnection.internal.core.Protocol.OnFailure;
import io.cachedconnection.internal.core.StoreException.Reason;
import io.cachedconnection.testing.Chaos;
import io.cachedconnection.testing.Trouble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The engine on ports that fail and answer garbage, at every single call in turn: {@link ChaosScenario} is run once for each
 * call of a port that it makes, with trouble at that call only, and once more with trouble from that call on.
 */
class ChaosTest {

    private static final List<Throwable> FAILURES =
            List.of(new IllegalStateException("on demand"), new NullPointerException("on demand"));

    /** Those that a call may come to and go on: a class that is gone at the end of the application, a deep caller. */
    private static final List<Throwable> ERRORS = List.of(
            new StackOverflowError("on demand"),
            new NoClassDefFoundError("on demand"),
            new OutOfMemoryError("on demand"));

    private final List<String> broken = new ArrayList<>();
    private Predicate<Throwable> mayBeSeen = failure -> false;
    private Consumer<ChaosNode> garbage = node -> {};
    private boolean leasesStay;

    private static Stream<Throwable> storeFailures() {
        Stream<StoreException> announced =
                Stream.of(Reason.values()).map(reason -> new StoreException(reason, "on demand"));
        return Stream.of(announced, FAILURES.stream(), ERRORS.stream()).flatMap(failures -> failures);
    }

    static Stream<Arguments> storeTroubles() {
        return storeFailures()
                .flatMap(failure -> Stream.of(Trouble.fails(failure), Trouble.isDoneAndFails(failure))
                        .flatMap(trouble -> Stream.of(OnFailure.values())
                                .map(onFailure -> Arguments.of(name(failure), trouble, onFailure))));
    }

    private static String name(Throwable failure) {
        return failure instanceof StoreException store
                ? store.reason().name()
                : failure.getClass().getSimpleName();
    }

    /** Runs the scenario with trouble at each call in turn, until it makes no more. */
    private void sweep(Function<ChaosNode, Chaos> port, Trouble trouble, OnFailure onFailure) {
        int calls = 0;
        boolean happened = true;
        while (happened && broken.size() < 6) {
            int call = ++calls;
            happened = run(port, chaos -> chaos.at(call, trouble), onFailure, "at " + call);
            happened |= run(port, chaos -> chaos.from(call, trouble), onFailure, "from " + call);
        }
        assertThat(broken).isEmpty();
        assertThat(calls).as("calls of the port").isGreaterThan(4);
    }

    private boolean run(Function<ChaosNode, Chaos> port, Consumer<Chaos> planning, OnFailure onFailure, String where) {
        ChaosScenario scenario = new ChaosScenario(onFailure, mayBeSeen);
        garbage.accept(scenario.node);
        Chaos chaos = port.apply(scenario.node);
        planning.accept(chaos);
        try {
            scenario.run();
            chaos.behave();
            if (leasesStay) {
                scenario.isOverButForLeases();
            } else {
                scenario.isOver();
            }
        } catch (Throwable e) {
            broken.add(where + ": " + e + at(e));
        }
        return chaos.hasHappened();
    }

    private static String at(Throwable e) {
        return Stream.of(e.getStackTrace())
                .filter(frame -> frame.getClassName().contains("cachedconnection"))
                .limit(12)
                .map(frame -> "\n    " + frame)
                .reduce("", String::concat);
    }

    @ParameterizedTest(name = "{0} {2}")
    @MethodSource("storeTroubles")
    void store_failsAtAnyCall_nobodySeesIt(String name, Trouble trouble, OnFailure onFailure) {
        leasesStay = true; // until they run out, if they cannot be given back
        sweep(node -> node.stores, trouble, onFailure);
    }

    static Stream<Grant> wrongGrants() {
        return Stream.concat(
                Stream.of(Verdict.values())
                        .filter(verdict -> verdict != Verdict.LEASED)
                        .map(Grant::of),
                Stream.of(Grant.present(new byte[0]), Grant.present(new byte[] {'x'}), null));
    }

    @ParameterizedTest
    @MethodSource("wrongGrants")
    void store_answersGarbageAtAnyCall_nobodySeesIt(Grant wrong) {
        leasesStay = true;
        garbage = node -> node.store.wrongGrant(grant -> wrong);
        sweep(node -> node.stores, Trouble.answersGarbage(), OnFailure.RETRY);
        sweep(node -> node.stores, Trouble.answersGarbage(), OnFailure.FAIL);
    }

    @ParameterizedTest
    @EnumSource(OnFailure.class)
    void store_failsAtRandom_nobodySeesIt(OnFailure onFailure) {
        leasesStay = true;
        Trouble trouble = Trouble.isDoneAndFails(new StoreException(Reason.CONNECTION, "on demand"));
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            run(
                    node -> node.stores,
                    chaos -> chaos.when(call -> random.nextInt(4) == 0, trouble),
                    onFailure,
                    "" + seed);
        }
        assertThat(broken).isEmpty();
    }

    static Stream<Arguments> failures() {
        return FAILURES.stream()
                .flatMap(failure -> Stream.of(Trouble.fails(failure), Trouble.isDoneAndFails(failure)))
                .flatMap(ChaosTest::inBothModes);
    }

    static Stream<Arguments> failuresAndErrors() {
        return Stream.concat(FAILURES.stream(), ERRORS.stream().limit(2))
                .flatMap(failure -> Stream.of(Trouble.fails(failure), Trouble.isDoneAndFails(failure)))
                .flatMap(ChaosTest::inBothModes);
    }

    private static Stream<Arguments> inBothModes(Object trouble) {
        return Stream.of(OnFailure.values()).map(onFailure -> Arguments.of(trouble, onFailure));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void events_failAtAnyCall_nobodySeesIt(Trouble trouble, OnFailure onFailure) {
        sweep(node -> node.tellings, trouble, onFailure);
    }

    /** A write that cannot find out whether it is in a transaction, or not join it, is not done. */
    @ParameterizedTest
    @MethodSource("failures")
    void transactions_failAtAnyCall_noLookupSeesIt(Trouble trouble, OnFailure onFailure) {
        mayBeSeen = FAILURES::contains;
        sweep(node -> node.scope, trouble, onFailure);
    }

    @ParameterizedTest
    @EnumSource(OnFailure.class)
    void transactions_areNotKnownAnyMore_nobodySeesIt(OnFailure onFailure) {
        sweep(node -> node.scope, Trouble.answersGarbage(), onFailure);
    }

    @ParameterizedTest
    @EnumSource(OnFailure.class)
    void clock_leapsForHoursAtAnyCall_nobodySeesIt(OnFailure onFailure) {
        leasesStay = true;
        sweep(node -> node.clock, Trouble.answersGarbage(), onFailure);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void random_failsAtAnyCall_nobodySeesIt(Trouble trouble, OnFailure onFailure) {
        sweep(node -> node.random, trouble, onFailure);
    }

    static Stream<Arguments> wrongNumbers() {
        return Stream.of(Double.NaN, -1.0, 2.0, 1e300, -1e300, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY)
                .flatMap(ChaosTest::inBothModes);
    }

    @ParameterizedTest
    @MethodSource("wrongNumbers")
    void random_isNoneAtAnyCall_nobodySeesIt(double wrong, OnFailure onFailure) {
        garbage = node -> node.wrongRandom = wrong;
        sweep(node -> node.random, Trouble.answersGarbage(), onFailure);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void pause_failsAtAnyCall_nobodySeesIt(Trouble trouble, OnFailure onFailure) {
        sweep(node -> node.pause, trouble, onFailure);
    }

    @ParameterizedTest
    @EnumSource(OnFailure.class)
    void pause_isInterruptedAtAnyCall_nobodySeesIt(OnFailure onFailure) {
        sweep(node -> node.pause, Trouble.answersGarbage(), onFailure);
    }

    @ParameterizedTest
    @MethodSource("failuresAndErrors")
    void codec_failsAtAnyCall_nobodySeesIt(Trouble trouble, OnFailure onFailure) {
        sweep(node -> node.codec, trouble, onFailure);
    }

    @ParameterizedTest
    @EnumSource(OnFailure.class)
    void codec_givesNoBytesAtAnyCall_nobodySeesIt(OnFailure onFailure) {
        sweep(node -> node.codec, Trouble.answersGarbage(), onFailure);
        garbage = node -> node.values.garbage(null);
        sweep(node -> node.codec, Trouble.answersGarbage(), onFailure);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void settings_failAtAnyCall_nobodySeesIt(Trouble trouble, OnFailure onFailure) {
        sweep(node -> node.settings, trouble, onFailure);
    }

    @ParameterizedTest
    @EnumSource(OnFailure.class)
    void settings_areNonsenseAtAnyCall_nobodySeesIt(OnFailure onFailure) {
        sweep(node -> node.settings, Trouble.answersGarbage(), onFailure); // null
        Duration negative = Duration.ofDays(-1);
        garbage = node -> node.wrongSettings = new CacheSettings(true, null, negative, negative, Double.NaN, -1);
        sweep(node -> node.settings, Trouble.answersGarbage(), onFailure);
        Duration endless = Duration.ofSeconds(Long.MAX_VALUE);
        garbage = node -> node.wrongSettings = new CacheSettings(true, endless, endless, endless, 1e300, 1 << 30);
        sweep(node -> node.settings, Trouble.answersGarbage(), onFailure);
    }

    @ParameterizedTest
    @EnumSource(OnFailure.class)
    void repository_failsAtAnyCall_nothingElseSuffers(OnFailure onFailure) {
        sweep(node -> node.repository, Trouble.fails(new RepositoryFailure()), onFailure);
    }
}
