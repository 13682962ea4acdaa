package io.cachedconnection.benchmarks;

import io.cachedconnection.benchmarks.Turns.Cost;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.DoubleBinaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** What several calls cost, one turn of each in every round; what is compared is compared within a round. */
final class Rounds {

    private final Map<String, List<Cost>> costs = new LinkedHashMap<>();

    private Rounds() {}

    /** As many rounds of these calls, after some that do not count. */
    static Rounds of(Map<String, Turns> calls, int warmUp, int rounds) throws InterruptedException, ExecutionException {
        Rounds measured = new Rounds();
        for (int round = -warmUp; round < rounds; round++) {
            for (Map.Entry<String, Turns> call : calls.entrySet()) {
                Cost cost = call.getValue().cost();
                if (round >= 0) {
                    measured.costs
                            .computeIfAbsent(call.getKey(), name -> new ArrayList<>())
                            .add(cost);
                }
            }
        }
        return measured;
    }

    Spread of(String call, ToDoubleFunction<Cost> part) {
        return Spread.quartiles(numbers(call, part));
    }

    Spread compared(String one, String other, ToDoubleFunction<Cost> part, DoubleBinaryOperator comparison) {
        List<Double> ones = numbers(one, part);
        List<Double> others = numbers(other, part);
        return Spread.quartiles(IntStream.range(0, ones.size())
                .mapToObj(i -> comparison.applyAsDouble(ones.get(i), others.get(i)))
                .toList());
    }

    private List<Double> numbers(String call, ToDoubleFunction<Cost> part) {
        return costs.get(call).stream().map(part::applyAsDouble).toList();
    }
}
