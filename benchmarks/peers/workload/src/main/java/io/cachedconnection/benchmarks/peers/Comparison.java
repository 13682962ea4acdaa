package io.cachedconnection.benchmarks.peers;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import redis.embedded.RedisServer;

/**
 * Starts each peer in a process of its own, has it measure in turn with the others, and prints the tables as Markdown. Redis is the one
 * that {@code REDIS_URL} names, else an embedded one. Arguments: {@code short}; parts of names, to measure only these peers.
 */
public final class Comparison {

    private static final String PACKAGE = "io.cachedconnection.benchmarks.peers.";
    private static final List<Variant> VARIANTS = List.of(
            new Variant("Jedis, cache-aside by hand", "library", "PlainJedis", "", "jedis"),
            new Variant("cached-connection", "library", "Library", "redis", "cached-connection|weld-se-core"),
            new Variant("cached-connection, near cache", "library", "Library", "near", "cached-connection"),
            new Variant(
                    "Spring, Lettuce",
                    "spring",
                    "SpringCache",
                    "lettuce",
                    "spring-data-redis|spring-boot|lettuce-core"),
            new Variant("Spring, Jedis", "spring", "SpringCache", "jedis", "spring-data-redis|jedis"),
            new Variant("Spring, Lettuce, aware", "spring", "SpringCache", "lettuce-aware", "spring-data-redis"),
            new Variant(
                    "Spring, Lettuce, sync, aware", "spring", "SpringCache", "lettuce-sync-aware", "spring-data-redis"),
            new Variant(
                    "Spring, Lettuce, sync, locking",
                    "spring",
                    "SpringCache",
                    "lettuce-sync-locking",
                    "spring-data-redis"),
            new Variant("Quarkus", "quarkus", "", "", "io.quarkus.quarkus-redis-cache|io.vertx.vertx-redis-client"),
            new Variant(
                    "Micronaut",
                    "micronaut",
                    "MicronautCache",
                    "",
                    "micronaut-redis-lettuce|micronaut-cache-core|lettuce-core"),
            new Variant("JetCache, remote", "jetcache", "JetCache", "remote", "jetcache-core|lettuce-core"),
            new Variant("JetCache, both, protected", "jetcache", "JetCache", "both-protect", "jetcache-core"),
            new Variant("Redisson, map", "redisson", "Redisson", "map", "redisson"),
            new Variant("Redisson, local map", "redisson", "Redisson", "local", "redisson"));
    private static final int ROLLBACKS = 200;
    private static final int CALLERS = 64;

    private final Path home;
    private final String redis;
    private final boolean isShort;
    private final List<Variant> variants;
    private final Map<Variant, Map<String, List<Map<String, String>>>> results = new LinkedHashMap<>();
    private final Map<Variant, String> failures = new LinkedHashMap<>();

    /** A peer with its settings; {@code artifacts} is a pattern for the jars whose versions are shown. */
    private record Variant(String name, String module, String main, String option, String artifacts) {}

    private Comparison(Path home, String redis, List<String> arguments) {
        this.home = home;
        this.redis = redis;
        isShort = arguments.contains("short");
        List<String> parts =
                arguments.stream().filter(part -> !part.equals("short")).toList();
        variants = VARIANTS.stream()
                .filter(variant -> parts.isEmpty() || parts.stream().anyMatch(variant.name::contains))
                .toList();
    }

