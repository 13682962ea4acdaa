package io.cachedconnection.internal.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.internal.message.StoreMessage;
import io.cachedconnection.testing.Certificates;
import io.cachedconnection.testing.RedisClusterProcesses;
import io.cachedconnection.testing.RedisProcess;
import io.cachedconnection.testing.ScannedLog;
import io.cachedconnection.testing.TlsRedis;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
        assertThat(ScannedLog.text(StoreMessage.JEDIS_UNSUITABLE.with("5.2.0", JedisStore.JEDIS)))
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

    /** What Jedis brings along is excluded; two of it are here for the clients of Jedis that tests use. */
    private static boolean isNeeded(String entry) {
        return Stream.of("commons-pool2", "slf4j", "gson", "redis-authx", "org/json")
                .noneMatch(entry::contains);
    }

    @Tag("proof")
    @Test
    void store_withoutTheDependenciesOfJedis_keepsItsContract() throws Exception {
        try (RedisProcess redis = RedisProcess.started()) {
            assertThat(said(JedisVersionsTest::isNeeded, Stream.of(), "server", port(redis)))
                    .isEqualTo("fits");
        }
    }

    @Tag("proof")
    @Test
    void store_ofAClusterWithoutTheDependenciesOfJedis_keepsItsContract() throws Exception {
        try (RedisClusterProcesses cluster = RedisClusterProcesses.started(3, 0)) {
            String ports = port(cluster.process(0)) + "," + port(cluster.process(1));
            assertThat(said(JedisVersionsTest::isNeeded, Stream.of(), "cluster", ports))
                    .isEqualTo("fits");
        }
    }

    @Tag("proof")
    @Test
    void store_behindASentinelWithoutTheDependenciesOfJedis_keepsItsContract(@TempDir Path directory) throws Exception {
        try (RedisProcess master = RedisProcess.started();
                RedisProcess sentinel = RedisProcess.sentinel(master.port(), 1, directory.resolve("sentinel.conf"))) {
            assertThat(said(JedisVersionsTest::isNeeded, Stream.of(), "sentinel", port(sentinel)))
                    .isEqualTo("fits");
        }
    }

    @Tag("proof")
    @Test
    void store_byTlsWithoutTheDependenciesOfJedis_keepsItsContract(@TempDir Path directory) throws Exception {
        Certificates authority = Certificates.authority("An authority");
        Path file = Certificates.write(directory.resolve("ca.pem"), authority.certificate());
        try (RedisProcess redis = TlsRedis.started(directory, authority.issue("127.0.0.1"), null)) {
            assertThat(said(JedisVersionsTest::isNeeded, Stream.of(), "tls", port(redis), file.toString()))
                    .isEqualTo("fits");
        }
    }

    private static String port(RedisProcess process) {
        return String.valueOf(process.port());
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
        try (RedisProcess redis = RedisProcess.started()) {
            return said(entry -> !entry.endsWith(OWN), instead, "server", port(redis));
        }
    }

    private static String said(Predicate<String> isKept, Stream<String> more, String... arguments)
            throws IOException, InterruptedException {
        String path = Stream.concat(more, classPath().stream().filter(isKept))
                .collect(Collectors.joining(File.pathSeparator));
        Path output = Files.createTempFile("node", ".txt");
        try {
            String java =
                    Path.of(System.getProperty("java.home"), "bin", "java").toString();
            List<String> command =
                    new ArrayList<>(List.of(java, "-Xmx256m", "-cp", path, JedisVersionNode.class.getName()));
            command.addAll(List.of(arguments));
            Process node = new ProcessBuilder(command)
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
