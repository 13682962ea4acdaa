package io.cachedconnection.internal.telemetry.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The metrics with the OpenTelemetry of the application, which may be newer than the one that is compiled against. */
class OpenTelemetryVersionsTest {

    /** Neither a global instance nor bounds of one's own; and the application could still set its own. */
    @Test
    void node_withApi129_leavesTheGlobalInstanceAlone() throws Exception {
        assertThat(classPath()).anyMatch(entry -> entry.endsWith("opentelemetry-api-1.29.0.jar"));
        assertThat(said(classPath().stream())).isEqualTo("false false false");
    }

    /** Maven copies the jars next to the classes, with -Pproof and -Pall. */
    @Tag("proof")
    @Test
    void node_withANewApi_findsTheGlobalInstanceAndAdvisesBounds() throws Exception {
        Path copied = Path.of(OpenTelemetrySink.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath())
                .resolveSibling("opentelemetry");
        try (Stream<Path> jars = Files.list(copied)) {
            Stream<String> others = classPath().stream().filter(entry -> !entry.contains("opentelemetry-"));

            assertThat(said(Stream.concat(jars.map(Path::toString), others))).isEqualTo("false true true");
        }
    }

    private static List<String> classPath() {
        return List.of(System.getProperty("java.class.path").split(File.pathSeparator));
    }

    private static String said(Stream<String> path) throws IOException, InterruptedException {
        Path output = Files.createTempFile("node", ".txt");
        try {
            new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx256m",
                            "-cp",
                            path.collect(Collectors.joining(File.pathSeparator)),
                            OpenTelemetryVersionNode.class.getName())
                    .redirectError(Redirect.INHERIT)
                    .redirectOutput(output.toFile())
                    .start()
                    .waitFor();
            return Files.readString(output).strip();
        } finally {
            Files.delete(output);
        }
    }
}