    public static void main(String[] arguments) throws Exception {
        Path jar = Path.of(Comparison.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Path home = jar.resolve("../../..").normalize();
        String url = System.getenv("REDIS_URL");
        if (url != null && !url.isBlank()) {
            new Comparison(home, url, List.of(arguments)).run();
            return;
        }
        int port = freePort();
        RedisServer server = RedisServer.newRedisServer()
                .port(port)
                .bind("127.0.0.1")
                .setting("save \"\"")
                .onShutdownForceStop(true)
                .build();
        server.start();
        try {
            new Comparison(home, "redis://127.0.0.1:" + port, List.of(arguments)).run();
        } finally {
            server.stop();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void run() throws Exception {
        long start = System.nanoTime();
        say(
                "Measured on %s; Java %s; Redis %s; %d processors; load %s at the start.",
                LocalDate.now(ZoneOffset.UTC),
                Runtime.version().feature(),
                redisVersion(),
                Runtime.getRuntime().availableProcessors(),
                load());
        Map<Variant, Node> nodes = new LinkedHashMap<>();
        try {
            for (Variant variant : variants) {
                attempt(variant, () -> nodes.put(variant, node(variant, false)));
            }
            inTurns(nodes);
            each(nodes, "freshness", isShort ? "freshness 3" : "freshness 10");
            each(nodes, "rollback", "rollback " + ROLLBACKS);
            for (Variant variant : List.copyOf(nodes.keySet())) {
                attempt(variant, () -> cold(variant, nodes.get(variant)));
            }
        } finally {
            nodes.values().forEach(Node::close);
        }
        outages();
        print();
        say("It took %d minutes; load %s at the end.", (System.nanoTime() - start) / 60_000_000_000L, load());
    }

    /** Hits and misses: first a turn of each to warm up, then rounds in which every peer has its turn. */
    private void inTurns(Map<Variant, Node> nodes) throws Exception {
        List<String> turns = List.of("hits 1", "hits 64", "misses 1", "misses 64");
        each(nodes, "warm", "warm");
        for (int warmUp = 0; warmUp < 2; warmUp++) {
            for (String turn : turns) {
                each(nodes, "warm", turn + (isShort ? " 500" : " 1500"));
            }
        }
        each(nodes, "warm", "warm"); // what a small local cache has dropped, and what was not yet kept near
        for (int round = 0; round < (isShort ? 3 : 7); round++) {
            for (String turn : turns) {
                each(nodes, turn, turn + (isShort ? " 400" : " 1000"));
            }
        }
    }

    private void each(Map<Variant, Node> nodes, String name, String command) {
        nodes.forEach((variant, node) -> attempt(variant, () -> keep(variant, name, node.ask(command))));
    }

    private void cold(Variant variant, Node one) throws Exception {
        try (Node other = node(variant, false)) {
            other.ask("cold " + UUID.randomUUID() + " 0 " + CALLERS); // classes, connections
            for (int i = 0; i < 3; i++) {
                String command = "cold " + UUID.randomUUID() + " " + (System.currentTimeMillis() + 500) + " " + CALLERS;
                one.tell(command);
                other.tell(command);
                Map<String, String> here = one.answer();
                Map<String, String> there = other.answer();
                keep(
                        variant,
                        "cold",
                        Map.of(
                                "loads",
                                        Long.toString(
                                                Long.parseLong(here.get("loads")) + Long.parseLong(there.get("loads"))),
                                "longest",
                                        Long.toString(Math.max(
                                                Long.parseLong(here.get("longest")),
                                                Long.parseLong(there.get("longest"))))));
            }
        }
    }

    /** Mostly waiting, so six peers have their outages at a time. */
    private void outages() throws Exception {
        ExecutorService six = Executors.newFixedThreadPool(6);
        List<Future<?>> all = new ArrayList<>();
        for (Variant variant : variants) {
            all.add(six.submit(() -> attempt(variant, () -> {
                for (String kind : List.of("hung", "killed")) {
                    try (Node node = node(variant, true)) {
                        keep(variant, kind, node.ask("outage " + kind));
                    }
                }
            })));
        }
        for (Future<?> one : all) {
            one.get();
        }
        six.shutdown();
    }

    private Node node(Variant variant, boolean isBehindProxy) throws Exception {
        Path target = home.resolve(variant.module).resolve("target");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Dpeers.redis=" + redis,
                "-Dpeers.proxy=" + isBehindProxy));
        if (variant.main.isEmpty()) {
            command.addAll(List.of(
                    "-jar", target.resolve("quarkus-app/quarkus-run.jar").toString()));
        } else {
            command.addAll(List.of(
                    "-cp",
                    target.resolve("classes") + java.io.File.pathSeparator + target.resolve("lib") + "/*",
                    PACKAGE + variant.main));
        }
        command.add(variant.option);
        Node node = new Node(
                command,
                Files.createDirectories(home.resolve("target/logs"))
                        .resolve(variant.name.replaceAll("\\W+", "-") + "-" + System.nanoTime() + ".log"));
        try {
            node.answer();
            return node;
        } catch (IllegalStateException failure) {
            node.close();
            throw failure;
        }
    }

    private synchronized void keep(Variant variant, String name, Map<String, String> figures) {
        results.computeIfAbsent(variant, ignored -> new LinkedHashMap<>())
                .computeIfAbsent(name, ignored -> new ArrayList<>())
                .add(figures);
    }

    /** A peer that fails stays in the tables, with its reason. */
    private void attempt(Variant variant, Step step) {
        try {
            step.run();
        } catch (Exception failure) {
            synchronized (this) {
                failures.merge(
                        variant,
                        String.valueOf(failure.getMessage()),
                        (one, other) -> one.contains(other) ? one : one + ", " + other);
            }
        }
    }

    private interface Step {
        void run() throws Exception;
    }

    private void print() throws IOException {
        say("%n### Right or stale%n");
        table(
                "stale reads of 100,000|keys stale at the end, of 20|reads/s|writes/s|rolled-back value served, of 200|own write not seen, of 200|loads of a cold key|longest wait for it, ms",
                variant -> List.of(
                        figure(variant, "freshness", "stale", "%.0f"),
                        figure(variant, "freshness", "atTheEnd", "%.0f"),
                        figure(variant, "freshness", "reads", "%.0f"),
                        figure(variant, "freshness", "writes", "%.0f"),
                        figure(variant, "rollback", "served", "%.0f"),
                        figure(variant, "rollback", "ownWriteUnseen", "%.0f"),
                        figure(variant, "cold", "loads", "%.0f"),
                        figure(variant, "cold", "longest", "%.0f")));
        for (String kind : List.of("hung", "killed")) {
            say("%n### An outage: Redis is %s%n", kind);
            table(
                    "longest lookup, ms|median, ms|lookups get|a write|takes, ms|its old value served afterwards|hits after, ms",
                    variant -> List.of(
                            wait(variant, kind, "longest"),
                            wait(variant, kind, "median"),
                            text(variant, kind, "got"),
                            text(variant, kind, "write").replace("value", "returns"),
                            wait(variant, kind, "writeWait"),
                            text(variant, kind, "staleAfterwards"),
                            wait(variant, kind, "recovery")));
        }
        for (String kind : List.of("hits", "misses")) {
            say("%n### %s%n", kind.equals("hits") ? "Hits" : "Misses");
            table(
                    "1 thread, calls/s|beside Jedis|p50, µs|p99, µs|garbage, B|64 threads, calls/s|beside Jedis|p50, µs|p99, µs|garbage, B|loads of 1,000 calls",
                    variant -> Stream.concat(
                                    Stream.of(" 1", " 64").flatMap(threads -> speed(variant, kind + threads)),
                                    Stream.of(loads(variant, kind)))
                            .toList());
        }
        say("%n### Versions%n");
        for (Variant variant : variants) {
            say("- %s: %s", variant.name, versions(variant));
        }
    }

    private Stream<String> speed(Variant variant, String turn) {
        return Stream.of(
                figure(variant, turn, "rate", "%.0f"),
                besideJedis(variant, turn),
                figure(variant, turn, "p50", "%.0f"),
                figure(variant, turn, "p99", "%.0f"),
                figure(variant, turn, "garbage", "%.0f"));
    }

    /** The median of the ratios within a round. */
    private String besideJedis(Variant variant, String turn) {
        List<Double> own = all(variant, turn, "rate");
        List<Double> jedis = all(VARIANTS.get(0), turn, "rate");
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < Math.min(own.size(), jedis.size()); round++) {
            ratios.add(own.get(round) / jedis.get(round));
        }
        return ratios.isEmpty() ? "" : String.format(Locale.ROOT, "%.2f", median(ratios));
    }

