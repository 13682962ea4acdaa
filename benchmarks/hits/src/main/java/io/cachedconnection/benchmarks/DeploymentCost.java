package io.cachedconnection.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.cachedconnection.CachedConnection;
import io.cachedconnection.EvictConnection;
import io.cachedconnection.EvictConnections;
import io.cachedconnection.PutConnection;
import io.cachedconnection.internal.cdi.PortableExtension;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;

/**
 * The CPU time that the library adds to the start of an application in Weld, by the number of bean classes: each start in a JVM
 * of its own, in turn without the library, with interceptors that do nothing in its place, and with it. Prints Markdown.
 */
public final class DeploymentCost {

    private static final String WITH = "with";
    private static final String WITHOUT = "without";
    private static final String INTERCEPTED = "intercepted";
    private static final int METHODS_OF_A_REPOSITORY = 4; // two lookups, an eviction, a put

    private DeploymentCost() {}

    /** The arguments: how many starts of each kind, 5; how many bean classes, 2000; how many annotated methods, 500. */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length > 0 && List.of(WITH, WITHOUT, INTERCEPTED).contains(arguments[0])) {
            start(arguments[0], Integer.parseInt(arguments[1]));
            return;
        }
        int starts = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
        int classes = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2000;
        int methods = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 500;
        System.out.println("| bean classes | annotated methods | without, s of CPU | empty interceptors, s "
                + "| with the library, s | added, s |");
        System.out.println("|--:|--:|--:|--:|--:|--:|");
        print(starts, METHODS_OF_A_REPOSITORY, METHODS_OF_A_REPOSITORY); // what the library costs in any case
        print(starts, classes, methods);
    }

    private static void print(int starts, int classes, int methods) throws Exception {
        Path directory = Files.createTempDirectory("deployment-cost");
        try (BenchmarkRedis redis = BenchmarkRedis.started()) {
            compile(directory, classes, methods / METHODS_OF_A_REPOSITORY);
            List<Double> without = new ArrayList<>();
            List<Double> intercepted = new ArrayList<>();
            List<Double> with = new ArrayList<>();
            for (int i = 0; i < starts; i++) {
                without.add(seconds(WITHOUT, classes, directory, redis.uri()));
                intercepted.add(seconds(INTERCEPTED, classes, directory, redis.uri()));
                with.add(seconds(WITH, classes, directory, redis.uri()));
            }
            double base = median(without);
            double all = median(with);
            System.out.printf(
                    Locale.ROOT,
                    "| %d | %d | %.1f | %.1f | %.1f | %.1f |%n",
                    classes,
                    methods,
                    base,
                    median(intercepted),
                    all,
                    all - base);
        } finally {
            try (Stream<Path> files = Files.walk(directory)) {
                files.sorted(Comparator.reverseOrder()).forEach(DeploymentCost::delete);
            }
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
    }

    /** Writes and compiles the beans {@code app.Bean0} and so on; the first of them are repositories. */
    private static void compile(Path directory, int classes, int repositories) throws IOException {
        Path sources = Files.createDirectories(directory.resolve("sources"));
        List<String> arguments = new ArrayList<>(List.of("-nowarn", "-proc:none", "-parameters"));
        arguments.addAll(List.of("-cp", System.getProperty("java.class.path"), "-d", directory.toString()));
        for (int i = 0; i < classes; i++) {
            Path file = sources.resolve("Bean" + i + ".java");
            Files.writeString(file, (i < repositories ? REPOSITORY : SERVICE).replace("@@", Integer.toString(i)));
            arguments.add(file.toString());
        }
        if (ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)) != 0) {
            throw new IllegalStateException("The beans do not compile.");
        }
    }

    private static final String REPOSITORY = """
            package app;
            import io.cachedconnection.*;
            import java.util.*;
            @jakarta.enterprise.context.ApplicationScoped
            public class Bean@@ {
                public record Row@@(UUID id, String name, long version, List<String> words) {}
                private final Map<UUID, Row@@> rows = new HashMap<>();
                @CachedConnection(cache = "rows@@")
                public Row@@ find(UUID id) { return rows.get(id); }
                @CachedConnection(cache = "rows@@", key = "name:{name}", ttl = "PT5M")
                public Optional<Row@@> named(String name) {
                    return rows.values().stream().filter(row -> row.name().equals(name)).findFirst();
                }
                @EvictConnection(cache = "rows@@")
                @EvictConnection(cache = "rows@@", key = "name:{name}")
                public void remove(@CacheKey UUID id, String name) { rows.remove(id); }
                @PutConnection(cache = "rows@@", key = "{row.id}")
                public Row@@ save(Row@@ row) { rows.put(row.id(), row); return row; }
                public List<Row@@> all() { return List.copyOf(rows.values()); }
                public int count() { return rows.size(); }
            }
            """;
    private static final String SERVICE = """
            package app;
            import java.util.*;
            import java.util.function.*;
            interface Service@@<T, K> { Optional<T> find(K key); void put(K key, T value); }
            abstract class Base@@<T, K> implements Service@@<T, K> {
                private final Map<K, T> known = new HashMap<>();
                @Override public Optional<T> find(K key) { return Optional.ofNullable(known.get(key)); }
                @Override public void put(K key, T value) { known.put(key, value); }
                protected int count() { return known.size(); }
            }
            @jakarta.enterprise.context.ApplicationScoped
            public class Bean@@ extends Base@@<String, Long> {
                private String name = "";
                private long changed;
                @Override public void put(Long key, String value) { super.put(key, value); changed++; }
                public String getName() { return name; }
                public void setName(String name) { this.name = name; }
                public List<String> words(String text, int most) { return List.of(text.split(" ", most)); }
                public Map<String, List<Long>> index(Collection<Long> keys) { return Map.of(name, List.copyOf(keys)); }
                public boolean isChanged(long since, Predicate<String> wanted) { return changed > since; }
                private static String trimmed(String text) { return text.trim(); }
            }
            """;

    private static double seconds(String kind, int classes, Path beans, String redis) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments()); // of a profiler, say
        command.addAll(
                List.of("-cp", System.getProperty("java.class.path") + System.getProperty("path.separator") + beans));
        command.addAll(List.of(
                RedisAddress.jvmArgument(redis), DeploymentCost.class.getName(), kind, Integer.toString(classes)));
        Process process =
                new ProcessBuilder(command).redirectError(Redirect.DISCARD).start();
        List<String> printed = process.inputReader().lines().toList();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("A start has failed.");
        }
        return Double.parseDouble(printed.get(printed.size() - 1));
    }

    private static void start(String kind, int classes) throws ClassNotFoundException {
        Weld weld = new Weld().disableDiscovery();
        for (int i = 0; i < classes; i++) {
            weld.addBeanClasses(Class.forName("app.Bean" + i));
        }
        if (kind.equals(WITH)) {
            weld.addExtensions(new PortableExtension());
        } else if (kind.equals(INTERCEPTED)) {
            weld.addBeanClasses(OfLookups.class, OfEvictions.class, OfSeveralEvictions.class, OfPuts.class);
        }
        try (WeldContainer container = weld.initialize()) {
            long nanos = ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
            if (!container.isRunning()) {
                throw new IllegalStateException("The application does not run.");
            }
            System.out.println(nanos / (double) TimeUnit.SECONDS.toNanos(1));
        }
    }

    static class Nothing {
        @AroundInvoke
        Object proceed(InvocationContext call) throws Exception {
            return call.proceed();
        }
    }

    @Interceptor
    @CachedConnection
    @Priority(Interceptor.Priority.APPLICATION)
    static class OfLookups extends Nothing {}

    @Interceptor
    @EvictConnection
    @Priority(Interceptor.Priority.APPLICATION)
    static class OfEvictions extends Nothing {}

    @Interceptor
    @EvictConnections({})
    @Priority(Interceptor.Priority.APPLICATION)
    static class OfSeveralEvictions extends Nothing {}

    @Interceptor
    @PutConnection
    @Priority(Interceptor.Priority.APPLICATION)
    static class OfPuts extends Nothing {}
}
