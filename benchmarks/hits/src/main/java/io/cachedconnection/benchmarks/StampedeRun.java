package io.cachedconnection.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import redis.clients.jedis.Jedis;

/**
 * A stampede: two JVMs, whose threads all look up one cold key at the same moment; its load takes 50 ms. First right after the
 * start of both, then again and again with other keys. Prints what the callers waited, as Markdown: of each pair of JVMs the
 * first time, and the median and the worst of all others; and how many loads and steps of the protocol there were.
 */
public final class StampedeRun {

    private static final int NODES = 2;
    private static final int THREADS = 64;
    private static final int PAIRS = 5;
    private static final int ROUNDS = 30;

    private StampedeRun() {}

    /** One JVM. */
    private record Node(Process process, BufferedReader says) {

        static Node started(String redis) throws IOException {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx256m",
                            RedisAddress.jvmArgument(redis),
                            "-cp",
                            System.getProperty("java.class.path"),
                            StampedeNode.class.getName(),
                            Integer.toString(THREADS))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return new Node(process, process.inputReader(StandardCharsets.US_ASCII));
        }

        void go(String key) throws IOException {
            process.getOutputStream().write((key + "\n").getBytes(StandardCharsets.US_ASCII));
            process.getOutputStream().flush();
        }
    }

    /** What the callers of one stampede waited, in milliseconds. */
    private record Waits(double median, double p99, double worst, int loads, long steps) {

        static Waits of(List<Node> nodes, String key, Jedis redis) throws IOException {
            long before = steps(redis);
            for (Node node : nodes) {
                node.go(key);
            }
            int loads = 0;
            List<Double> waits = new ArrayList<>();
            for (Node node : nodes) {
                long[] numbers = Arrays.stream(node.says().readLine().split(" ", -1))
                        .mapToLong(Long::parseLong)
                        .toArray();
                loads += (int) numbers[0];
                Arrays.stream(numbers).skip(1).forEach(micros -> waits.add(micros / 1000.0));
            }
            waits.sort(null);
            int count = waits.size();
            return new Waits(
                    waits.get(count / 2),
                    waits.get(count - 1 - count / 100),
                    waits.get(count - 1),
                    loads,
                    steps(redis) - before);
        }

        /** How many steps of the protocol were done. */
        private static long steps(Jedis redis) {
            return redis.info("commandstats")
                    .lines()
                    .filter(line -> line.startsWith("cmdstat_evalsha:"))
                    .mapToLong(line -> Long.parseLong(line.substring(line.indexOf('=') + 1, line.indexOf(','))))
                    .sum();
        }
    }

    /** The arguments are the numbers of pairs of JVMs and of stampedes of each; without them five and thirty. */
    public static void main(String[] arguments) throws Exception {
        int pairs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : PAIRS;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : ROUNDS;
        System.out.println("""
                | pair | first: p50, p99, worst, ms | loads | steps | later: p50, p99, worst, ms (least to greatest) | loads | steps |
                |--:|---|--:|--:|---|--:|--:|""");
        try (BenchmarkRedis redis = BenchmarkRedis.started();
                Jedis jedis = new Jedis(URI.create(redis.uri()))) {
            for (int pair = 1; pair <= pairs; pair++) {
                System.out.println("| " + pair + " | " + row(pair, rounds, redis.uri(), jedis) + " |");
            }
        }
    }

    private static String row(int pair, int rounds, String redis, Jedis jedis) throws IOException {
        List<Node> nodes = new ArrayList<>();
        try {
            for (int i = 0; i < NODES; i++) {
                nodes.add(Node.started(redis));
            }
            for (Node node : nodes) {
                String said = node.says().readLine();
                if (!"ready".equals(said)) {
                    throw new IllegalStateException("A node says " + said);
                }
            }
            Waits first = Waits.of(nodes, "pair-" + pair + "-first", jedis);
            List<Waits> later = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                later.add(Waits.of(nodes, "pair-" + pair + "-" + round, jedis));
            }
            return String.format(Locale.ROOT, "%.0f, %.0f, %.0f", first.median(), first.p99(), first.worst())
                    + " | " + first.loads() + " | " + first.steps() + " | "
                    + Spread.of(later.stream().map(Waits::median).toList()).text(0) + ", "
                    + Spread.of(later.stream().map(Waits::p99).toList()).text(0) + ", "
                    + Spread.of(later.stream().map(Waits::worst).toList()).text(0) + " | "
                    + later.stream().mapToInt(Waits::loads).sum() + " | "
                    + Math.round(
                            later.stream().mapToLong(Waits::steps).average().orElse(0));
        } finally {
            nodes.forEach(node -> node.process().destroyForcibly());
        }
    }
}
