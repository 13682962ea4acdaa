package io.cachedconnection.internal.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.internal.redis.CrowdedNode.Outcome;
import io.cachedconnection.testing.Certificates;
import io.cachedconnection.testing.RedisProcess;
import io.cachedconnection.testing.TlsRedis;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/**
 * A JVM that does not get to run, because others want the processors or it is stopped. Redis is well, so nothing may say
 * otherwise, and the cache goes on.
 */
@Tag("proof")
class StarvedTest {

    private static final int THREADS = 64;
    private static final Certificates AUTHORITY = Certificates.authority("An authority");

    @TempDir
    Path directory;

    private final List<Thread> burners = new ArrayList<>();
    private volatile boolean isOver;

    /** A node in a JVM of its own. */
    private record Node(Process process, BufferedReader says) implements AutoCloseable {

        static Node started(String... arguments) throws IOException {
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx256m",
                    "-cp",
                    System.getProperty("java.class.path"),
                    CrowdedNode.class.getName()));
            command.addAll(List.of(arguments));
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            return new Node(process, process.inputReader(US_ASCII));
        }

        void lookUp(int threads, int lookups, int pause) throws IOException {
            OutputStream in = process.getOutputStream();
            in.write((threads + " " + lookups + " " + pause + "\n").getBytes(US_ASCII));
            in.flush();
        }

        Outcome outcome() throws IOException {
            for (String line = says.readLine(); line != null; line = says.readLine()) {
                if (line.startsWith("out ")) {
                    System.out.println("Starved: " + Outcome.of(line.substring(4)));
                    return Outcome.of(line.substring(4));
                }
            }
            throw new AssertionError("The node has ended.");
        }

        void signal(String name) throws Exception {
            new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                    .start()
                    .waitFor();
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    /** Ten for each processor. */
    private void burn() {
        for (int i = 0; i < 10 * Runtime.getRuntime().availableProcessors(); i++) {
            Thread burner = new Thread(
                    () -> {
                        while (!isOver) {
                            Thread.onSpinWait();
                        }
                    },
                    "burner");
            burner.setDaemon(true);
            burner.start();
            burners.add(burner);
        }
    }

    @AfterEach
    void stopBurning() throws InterruptedException {
        isOver = true;
        for (Thread burner : burners) {
            burner.join();
        }
    }

    @Test
    void lookups_coldStartOnABusyMachine_keepTheCacheOn() throws Exception {
        try (RedisProcess redis = RedisProcess.started()) {
            burn();
            try (Node node = Node.started(String.valueOf(redis.port()))) {
                assertKept(node);
            }
        }
    }

    /** A hand-shake takes some 60 ms of a processor the first time, so a second here. */
    @Test
    void lookups_coldStartOnABusyMachineByTls_keepTheCacheOn() throws Exception {
        Path authority = Certificates.write(directory.resolve("ca.pem"), AUTHORITY.certificate());
        try (RedisProcess redis = TlsRedis.started(directory, AUTHORITY.issue("127.0.0.1"), null)) {
            burn();
            try (Node node = Node.started(String.valueOf(redis.port()), authority.toString())) {
                assertKept(node);
            }
        }
    }

    private static void assertKept(Node node) throws IOException {
        node.lookUp(THREADS, 6, 0);
        Outcome first = node.outcome();
        node.lookUp(THREADS, 100, 0);
        Outcome then = node.outcome();
        node.lookUp(1, 200, 0);
        Outcome last = node.outcome();

        assertThat(first.wrong() + then.wrong() + last.wrong()).isZero();
        assertThat(first.lost() + then.lost() + last.lost()).isZero();
        assertThat(then.hits()).isGreaterThan(THREADS * 100 / 2);
        assertThat(last.hits()).isGreaterThan(150);
    }

    /** As a long collection of garbage, or a host that moves its guests, does it. The answers have come meanwhile. */
    @Test
    void lookups_stoppedForASecond_useTheAnswersThatHaveCome() throws Exception {
        try (RedisProcess redis = RedisProcess.started();
                Jedis jedis = new Jedis("127.0.0.1", redis.port());
                Node node = Node.started(String.valueOf(redis.port()))) {
            node.lookUp(THREADS, 200, 0);
            node.outcome();
            int connections = connectionsEver(jedis);
            node.lookUp(THREADS, 7_000, 2);
            for (int i = 0; i < 5; i++) {
                new CountDownLatch(1).await(500, TimeUnit.MILLISECONDS);
                node.signal("STOP");
                new CountDownLatch(1).await(1, TimeUnit.SECONDS);
                node.signal("CONT");
            }
            Outcome outcome = node.outcome();

            assertThat(outcome.wrong()).isZero();
            assertThat(outcome.lost()).isZero();
            assertThat(outcome.loads()).isLessThan(THREADS * 5);
            assertThat(connectionsEver(jedis) - connections).isLessThan(8); // of 4 in each stop
        }
    }

    private static int connectionsEver(Jedis jedis) {
        return jedis.info("stats")
                .lines()
                .filter(line -> line.startsWith("total_connections_received:"))
                .mapToInt(line -> Integer.parseInt(line.split(":", 2)[1].trim()))
                .findFirst()
                .orElseThrow();
    }
}