    private String loads(Variant variant, String kind) {
        List<Double> loaded = new ArrayList<>(all(variant, kind + " 1", "loaded"));
        loaded.addAll(all(variant, kind + " 64", "loaded"));
        return loaded.isEmpty() ? "" : String.format(Locale.ROOT, "%.0f", 1000 * median(loaded));
    }

    private String wait(Variant variant, String kind, String figure) {
        List<Double> found = all(variant, kind, figure);
        if (found.isEmpty()) {
            return "";
        }
        double millis = median(found);
        return millis < 0 || millis >= 15_000 ? "more than 15,000" : String.format(Locale.ROOT, "%.0f", millis);
    }

    private String figure(Variant variant, String command, String figure, String format) {
        List<Double> found = all(variant, command, figure);
        return found.isEmpty() ? "" : String.format(Locale.ROOT, format, median(found));
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }

    private List<Double> all(Variant variant, String command, String figure) {
        return found(variant, command).stream()
                .map(figures -> Double.valueOf(figures.get(figure)))
                .toList();
    }

    private String text(Variant variant, String command, String figure) {
        return found(variant, command).stream()
                .map(figures -> figures.get(figure))
                .collect(Collectors.joining("; "));
    }

    private List<Map<String, String>> found(Variant variant, String command) {
        return results.getOrDefault(variant, Map.of()).getOrDefault(command, List.of());
    }

