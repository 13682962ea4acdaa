package io.cachedconnection.internal.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cachedconnection.testing.Certificates;
import io.cachedconnection.testing.NewestJdk;
import io.cachedconnection.testing.RedisProcess;
import io.cachedconnection.testing.TlsRedis;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lookups, writes and interrupts of virtual threads, each test in a JVM of the newest JDK that is installed. */
@Tag("proof")
class VirtualThreadsTest {

    private static final int WITH_VIRTUAL_THREADS = 21;

    @TempDir
    Path directory;

    /** What a node told that did this {@code scenario}. */
    private static Map<String, Long> told(String scenario) throws Exception {
        try (RedisProcess redis = RedisProcess.started()) {
            return told(scenario, redis.uri());
        }
    }

    private static Map<String, Long> told(String... arguments) throws Exception {
        Optional<Path> java = NewestJdk.java(WITH_VIRTUAL_THREADS);
        assumeTrue(java.isPresent(), "No JDK 21 or later is installed, so virtual threads are not tested.");
        Map<String, Long> told = new LinkedHashMap<>();
        List<String> command = new ArrayList<>(List.of(java.orElseThrow().toString(), "-Xmx512m", "-cp"));
        command.addAll(List.of(System.getProperty("java.class.path"), VirtualThreadsNode.class.getName()));
        command.addAll(List.of(arguments));
        Process node = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            for (String line : node.inputReader(UTF_8).lines().toList()) {
                told.put(line.split(" ", -1)[0], Long.valueOf(line.split(" ", -1)[1]));
            }
            assertThat(node.waitFor()).isZero();
        } finally {
            node.destroyForcibly();
        }
        System.out.println(java.orElseThrow() + ", " + arguments[0] + ": " + told);
        return told;
    }

    @Test
    void read_tenThousandWantTwoHundredKeys_eachIsLoadedOnceAndThenHit() throws Exception {
        assertThat(told("crowd"))
                .containsEntry("cold-loads", 200L)
                .containsEntry("warm-loads", 0L)
                .containsEntry("failures", 0L)
                .containsEntry("told", 0L)
                .containsEntry("warm-pinned", 0L);
    }

    @Test
    void find_manyInterruptedWhileTheyWait_areNoOutage() throws Exception {
        assertNoOutage(told("interrupts"));
    }

    @Test
    void find_interruptedOnAUnixSocket_isNoOutage() throws Exception {
        String socket = directory.resolve("s").toString();
        try (RedisProcess redis = RedisProcess.started("--unixsocket", socket)) {
            assertNoOutage(told("interrupts", redis.uri(), socket));
        }
    }

    @Test
    void find_interruptedOnAnEncryptedConnection_isNoOutage() throws Exception {
        Certificates authority = Certificates.authority("right");
        Path ca = Certificates.write(directory.resolve("ca.pem"), authority.certificate());
        int plain = RedisProcess.freePort();
        List<String> options =
                new ArrayList<>(List.of(TlsRedis.options(directory, authority.issue("localhost"), null)));
        options.addAll(List.of("--port", String.valueOf(plain)));
        try (RedisProcess redis = RedisProcess.started(options.toArray(String[]::new))) {
            String uri = "redis://127.0.0.1:" + plain;
            assertNoOutage(told("interrupts", uri, String.valueOf(redis.port()), ca.toString()));
        }
    }

    /** Each interrupt closes a socket. */
    private static void assertNoOutage(Map<String, Long> told) {
        assertThat(told).containsEntry("interrupted", 20L).containsEntry("calm", 1L);
        assertThat(told.get("connected")).isBetween(1L, 22L); // that of the warm-up may still be in the making
    }

    @Test
    void readAndWrite_manyInterrupted_seeNothingOldAndLoseNoEviction() throws Exception {
        Map<String, Long> told = told("everything");
        assertThat(told)
                .containsEntry("stale", 0L)
                .containsEntry("harmed", 0L)
                .containsEntry("calm", 1L)
                .containsEntry("told", 0L)
                .containsEntry("second-pinned", 0L);
        assertThat(told.get("interrupts")).isPositive();
    }
}
