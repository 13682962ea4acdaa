package io.cachedconnection.internal.engine;

import io.cachedconnection.internal.engine.ChaosScenario.RepositoryFailure;
import io.cachedconnection.internal.engine.store.CacheSettings;
import io.cachedconnection.internal.engine.store.CacheSettings.NearSettings;
import io.cachedconnection.internal.engine.store.ProtocolSettings.OnFailure;
import io.cachedconnection.testing.Trouble;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The engine on ports other than the store that fail and answer garbage, at every single call in turn and from it on. */
@Tag("proof")
class ChaosTest {

    static Stream<Arguments> failures() {
        return ChaosSweep.inBothModes(ChaosSweep.FAILURES.stream());
    }

    static Stream<Arguments> failuresAndErrors() {
        return ChaosSweep.inBothModes(Stream.concat(
                ChaosSweep.FAILURES.stream(), ChaosSweep.ERRORS.stream().limit(2)));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void events_failAtAnyCall_nobodySeesIt(Throwable failure, Trouble trouble, OnFailure onFailure) {
        new ChaosSweep(node -> node.tellings, onFailure).with(trouble);
    }

    /** A write that cannot find out whether it is in a transaction, or not join it, is not done. */
    @ParameterizedTest
    @MethodSource("failures")
    void transactions_failAtAnyCall_noLookupSeesIt(Throwable failure, Trouble trouble, OnFailure onFailure) {
        new ChaosSweep(node -> node.scope, onFailure)
                .writesMayThrow(ChaosSweep.FAILURES::contains)
                .with(trouble);
    }

    @ParameterizedTest
    @EnumSource(OnFailure.class)
    void transactions_areNotKnownAnyMore_nobodySeesIt(OnFailure onFailure) {
        new ChaosSweep(node -> node.scope, onFailure).with(Trouble.answersGarbage());
    }

    @ParameterizedTest
    @EnumSource(OnFailure.class)
    void clock_leapsForHoursAtAnyCall_nobodySeesIt(OnFailure onFailure) {
        new ChaosSweep(node -> node.clock, onFailure).leasesStay().with(Trouble.answersGarbage());
    }

    @ParameterizedTest
    @MethodSource("failures")
    void random_failsAtAnyCall_nobodySeesIt(Throwable failure, Trouble trouble, OnFailure onFailure) {
        new ChaosSweep(node -> node.random, onFailure).with(trouble);
    }

    static Stream<Arguments> wrongNumbers() {
        return Stream.of(Double.NaN, -1.0, 2.0, 1e300, -1e300, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY)
                .flatMap(wrong -> Stream.of(OnFailure.values()).map(mode -> Arguments.of(wrong, mode)));
    }

    @ParameterizedTest
    @MethodSource("wrongNumbers")
    void random_isNoneAtAnyCall_nobodySeesIt(double wrong, OnFailure onFailure) {
        new ChaosSweep(node -> node.random, onFailure)
                .garbage(node -> node.wrongRandom = wrong)
                .with(Trouble.answersGarbage());
    }

    @ParameterizedTest
    @MethodSource("failures")
    void pause_failsAtAnyCall_nobodySeesIt(Throwable failure, Trouble trouble, OnFailure onFailure) {
        new ChaosSweep(node -> node.pause, onFailure).with(trouble);
    }

    @ParameterizedTest
    @EnumSource(OnFailure.class)
    void pause_isInterruptedAtAnyCall_nobodySeesIt(OnFailure onFailure) {
        new ChaosSweep(node -> node.pause, onFailure).with(Trouble.answersGarbage());
    }

    @ParameterizedTest
    @MethodSource("failuresAndErrors")
    void codec_failsAtAnyCall_nobodySeesIt(Throwable failure, Trouble trouble, OnFailure onFailure) {
        new ChaosSweep(node -> node.codec, onFailure).with(trouble);
    }

    @ParameterizedTest
    @EnumSource(OnFailure.class)
    void codec_givesNoBytesAtAnyCall_nobodySeesIt(OnFailure onFailure) {
        new ChaosSweep(node -> node.codec, onFailure).with(Trouble.answersGarbage());
        new ChaosSweep(node -> node.codec, onFailure)
                .garbage(node -> node.values.garbage(null))
                .with(Trouble.answersGarbage());
    }

    @ParameterizedTest
    @MethodSource("failuresAndErrors")
    void wrapping_failsAtAnyCall_nobodySeesIt(Throwable failure, Trouble trouble, OnFailure onFailure) {
        new ChaosSweep(node -> node.wrapping, onFailure).with(trouble);
    }

    @ParameterizedTest
    @EnumSource(OnFailure.class)
    void wrapping_givesNoBytesAtAnyCall_nobodySeesIt(OnFailure onFailure) {
        new ChaosSweep(node -> node.wrapping, onFailure).with(Trouble.answersGarbage());
    }

    @ParameterizedTest
    @MethodSource("failures")
    void settings_failAtAnyCall_nobodySeesIt(Throwable failure, Trouble trouble, OnFailure onFailure) {
        new ChaosSweep(node -> node.settings, onFailure).with(trouble);
    }

    @ParameterizedTest
    @EnumSource(OnFailure.class)
    void settings_areNonsenseAtAnyCall_nobodySeesIt(OnFailure onFailure) {
        new ChaosSweep(node -> node.settings, onFailure).with(Trouble.answersGarbage()); // null
        Duration negative = Duration.ofDays(-1);
        new ChaosSweep(node -> node.settings, onFailure)
                .garbage(node -> node.wrongSettings =
                        new CacheSettings(true, null, negative, negative, Double.NaN, -1, NearSettings.OFF))
                .with(Trouble.answersGarbage());
        Duration endless = Duration.ofSeconds(Long.MAX_VALUE);
        new ChaosSweep(node -> node.settings, onFailure)
                .garbage(node -> node.wrongSettings =
                        new CacheSettings(true, endless, endless, endless, 1e300, 1 << 30, NearSettings.OFF))
                .with(Trouble.answersGarbage());
    }

    @ParameterizedTest
    @EnumSource(OnFailure.class)
    void repository_failsAtAnyCall_nothingElseSuffers(OnFailure onFailure) {
        new ChaosSweep(node -> node.repository, onFailure).with(Trouble.fails(new RepositoryFailure()));
    }
}