    private void table(String columns, Function<Variant, List<String>> row) {
        say("| cache | %s |", columns.replace("|", " | "));
        say("|---|%s", "--:|".repeat(columns.split("\\|", -1).length));
        for (Variant variant : variants) {
            String failure = failures.containsKey(variant) ? " (failed: " + failures.get(variant) + ")" : "";
            say("| %s%s | %s |", variant.name, failure, String.join(" | ", row.apply(variant)));
        }
    }

    private String versions(Variant variant) throws IOException {
        Path target = home.resolve(variant.module).resolve("target");
        Path jars = target.resolve(variant.main.isEmpty() ? "quarkus-app/lib/main" : "lib");
        Pattern artifact = Pattern.compile("(?:" + variant.artifacts + ")-\\d.*(?=\\.jar)");
        if (!Files.isDirectory(jars)) {
            return "not built";
        }
        try (Stream<Path> files = Files.list(jars)) {
            return files.map(file -> artifact.matcher(file.getFileName().toString()))
                    .filter(Matcher::lookingAt)
                    .map(Matcher::group)
                    .sorted()
                    .collect(Collectors.joining(", "));
        }
    }

    private String redisVersion() throws IOException {
        URI uri = URI.create(redis);
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.getOutputStream().write("INFO server\r\nQUIT\r\n".getBytes(StandardCharsets.US_ASCII));
            try (InputStream in = socket.getInputStream()) {
                Matcher version = Pattern.compile("redis_version:(\\S+)")
                        .matcher(new String(in.readAllBytes(), StandardCharsets.US_ASCII));
                return version.find() ? version.group(1) : "of an unknown version";
            }
        }
    }

    private static String load() {
        return String.format(
                Locale.ROOT,
                "%.1f",
                java.lang.management.ManagementFactory.getOperatingSystemMXBean()
                        .getSystemLoadAverage());
    }

    private static void say(String format, Object... arguments) {
        System.out.println(String.format(Locale.ROOT, format, arguments));
    }
}
