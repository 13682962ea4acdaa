package io.cachedconnection.internal.engine;

import io.cachedconnection.internal.engine.store.LeaseResult;
import io.cachedconnection.internal.engine.store.LeaseResult.Verdict;
import io.cachedconnection.internal.engine.store.ProtocolSettings.OnFailure;
import io.cachedconnection.internal.engine.store.StoreException;
import io.cachedconnection.internal.engine.store.StoreException.Reason;
import io.cachedconnection.testing.Trouble;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The engine on a store that fails and answers garbage, at every single call in turn and from it on. */
@Tag("proof")
class ChaosStoreTest {

    static Stream<Arguments> failures() {
        Stream<Throwable> announced =
                Stream.of(Reason.values()).map(reason -> new StoreException(reason, reason.name()));
        Stream<Throwable> others = Stream.concat(ChaosSweep.FAILURES.stream(), ChaosSweep.ERRORS.stream());
        return ChaosSweep.inBothModes(Stream.concat(announced, others));
    }

    @ParameterizedTest(name = "{0} {2}")
    @MethodSource("failures")
    void store_failsAtAnyCall_nobodySeesIt(Throwable failure, Trouble trouble, OnFailure onFailure) {
        sweep(onFailure).with(trouble);
    }

    private static ChaosSweep sweep(OnFailure onFailure) {
        return new ChaosSweep(node -> node.stores, onFailure).leasesStay();
    }

    static Stream<LeaseResult> wrongGrants() {
        return Stream.concat(
                Stream.of(Verdict.values())
                        .filter(verdict -> verdict != Verdict.LEASED)
                        .map(LeaseResult::of),
                Stream.of(LeaseResult.present(new byte[0]), LeaseResult.present(new byte[] {'x'}), null));
    }

    @ParameterizedTest
    @MethodSource("wrongGrants")
    void store_answersGarbageAtAnyCall_nobodySeesIt(LeaseResult wrong) {
        for (OnFailure onFailure : OnFailure.values()) {
            sweep(onFailure)
                    .garbage(node -> node.store.wrongGrant(grant -> wrong))
                    .with(Trouble.answersGarbage());
        }
    }

    /** Also whether it answers flickers. */
    @ParameterizedTest
    @EnumSource(OnFailure.class)
    void store_failsOrLiesAtRandom_nobodySeesIt(OnFailure onFailure) {
        ChaosSweep sweep = sweep(onFailure);
        Trouble failure = Trouble.isDoneAndFails(new StoreException(Reason.CONNECTION, "on demand"));
        for (int seed = 0; seed < 200; seed++) {
            Trouble trouble = seed % 2 == 0 ? failure : Trouble.answersGarbage();
            Random random = new Random(seed);
            sweep.run(chaos -> chaos.when(call -> random.nextInt(4) == 0, trouble), "seed " + seed);
        }
        sweep.isSound();
    }
}
