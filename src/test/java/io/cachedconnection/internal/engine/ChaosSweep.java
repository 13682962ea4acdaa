package io.cachedconnection.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.internal.engine.store.ProtocolSettings.OnFailure;
import io.cachedconnection.testing.Chaos;
import io.cachedconnection.testing.Trouble;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/**
 * Runs {@link ChaosScenario} once for each call of a port that it makes, with trouble at that call only, and once more with
 * trouble from that call on, until it makes no more. What is broken is told all at once, but not thousands of times.
 */
final class ChaosSweep {

    static final List<Throwable> FAILURES =
            List.of(new IllegalStateException("on demand"), new NullPointerException("on demand"));

    /** What a call may come to and yet the application goes on: a full stack, a class gone at the end, no more threads. */
    static final List<Throwable> ERRORS = List.of(
            new StackOverflowError("on demand"),
            new NoClassDefFoundError("on demand"),
            new OutOfMemoryError("on demand"));

    private static final int FEW = 6;

    private final Function<ChaosNode, Chaos> port;
    private final OnFailure onFailure;
    private final List<String> broken = new ArrayList<>();
    private Predicate<Throwable> mayBeSeen = failure -> false;
    private Consumer<ChaosNode> garbage = node -> {};
    private boolean leasesStay;

    ChaosSweep(Function<ChaosNode, Chaos> port, OnFailure onFailure) {
        this.port = port;
        this.onFailure = onFailure;
    }

    /** Writes may throw such failures, and are to be rolled back then. */
    ChaosSweep writesMayThrow(Predicate<Throwable> failures) {
        mayBeSeen = failures;
        return this;
    }

    /** Tells the twin what garbage is. */
    ChaosSweep garbage(Consumer<ChaosNode> choice) {
        garbage = choice;
        return this;
    }

    /** Leases that cannot be given back in such trouble stay until they run out. */
    ChaosSweep leasesStay() {
        leasesStay = true;
        return this;
    }

    /** Each failure before the call and after it, in both modes of writing. */
    static Stream<Arguments> inBothModes(Stream<Throwable> failures) {
        return failures.flatMap(failure -> Stream.of(Trouble.fails(failure), Trouble.isDoneAndFails(failure))
                .flatMap(trouble -> Stream.of(OnFailure.values()).map(mode -> Arguments.of(failure, trouble, mode))));
    }

    void with(Trouble trouble) {
        int calls = 0;
        boolean happened = true;
        while (happened && broken.size() < FEW) {
            int call = ++calls;
            happened = run(chaos -> chaos.at(call, trouble), "at " + call);
            happened |= run(chaos -> chaos.from(call, trouble), "from " + call);
        }
        isSound();
        assertThat(calls).as("calls of the port").isGreaterThan(4);
    }

    void isSound() {
        assertThat(broken).isEmpty();
    }

    /** One run; whether there was any trouble. */
    boolean run(Consumer<Chaos> planning, String where) {
        ChaosScenario scenario = new ChaosScenario(onFailure, mayBeSeen);
        garbage.accept(scenario.node);
        Chaos chaos = port.apply(scenario.node);
        planning.accept(chaos);
        try {
            scenario.run();
            chaos.behave();
            scenario.isOver(leasesStay);
        } catch (Throwable e) { // errors are among what is thrown on demand
            broken.add(where + ": " + e + at(e));
        }
        return chaos.hasHappened();
    }

    private static String at(Throwable e) {
        return Stream.of(e.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith(ChaosSweep.class.getPackageName()))
                .map(frame -> "\n    " + frame)
                .reduce("", String::concat);
    }
}
