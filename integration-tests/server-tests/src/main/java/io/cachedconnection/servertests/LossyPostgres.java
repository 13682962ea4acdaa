package io.cachedconnection.servertests;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

/**
 * A PostgreSQL, in Docker or else embedded, behind a proxy that loses the connection of a commit. Which commit, and how, it is told by texts
 * that it finds in the statements before, see {@link Accounts}. Lives until this JVM ends.
 */
final class LossyPostgres {

    private static final String IMAGE = "postgres:15";
    private static final int PORT = 5432;
    private static final LossyPostgres THIS_RUNS = new LossyPostgres();

    private final InetSocketAddress server;
    private final ServerSocket proxy;
    private final Queue<Work> late = new ConcurrentLinkedQueue<>(); // commits that are still on their way

    private LossyPostgres() {
        try {
            server = TestRedis.isInDocker(IMAGE) ? inDocker() : embedded();
            proxy = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    @SuppressWarnings("resource") // ends with this JVM
    private static InetSocketAddress inDocker() {
        GenericContainer<?> container = new GenericContainer<>(IMAGE)
                .withEnv("POSTGRES_PASSWORD", Accounts.PASSWORD)
                .withExposedPorts(PORT)
                .waitingFor(Wait.forLogMessage(".*ready to accept connections.*\\n", 2));
        container.start();
        return said(IMAGE + " in Docker", container.getHost(), container.getMappedPort(PORT));
    }

    /** Any password is good enough for it. */
    @SuppressWarnings("resource") // ends with this JVM
    private static InetSocketAddress embedded() throws IOException {
        return said(
                "the embedded program", "localhost", EmbeddedPostgres.start().getPort());
    }

    private static InetSocketAddress said(String what, String host, int port) {
        System.out.println("PostgreSQL for the tests: " + what + ".");
        return new InetSocketAddress(host, port);
    }

    /** Its address, by way of the proxy, for the user {@code postgres}. */
    static String url() {
        return "jdbc:postgresql://127.0.0.1:" + THIS_RUNS.proxy.getLocalPort() + "/postgres"
                + "?sslmode=disable&gssEncMode=disable&prepareThreshold=0";
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void daemon(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                // a connection is over
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = proxy.accept();
            Socket backend = new Socket(server.getAddress(), server.getPort());
            Connection connection = new Connection(client, backend);
            daemon(connection::forth);
            daemon(connection::back);
        }
    }

    /** One connection of a client. */
    private final class Connection {

        private final Socket client;
        private final Socket backend;
        private String loss = "";
        private volatile @Nullable CountDownLatch
                lost; // counted down when the answer has come that the client does not get

        Connection(Socket client, Socket backend) {
            this.client = client;
            this.backend = backend;
        }

        void forth() throws IOException {
            byte[] buffer = new byte[1 << 16];
            try (client) {
                for (int n = client.getInputStream().read(buffer);
                        n >= 0;
                        n = client.getInputStream().read(buffer)) {
                    String text = new String(buffer, 0, n, ISO_8859_1);
                    if (text.contains(Accounts.LATE_COMMITS)) {
                        comeThrough();
                    }
                    boolean isLost = !loss.isEmpty() && text.contains("COMMIT");
                    if (isLost && loss.equals(Accounts.LATE)) {
                        byte[] commit = Arrays.copyOf(buffer, n);
                        late.add(() -> commit(commit));
                        return;
                    }
                    if (isLost && loss.equals(Accounts.BEFORE)) {
                        backend.close();
                        return;
                    }
                    if (isLost) {
                        lost = new CountDownLatch(1);
                    }
                    for (String each : Accounts.LOSSES) {
                        loss = text.contains(each) ? each : loss;
                    }
                    backend.getOutputStream().write(buffer, 0, n);
                }
                backend.close();
            }
        }

        /** Without the client; the other thread reads the answer. */
        private void commit(byte[] commit) throws IOException {
            CountDownLatch answered = new CountDownLatch(1);
            lost = answered;
            backend.getOutputStream().write(commit);
            try {
                answered.await();
            } catch (InterruptedException e) {
                throw new InterruptedIOException();
            }
        }

        private void comeThrough() throws IOException {
            for (Work each = late.poll(); each != null; each = late.poll()) {
                each.run();
            }
        }

        void back() throws IOException {
            byte[] buffer = new byte[1 << 16];
            for (int n = backend.getInputStream().read(buffer);
                    n >= 0;
                    n = backend.getInputStream().read(buffer)) {
                CountDownLatch answer = lost;
                if (answer != null) {
                    client.close();
                    backend.close();
                    answer.countDown();
                    return;
                }
                client.getOutputStream().write(buffer, 0, n);
            }
            client.close();
        }
    }
}
