package io.cachedconnection.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The comparisons for a busy machine: both sides in one JVM, turn by turn, so that whatever else the machine does slows
 * both. Prints, for each number of threads, the medians of the turns and of the ratios of neighbours, with quartiles.
 */
public final class InTurns {

    private static final List<Integer> THREADS = List.of(1, 8, 64);
    private static final int WARM_UP = 12;
    private static final int TURNS = 40;

    private final int turns;

    private InTurns(int turns) {
        this.turns = turns;
    }

    /** The argument is the number of turns of each side; without one there are forty. */
    public static void main(String[] arguments) throws Exception {
        InTurns comparison = new InTurns(arguments.length == 0 ? TURNS : Integer.parseInt(arguments[0]));
        try (BenchmarkRedis redis = BenchmarkRedis.started()) {
            RedisAddress.use(redis.uri());
            System.out.println("| compared | threads | by hand, µs | library, µs | ratio |\n|---|--:|--:|--:|--:|");
            for (Value value : Value.values()) {
                comparison.hits(value);
            }
            comparison.misses();
            comparison.writes();
        }
    }

    private void hits(Value value) throws Exception {
        try (Sides sides = Sides.on(value)) {
            HitBenchmark hits = new HitBenchmark();
            String name = "hit / (GET + decode), " + value.name().toLowerCase(Locale.ROOT);
            compare(name, () -> hits.getAndDecode(sides.stored()), () -> hits.cachedHit(sides.application()));
        }
    }

    private void misses() throws Exception {
        try (Sides sides = Sides.on(Value.RECORD)) {
            MissBenchmark benchmark = new MissBenchmark();
            Keys keys = new Keys();
            Misses misses = new Misses();
            misses.use(sides.application(), new Keys());
            compare(
                    "miss / by hand",
                    () -> benchmark.missByHand(sides.stored(), keys),
                    () -> benchmark.cachedMiss(misses));
            misses.check();
        }
    }

    private void writes() throws Exception {
        try (Sides sides = Sides.on(Value.RECORD)) {
            WriteBenchmark benchmark = new WriteBenchmark();
            Keys keys = new Keys();
            Writes writes = new Writes();
            writes.use(sides.application(), new Keys());
            TrivialScript script = new TrivialScript();
            script.load(sides.stored());
            compare("write / DEL", () -> benchmark.oneDel(sides.stored(), keys), writes::next);
            compare("write / DEL twice", () -> benchmark.twoDels(sides.stored(), keys), writes::next);
            compare("write / trivial script twice", () -> benchmark.twoScripts(script, keys), writes::next);
            writes.check();
        }
    }

    private void compare(String name, Runnable byHand, Runnable library) throws Exception {
        for (int threads : THREADS) {
            System.out.print(row(name, new Turns(byHand, threads), new Turns(library, threads)));
        }
    }

    private String row(String name, Turns byHand, Turns library) throws Exception {
        List<Double> hand = new ArrayList<>();
        List<Double> ours = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int turn = -WARM_UP; turn < turns; turn++) {
            double one = byHand.micros();
            double other = library.micros();
            if (turn >= 0) {
                hand.add(one);
                ours.add(other);
                ratios.add(other / one);
            }
        }
        List<String> cells = List.of(
                name,
                Integer.toString(byHand.threads()),
                Spread.quartiles(hand).text(0),
                Spread.quartiles(ours).text(0),
                Spread.quartiles(ratios).text(2));
        return "| " + String.join(" | ", cells) + " |\n";
    }
}
