package io.cachedconnection.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/** Where the time of a hit goes, by samples of Flight Recorder: fifteen seconds of hits of each kind by one thread, as Markdown. */
public final class HitProfile {

    private static final long LENGTH = TimeUnit.SECONDS.toNanos(15);
    private static final int BATCH = 10;
    private static final List<String> SAMPLES = List.of("jdk.ExecutionSample", "jdk.NativeMethodSample");

    private HitProfile() {}

    /** The parts of a hit; the first whose classes a stack has, from its top on, is where the sample belongs. */
    private enum Part {
        SOCKET("the socket, waiting for Redis included", "java.net.Socket", "sun.nio.ch.", "java.io.Socket"),
        CHECK("the check of the JSON", "io.cachedconnection.internal.json.Scan", "io.cachedconnection.internal.json.Name"),
        JSONB("JSON-B", "org.eclipse.", "io.cachedconnection.internal.json."),
        ENVELOPE("the envelope", "io.cachedconnection.internal.envelope.", "javax.crypto.", "com.sun.crypto."),
        JEDIS("Jedis", "redis.clients."),
        PROTOCOL("connections and their pool", "io.cachedconnection.internal.redis."),
        ENGINE("the engine", "io.cachedconnection.internal.core.", "io.cachedconnection.internal.telemetry."),
        INTERCEPTOR("Weld and the interceptor", "io.cachedconnection.internal.cdi.", "org.jboss.weld."),
        OTHER("what else", "");

        private final String title;
        private final String classes;

        Part(String title, String... classes) {
            this.title = title;
            this.classes = String.join(" ", classes);
        }

        boolean has(RecordedFrame frame) {
            String name = frame.getMethod().getType().getName();
            return Stream.of(classes.split(" ", -1)).anyMatch(name::startsWith);
        }

        static Part of(List<RecordedFrame> stack) {
            for (RecordedFrame frame : stack) {
                for (Part part : values()) {
                    if (part != OTHER && part.has(frame)) {
                        return part;
                    }
                }
            }
            return OTHER;
        }
    }

    public static void main(String[] arguments) throws Exception {
        try (BenchmarkRedis redis = BenchmarkRedis.started()) {
            RedisAddress.use(redis.uri());
            try (WireApplication application = new WireApplication()) {
                System.out.println("| hit, % of its samples | " + titles() + " |\n|---|" + "--:|".repeat(Part.values().length));
                for (String cache : List.of(WireRepository.BARE, WireRepository.PRIVATE)) {
                    System.out.println("| " + cache + " | " + shares(parts(application, cache)) + " |");
                }
                application.check();
            }
        }
    }

    private static Map<Part, Integer> parts(WireApplication application, String cache) throws Exception {
        Runnable hit = () -> application.lookups().get(cache).accept(Value.ID);
        Turns turn = new Turns(hit, 1, BATCH, LENGTH);
        new Turns(hit, 1, BATCH).cost();
        Path file = Files.createTempFile("hits", ".jfr");
        try (Recording recording = new Recording()) {
            SAMPLES.forEach(sample -> recording.enable(sample).withPeriod(Duration.ofMillis(10)));
            recording.start();
            turn.cost();
            recording.stop();
            recording.dump(file);
            return counted(file);
        } finally {
            Files.delete(file);
        }
    }

    private static Map<Part, Integer> counted(Path file) throws IOException {
        Map<Part, Integer> parts = new EnumMap<>(Part.class);
        for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
            if ("caller".equals(event.getThread("sampledThread").getJavaName())) {
                parts.merge(Part.of(event.getStackTrace().getFrames()), 1, Integer::sum);
            }
        }
        return parts;
    }

    private static String titles() {
        return String.join(" | ", List.of(Part.values()).stream().map(part -> part.title).toList());
    }

    private static String shares(Map<Part, Integer> parts) {
        int all = parts.values().stream().mapToInt(Integer::intValue).sum();
        return String.join(" | ", List.of(Part.values()).stream()
                .map(part -> String.format(Locale.ROOT, "%.1f", 100.0 * parts.getOrDefault(part, 0) / all))
                .toList());
    }
}
