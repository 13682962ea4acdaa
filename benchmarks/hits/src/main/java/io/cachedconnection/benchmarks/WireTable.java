package io.cachedconnection.benchmarks;

import io.cachedconnection.benchmarks.Turns.Cost;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a hit costs in caches of several formats, beside GET and decode by hand, as Markdown. */
final class WireTable {

    private static final String BY_HAND = "GET + decode";
    private static final int WARM_UP = 10;

    private final int rounds;

    WireTable(int rounds) {
        this.rounds = rounds;
    }

    void print() throws Exception {
        System.out.println("""

                | call | threads | µs | of that work, µs | / (GET + decode) | work beside bare JSON, µs | garbage, B |
                |---|--:|--:|--:|--:|--:|--:|""");
        StoredValue stored = new StoredValue();
        stored.value = Value.CONNECTION;
        stored.store();
        try (WireApplication application = new WireApplication()) {
            for (int threads : List.of(1, 8)) {
                print(threads, stored, application);
            }
            application.check();
        } finally {
            stored.close();
        }
    }

    private void print(int threads, StoredValue stored, WireApplication application) throws Exception {
        HitBenchmark byHand = new HitBenchmark();
        Map<String, Turns> calls = new LinkedHashMap<>();
        calls.put(BY_HAND, new Turns(() -> byHand.getAndDecode(stored), threads));
        application
                .lookups()
                .forEach((cache, lookup) -> calls.put(cache, new Turns(() -> lookup.accept(Value.ID), threads)));
        Rounds measured = Rounds.of(calls, WARM_UP, rounds);
        calls.keySet().forEach(call -> System.out.println(row(call, threads, measured)));
    }

    private static String row(String call, int threads, Rounds measured) {
        List<String> cells = List.of(
                call,
                Integer.toString(threads),
                measured.of(call, cost -> cost.nanos() / 1000).text(0),
                measured.of(call, cost -> cost.work() / 1000).text(1),
                measured.compared(call, BY_HAND, Cost::nanos, (one, other) -> one / other)
                        .text(2),
                measured.compared(call, WireRepository.BARE, Cost::work, (one, other) -> (one - other) / 1000)
                        .text(1),
                measured.of(call, Cost::bytes).text(0));
        return "| " + String.join(" | ", cells) + " |";
    }
}
