package io.cachedconnection.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.openjdk.jmh.results.RunResult;

/** What every round measured; comparisons are made within a round, so that a slow one slows both sides. */
final class Scores {

    private static final String GARBAGE = "gc.alloc.rate.norm";

    private final Map<Measured, List<Score>> scores = new LinkedHashMap<>();

    void add(RunResult result) {
        double micros = result.getPrimaryResult().getScore();
        double bytes = result.getSecondaryResults().get(GARBAGE).getScore();
        scores.computeIfAbsent(Measured.by(result), m -> new ArrayList<>()).add(new Score(micros, bytes));
    }

    Spread of(Measured measured, ToDoubleFunction<Score> part) {
        return Spread.of(numbers(measured, part));
    }

    Spread compared(Measured one, Measured other, ToDoubleFunction<Score> part, DoubleBinaryOperator comparison) {
        List<Double> left = numbers(one, part);
        List<Double> right = numbers(other, part);
        return Spread.of(IntStream.range(0, left.size())
                .mapToObj(i -> comparison.applyAsDouble(left.get(i), right.get(i)))
                .toList());
    }

    private List<Double> numbers(Measured measured, ToDoubleFunction<Score> part) {
        return scores.get(measured).stream().map(part::applyAsDouble).toList();
    }

    /** One result: microseconds and bytes of garbage for each call. */
    record Score(double micros, double bytes) {}

    /** What was measured: a benchmark method on a value, with so many threads. */
    record Measured(String benchmark, Value value, int threads) {

        static Measured by(RunResult result) {
            String benchmark = result.getPrimaryResult().getLabel();
            Value value = Value.valueOf(result.getParams().getParam("value"));
            return new Measured(benchmark, value, result.getParams().getThreads());
        }
    }
}
