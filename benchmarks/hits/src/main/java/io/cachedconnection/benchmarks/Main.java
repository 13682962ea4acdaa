package io.cachedconnection.benchmarks;

import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs all benchmarks with each number of threads, several rounds of it, and prints the tables of {@code README.md} after
 * each round. In a round every benchmark has one short fork, so what is compared is measured within a minute.
 */
public final class Main {

    private static final List<Integer> THREADS = List.of(1, 8, 64);
    private static final int ROUNDS = 5;
    private static final int ITERATIONS = 3;
    private static final String LOG = "benchmarks.log";

    private final String redis;
    private final Scores scores = new Scores();

    private Main(String redis) {
        this.redis = redis;
    }

    /** The argument is the number of rounds; without one there are five. */
    public static void main(String[] arguments) throws Exception {
        int rounds = arguments.length == 0 ? ROUNDS : Integer.parseInt(arguments[0]);
        try (BenchmarkRedis redis = BenchmarkRedis.started()) {
            Main main = new Main(redis.uri());
            for (int round = 1; round <= rounds; round++) {
                System.out.println("Round " + round + " of " + rounds + "; details go to " + LOG + ".");
                main.round();
                System.out.println("\n" + Table.of(main.scores, THREADS));
            }
        }
    }

    private void round() throws RunnerException {
        run(DecodeBenchmark.class, 1);
        for (int threads : THREADS) {
            run(HitBenchmark.class, threads);
            run(MissBenchmark.class, threads);
            run(WriteBenchmark.class, threads);
        }
    }

    private void run(Class<?> benchmark, int threads) throws RunnerException {
        new Runner(options(benchmark, threads)).run().forEach(scores::add);
    }

    /** A miss and a write do not depend on the value much, so they are measured with one. */
    private static String[] values(Class<?> benchmark) {
        boolean all = benchmark == HitBenchmark.class || benchmark == DecodeBenchmark.class;
        return all ? new String[] {Value.CONNECTION.name(), Value.RECORD.name()} : new String[] {Value.RECORD.name()};
    }

    private Options options(Class<?> benchmark, int threads) {
        return new OptionsBuilder()
                .include(benchmark.getName())
                .param("value", values(benchmark))
                .threads(threads)
                .forks(1)
                .warmupIterations(ITERATIONS)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(ITERATIONS)
                .measurementTime(TimeValue.seconds(1))
                .addProfiler(GCProfiler.class)
                .jvmArgsAppend("-Xms512m", "-Xmx512m", RedisAddress.jvmArgument(redis))
                .shouldFailOnError(true)
                .output(LOG)
                .build();
    }
}
