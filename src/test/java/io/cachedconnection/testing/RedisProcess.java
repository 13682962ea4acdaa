package io.cachedconnection.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import redis.embedded.core.ExecutableProvider;

/** A Redis of a test's own, which the test may kill, hang and start again on the same port. From the embedded binary. */
public final class RedisProcess implements AutoCloseable {

    private static final File EXECUTABLE = executable();
    private static final String TLS_PORT = "--tls-port";

    private final int port;
    private final List<String> arguments;
    private Process process;

    private RedisProcess(int port, List<String> arguments) {
        this.port = port;
        this.arguments = arguments;
    }

    /** Runs, and answers. */
    public static RedisProcess started(String... options) {
        RedisProcess redis = notStarted(options);
        redis.start();
        return redis;
    }

    /** Has a port on which nothing listens yet. */
    public static RedisProcess notStarted(String... options) {
        return notStartedAt(freePort(), options);
    }

    /** The same on a port of the test's choice. */
    public static RedisProcess notStartedAt(int port, String... options) {
        boolean tls = List.of(options).contains("--tls-cert-file"); // then it speaks nothing else here
        List<String> arguments = new ArrayList<>(List.of("--port", tls ? "0" : String.valueOf(port)));
        arguments.addAll(tls ? List.of(TLS_PORT, String.valueOf(port)) : List.of());
        arguments.addAll(List.of("--bind", "127.0.0.1"));
        arguments.addAll(List.of("--save", "", "--appendonly", "no"));
        arguments.addAll(List.of(options));
        return new RedisProcess(port, arguments);
    }

    /** A Sentinel that watches the master on {@code masterPort} under the name "main"; {@code file} is its own to write. */
    public static RedisProcess sentinel(int masterPort, int quorum, Path file) {
        int port = freePort();
        List<String> lines = List.of(
                "port " + port,
                "bind 127.0.0.1",
                "sentinel monitor main 127.0.0.1 " + masterPort + " " + quorum,
                "sentinel down-after-milliseconds main 1000",
                "sentinel failover-timeout main 3000");
        try {
            Files.write(file, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        RedisProcess sentinel = new RedisProcess(port, List.of(file.toString(), "--sentinel"));
        sentinel.start();
        return sentinel;
    }

    private static File executable() {
        try {
            return ExecutableProvider.newJarResourceProvider().get();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A port below those of outgoing connections: none of them takes it before Redis does. */
    public static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(22_000, 32_000);
            if (isFree(port)) {
                return port;
            }
        }
    }

    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    public int port() {
        return port;
    }

    public String uri() {
        return "redis://127.0.0.1:" + port;
    }

    public void start() {
        List<String> command = new ArrayList<>(List.of(EXECUTABLE.getPath()));
        command.addAll(arguments);
        try {
            process = new ProcessBuilder(command)
                    .directory(
                            new File("target")) // where it leaves half an RDB if it is killed while a replica attaches
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        awaitConnectable();
    }

    private void awaitConnectable() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!answers()) {
            if (!process.isAlive() || System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("The embedded Redis did not start; on Linux amd64 it needs libssl 3.");
            }
            Thread.onSpinWait();
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            socket.setSoTimeout(1000);
            if (arguments.contains(TLS_PORT)) { // the certificates are read before anybody listens
                return true;
            }
            socket.getOutputStream().write("PING\r\n".getBytes(US_ASCII));
            int first = socket.getInputStream().read();
            return first == '+' || first == '-';
        } catch (IOException e) {
            return false;
        }
    }

    /** As {@code kill -9}. */
    public void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Holds the process: connections stay open, nothing answers. */
    public void hang() {
        signal("STOP");
    }

    /** Lets a held process go on. */
    public void resume() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        if (process != null) {
            kill();
        }
    }
}
