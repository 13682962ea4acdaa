package io.cachedconnection.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Misses and writes beside the work by hand: both sides in one JVM, turn by turn, so that other work of the machine slows
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
            System.out.println("| compared | threads | by hand, µs | library, µs | ratio "
                    + "| garbage by hand, B | library, B |\n|---|" + "--:|".repeat(6));
            comparison.misses();
            comparison.writes();
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
        List<Turns.Cost> hand = new ArrayList<>();
        List<Turns.Cost> ours = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int turn = -WARM_UP; turn < turns; turn++) {
            Turns.Cost one = byHand.cost();
            Turns.Cost other = library.cost();
            if (turn >= 0) {
                hand.add(one);
                ours.add(other);
                ratios.add(other.nanos() / one.nanos());
            }
        }
        List<String> cells = List.of(
                name,
                Integer.toString(byHand.threads()),
                micros(hand),
                micros(ours),
                Spread.quartiles(ratios).text(2),
                bytes(hand),
                bytes(ours));
        return "| " + String.join(" | ", cells) + " |\n";
    }

    private static String micros(List<Turns.Cost> costs) {
        return Spread.quartiles(costs.stream().map(cost -> cost.nanos() / 1000).toList())
                .text(0);
    }

    private static String bytes(List<Turns.Cost> costs) {
        return String.format(
                Locale.ROOT,
                "%.0f",
                Spread.of(costs.stream().map(Turns.Cost::bytes).toList()).median());
    }
}
