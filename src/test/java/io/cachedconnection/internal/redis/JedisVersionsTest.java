package io.cachedconnection.internal.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.internal.message.StoreMessage;
import io.cachedconnection.testing.RedisProcess;
import io.cachedconnection.testing.Said;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The store with the Jedis of the application, which may be another one than this library was built with. */
class JedisVersionsTest {

    private static final String OWN = "jedis-" + JedisStore.JEDIS + ".jar";

    @Test
    void unsuitableJedis_ofThisBuild_isNone() {
        assertThat(classPath()).anyMatch(entry -> entry.endsWith(OWN));
        assertThat(JedisStore.unsuitableJedis()).isEmpty();
    }

    @Test
    void message_namesBothVersions() {
        assertThat(Said.text(StoreMessage.JEDIS_UNSUITABLE.with("5.2.0", JedisStore.JEDIS)))
                .contains("Jedis 5.2.0", JedisStore.JEDIS);
    }

    /** Maven copies these next to the classes, with -Pproof and -Pall. */
    @Tag("proof")
    @ParameterizedTest
    @ValueSource(strings = {"8.0.1", "8.0.0"})
    void store_withAnotherJedis_keepsItsContract(String version) throws Exception {
        assertThat(said(Stream.of(other(version)))).isEqualTo("fits");
    }

    @Tag("proof")
    @ParameterizedTest
    @ValueSource(strings = {"7.5.3", "6.2.0", "5.2.0"})
    void store_withAnOldJedis_saysWhichItIs(String version) throws Exception {
        assertThat(said(Stream.of(other(version)))).isEqualTo("refused " + version);
    }

    @Tag("proof")
    @Test
    void store_withoutJedis_saysSo() throws Exception {
        assertThat(said(Stream.of())).isEqualTo("refused of unknown version");
    }

    /** A store uses no pool and no logger of Jedis. */
    @Tag("proof")
    @Test
    void store_withoutTheDependenciesOfJedis_keepsItsContract() throws Exception {
        assertThat(said(entry -> !entry.contains("commons-pool2") && !entry.contains("slf4j"), Stream.of()))
                .isEqualTo("fits");
    }

    private static String other(String version) {
        Path jar = Path.of(JedisStore.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath())
                .resolveSibling("jedis")
                .resolve("jedis-" + version + ".jar");
        assertThat(jar).as("copied with -Pproof").isRegularFile();
        return jar.toString();
    }

    private static List<String> classPath() {
        return List.of(System.getProperty("java.class.path").split(File.pathSeparator));
    }

    /** What a node says whose class path has this instead of Jedis. */
    private static String said(Stream<String> instead) throws IOException, InterruptedException {
        return said(entry -> !entry.endsWith(OWN), instead);
    }

    private static String said(Predicate<String> isKept, Stream<String> more) throws IOException, InterruptedException {
        String path = Stream.concat(more, classPath().stream().filter(isKept))
                .collect(Collectors.joining(File.pathSeparator));
        Path output = Files.createTempFile("node", ".txt");
        try (RedisProcess redis = RedisProcess.started()) {
            Process node = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx256m",
                            "-cp",
                            path,
                            JedisVersionNode.class.getName(),
                            String.valueOf(redis.port()))
                    .redirectError(Redirect.INHERIT)
                    .redirectOutput(output.toFile())
                    .start();
            node.waitFor();
            return Files.readString(output).strip();
        } finally {
            Files.delete(output);
        }
    }
}
