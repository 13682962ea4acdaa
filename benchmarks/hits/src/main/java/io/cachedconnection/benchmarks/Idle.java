package io.cachedconnection.benchmarks;

import io.cachedconnection.CacheStatistics;
import io.cachedconnection.ConnectionCaches;
import io.cachedconnection.internal.cdi.PortableExtension;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;

/**
 * The CPU time of an application in Weld that has the library and does nothing, beside an empty JVM: each in a process of its
 * own, all at once. Prints Markdown.
 */
public final class Idle {

    private static final String EMPTY = "empty";
    private static final String LIBRARY = "library";
    private static final String NEAR = "near";
    private static final long WARM_UP = TimeUnit.SECONDS.toMillis(10);

    private Idle() {}

    /** The argument is for how many seconds they are watched; without one it is thirty. */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length > 0 && List.of(EMPTY, LIBRARY, NEAR).contains(arguments[0])) {
            run(arguments[0]);
            return;
        }
        long seconds = arguments.length == 0 ? 30 : Integer.parseInt(arguments[0]);
        Map<String, Process> all = new LinkedHashMap<>();
        try (BenchmarkRedis redis = BenchmarkRedis.started()) {
            for (String kind : List.of(EMPTY, LIBRARY, NEAR)) {
                all.put(kind, start(kind, redis.uri()));
            }
            for (Process process : all.values()) {
                process.inputReader().readLine(); // it has begun to do nothing
            }
            Thread.sleep(WARM_UP);
            Map<String, Long> before = new LinkedHashMap<>();
            all.forEach((kind, process) -> before.put(kind, cpuMillis(process)));
            TimeUnit.SECONDS.sleep(seconds);
            System.out.println("| does nothing | CPU, ms per second |\n|---|--:|");
            all.forEach((kind, process) -> System.out.printf(
                    Locale.ROOT,
                    "| %s | %.1f |%n",
                    title(kind),
                    (cpuMillis(process) - before.get(kind)) / (double) seconds));
        } finally {
            all.values().forEach(Process::destroy);
        }
    }

    private static String title(String kind) {
        return switch (kind) {
            case EMPTY -> "a JVM with a thread that sleeps";
            case LIBRARY -> "an application with the library";
            default -> "the same with a near cache";
        };
    }

    private static Process start(String kind, String redis) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        RedisAddress.jvmArgument(redis),
                        Idle.class.getName(),
                        kind)
                .redirectError(Redirect.DISCARD)
                .start();
    }

    private static long cpuMillis(Process process) {
        if (!process.isAlive()) {
            throw new IllegalStateException("An application has ended.");
        }
        return process.toHandle()
                .info()
                .totalCpuDuration()
                .map(Duration::toMillis)
                .orElseThrow();
    }

    /** What the process of a kind does: a few lookups, unless it is empty, and then nothing. */
    private static void run(String kind) throws Exception {
        if (!kind.equals(EMPTY)) {
            if (kind.equals(NEAR)) {
                System.setProperty("cached-connection.cache." + Repository.LOADED + ".near.enabled", "true");
            }
            WeldContainer container = new Weld()
                    .disableDiscovery()
                    .addExtensions(new PortableExtension())
                    .addBeanClasses(Repository.class, ConstantInterceptor.class)
                    .initialize();
            CacheStatistics found;
            do {
                container.select(Repository.class).get().loaded(Value.ID);
                found = container
                        .select(ConnectionCaches.class)
                        .get()
                        .statistics()
                        .get(Repository.LOADED);
            } while (found.hits() + found.nearHits() == 0);
        }
        System.out.println("idle");
        Thread.sleep(Long.MAX_VALUE);
    }
}
