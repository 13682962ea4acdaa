package io.cachedconnection.benchmarks;

import io.cachedconnection.benchmarks.Turns.Cost;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Near hits beside what they are made of, in one JVM, turn by turn. Prints, for each number of threads, the medians of the
 * turns with quartiles; what is compared is compared with the turn of the same round.
 */
public final class NearInTurns {

    private static final List<Integer> THREADS = List.of(1, 8, 64);
    private static final int WARM_UP = 8;
    private static final int TURNS = 16;
    private static final int BATCH = 100;
    private static final String HEADER = """
            | call | threads | work, ns | calls/ms | garbage, B | compared with | work | garbage added, B |
            |---|--:|--:|--:|--:|---|--:|--:|
            """;

    /** One call, and what it is compared with. */
    private record Side(String name, String other, Runnable call) {}

    private final int turns;
    private final List<Side> sides;

    private NearInTurns(int turns, NearApplication application) {
        this.turns = turns;
        NearBenchmark near = new NearBenchmark();
        String weld = "trivial interceptor";
        String caffeine = "Caffeine in an interceptor";
        String parts = "Caffeine, two parts";
        String json = "JSON-B alone";
        sides = List.of(
                new Side(weld, weld, () -> near.trivialInterceptor(application)),
                new Side(caffeine, weld, () -> near.caffeineInterceptor(application)),
                new Side("near", caffeine, () -> near.nearShared(application)),
                new Side("near, Optional", caffeine, () -> near.nearOptional(application)),
                new Side(parts, weld, () -> near.caffeineTwoParts(application)),
                new Side("near, two parts", parts, () -> near.nearTwoParts(application)),
                new Side(json, weld, near::jsonbAlone),
                new Side("near, decoded anew", json, () -> near.nearDecoded(application)));
    }

    /** The argument is the number of turns of each side; without one there are sixteen. */
    public static void main(String[] arguments) throws Exception {
        int turns = arguments.length == 0 ? TURNS : Integer.parseInt(arguments[0]);
        try (BenchmarkRedis redis = BenchmarkRedis.started()) {
            RedisAddress.use(redis.uri());
            try (NearApplication application = new NearApplication()) {
                application.start();
                new NearInTurns(turns, application).compare();
                System.out.println("\nLookups that were answered near, which is all: " + application.check());
            }
        }
    }

    private void compare() throws Exception {
        System.out.print(HEADER);
        for (int threads : THREADS) {
            Map<String, Turns> calls = new LinkedHashMap<>();
            sides.forEach(side -> calls.put(side.name(), new Turns(side.call(), threads, BATCH)));
            Rounds rounds = Rounds.of(calls, WARM_UP, turns);
            sides.forEach(side -> System.out.println(row(side, threads, rounds)));
        }
    }

    private static String row(Side side, int threads, Rounds rounds) {
        List<String> cells = List.of(
                side.name(),
                Integer.toString(threads),
                rounds.of(side.name(), Cost::work).text(0),
                rounds.of(side.name(), cost -> threads * 1e6 / cost.nanos()).text(0),
                rounds.of(side.name(), Cost::bytes).text(0),
                side.other(),
                rounds.compared(side.name(), side.other(), Cost::work, (one, other) -> one / other)
                        .text(2),
                rounds.compared(side.name(), side.other(), Cost::bytes, (one, other) -> one - other)
                        .text(0));
        return "| " + String.join(" | ", cells) + " |";
    }
}
