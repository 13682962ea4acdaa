package io.cachedconnection.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Jazzer, which looks at what of the code an input has reached, and changes those that reach more. As many inputs as
 * {@code -Dfuzz.inputs}; {@code -Dfuzz.seed} makes a run again.
 */
@Tag("fuzz")
@Tag("proof")
class JazzerFuzzTest {

    private static final long INPUTS = Long.getLong("fuzz.inputs", 50_000);
    private static final int SEED = (int) (Long.getLong("fuzz.seed", new Random().nextLong()) & Integer.MAX_VALUE);
    private static final int MOST_BYTES = 20_000;

    @Test
    void lookup_inputsThatReachMore_areRefusedOrOfTheType(@TempDir Path directory) throws Exception {
        Path corpus = Files.createDirectory(directory.resolve("corpus"));
        Path output =
                Path.of(System.getProperty("reports.of.tests"), "jazzer.txt").toAbsolutePath();
        JazzerTarget.writeCorpus(corpus);

        int status = jazzer(directory, corpus, output).waitFor();

        String said = Files.readString(output);
        System.out.println(said.substring(Math.max(0, said.indexOf("Done "))));
        assertThat(status).as("-Dfuzz.seed=" + SEED + ", " + output).isZero();
        assertThat(said).contains("Done " + INPUTS + " runs").contains("Jazzer: " + INPUTS + " inputs");
    }

    private static Process jazzer(Path directory, Path corpus, Path output) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-cp",
                        System.getProperty("surefire.real.class.path", System.getProperty("java.class.path")),
                        "com.code_intelligence.jazzer.Jazzer",
                        "--target_class=" + JazzerTarget.class.getName(),
                        "--instrumentation_includes=io.cachedconnection.internal.**",
                        "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.**",
                        "-runs=" + INPUTS,
                        "-seed=" + SEED,
                        "-max_len=" + MOST_BYTES,
                        "-timeout=10",
                        corpus.toString()))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }
}
