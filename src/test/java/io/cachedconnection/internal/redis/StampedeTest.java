package io.cachedconnection.internal.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.testing.RedisProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** Three JVMs with 64 threads each want one cold key at the same moment. */
@Tag("proof")
class StampedeTest {

    private static final int NODES = 3;
    private static final String KEY = "cold";

    private record Node(Process process, BufferedReader says) {

        static Node started(String redis) throws IOException {
            Path java = Path.of(System.getProperty("java.home"), "bin", "java");
            Process process = new ProcessBuilder(
                            java.toString(),
                            "-Xmx256m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            StampedeNode.class.getName(),
                            redis,
                            String.valueOf(KEY.length()))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            return new Node(process, process.inputReader(US_ASCII));
        }

        void go() throws IOException {
            OutputStream in = process.getOutputStream();
            in.write(KEY.getBytes(US_ASCII));
            in.flush();
        }
    }

    @Test
    void read_coldKeyOnThreeNodes_isLoadedOnce() throws Exception {
        List<Node> nodes = new ArrayList<>();
        try (RedisProcess redis = RedisProcess.started();
                Jedis jedis = new Jedis("127.0.0.1", redis.port())) {
            for (int i = 0; i < NODES; i++) {
                nodes.add(Node.started(redis.uri()));
            }
            for (Node node : nodes) {
                assertThat(node.says().readLine()).isEqualTo("ready");
            }
            for (Node node : nodes) {
                node.go();
            }
            List<String> slowest = new ArrayList<>();
            for (Node node : nodes) {
                slowest.add(node.says().readLine());
            }
            System.out.println("Stampede: loads of " + StampedeNode.LOAD.toMillis()
                    + " ms, the slowest caller of each node waited " + slowest);
            assertThat(slowest).doesNotContainNull();
            assertThat(jedis.get("loads-of-" + StampedeNode.SPACE.key(KEY).text()))
                    .isEqualTo("1");
        } finally {
            nodes.forEach(node -> node.process().destroyForcibly());
        }
    }
}
