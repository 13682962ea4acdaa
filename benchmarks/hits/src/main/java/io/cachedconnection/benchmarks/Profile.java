package io.cachedconnection.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/** Where the time or the garbage of a call goes: fifteen seconds of calls by one thread, sampled by Flight Recorder. */
enum Profile {
    TIME("jdk.ExecutionSample", "jdk.NativeMethodSample"),
    GARBAGE("jdk.ObjectAllocationSample");

    private static final long LENGTH = TimeUnit.SECONDS.toNanos(15);
    private static final int BATCH = 10;

    private final String events;

    Profile(String... events) {
        this.events = String.join(" ", events);
    }

    /** The parts of a call; the first whose classes a stack has, from its top on, is where the sample belongs. */
    private enum Part {
        READ_BACK(
                "the reading back",
                "io.cachedconnection.internal.json.RoundTripCheck",
                "io.cachedconnection.internal.json.StateEquality"),
        SOCKET("the socket, waiting for Redis included", "java.net.Socket", "sun.nio.ch.", "java.io.Socket"),
        CHECK("the check of the JSON", "io.cachedconnection.internal.json.JsonValidator"),
        JSONB("JSON-B", "org.eclipse.", "io.cachedconnection.internal.json."),
        ENVELOPE("the envelope", "io.cachedconnection.internal.envelope.", "javax.crypto.", "com.sun.crypto."),
        JEDIS("Jedis", "redis.clients."),
        PROTOCOL("connections and steps", "io.cachedconnection.internal.redis."),
        ENGINE("the engine", "io.cachedconnection.internal.engine.", "io.cachedconnection.internal.telemetry."),
        INTERCEPTOR("Weld and the interceptor", "io.cachedconnection.internal.", "org.jboss.weld."),
        OTHER("what else", "");

        private final String title;
        private final String classes;

        Part(String title, String... classes) {
            this.title = title;
            this.classes = String.join(" ", classes);
        }

        private boolean has(RecordedFrame frame) {
            String name = frame.getMethod().getType().getName();
            return Stream.of(classes.split(" ", -1)).anyMatch(name::startsWith);
        }

        static Part of(List<RecordedFrame> stack) {
            if (stack.stream().anyMatch(READ_BACK::has)) {
                return READ_BACK; // all of it is done a second time, so it counts as reading back
            }
            return stack.stream()
                    .flatMap(frame -> Stream.of(values()).filter(part -> part != OTHER && part.has(frame)))
                    .findFirst()
                    .orElse(OTHER);
        }
    }

    /** The head of a table of {@link #shares}. */
    static String head(String name) {
        return "| " + name + " | "
                + Stream.of(Part.values()).map(part -> part.title).collect(Collectors.joining(" | ")) + " |\n|---|"
                + "--:|".repeat(Part.values().length);
    }

    /** How many per cent of {@code call} each part takes, as cells of a table. */
    String shares(Runnable call) throws Exception {
        new Turns(call, 1, BATCH).cost();
        Path file = Files.createTempFile("profile", ".jfr");
        try (Recording recording = new Recording()) {
            Stream.of(events.split(" ", -1))
                    .forEach(event ->
                            recording.enable(event).with("period", "10 ms").with("throttle", "1000/s"));
            recording.start();
            new Turns(call, 1, BATCH, LENGTH).cost();
            recording.stop();
            recording.dump(file);
            return shares(parts(file));
        } finally {
            Files.delete(file);
        }
    }

    private static Map<Part, Double> parts(Path file) throws IOException {
        Map<Part, Double> parts = new EnumMap<>(Part.class);
        for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
            boolean isTime = event.hasField("sampledThread");
            boolean isCaller = "caller"
                    .equals(event.getThread(isTime ? "sampledThread" : "eventThread")
                            .getJavaName());
            if (isCaller && event.getStackTrace() != null) {
                double weight = isTime ? 1 : event.getLong("weight");
                parts.merge(Part.of(event.getStackTrace().getFrames()), weight, Double::sum);
            }
        }
        return parts;
    }

    private static String shares(Map<Part, Double> parts) {
        double all = parts.values().stream().mapToDouble(Double::doubleValue).sum();
        return Stream.of(Part.values())
                .map(part -> String.format(Locale.ROOT, "%.1f", 100 * parts.getOrDefault(part, 0.0) / all))
                .collect(Collectors.joining(" | "));
    }
}
