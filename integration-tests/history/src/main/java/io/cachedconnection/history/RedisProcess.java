package io.cachedconnection.history;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import redis.embedded.core.ExecutableProvider;

/** The embedded Redis, as a process of this test: a server, or a Sentinel. */
final class RedisProcess implements RedisServer {

    private final int port;
    private final Path directory;
    private final List<String> command;
    private @Nullable Process process;

    /** Fails where there is none for this machine. {@code file} is its configuration, beside its command line. */
    private RedisProcess(int port, String file, String... options) throws IOException {
        this.port = port;
        directory = Files.createTempDirectory("history-redis");
        command = new ArrayList<>();
        command.add(ExecutableProvider.newJarResourceProvider().get().getPath());
        if (!file.isEmpty()) {
            command.add(Files.writeString(directory.resolve("redis.conf"), file).toString());
        }
        command.addAll(List.of("--port", String.valueOf(port), "--bind", "127.0.0.1", "--dir", directory.toString()));
        command.addAll(List.of(options));
        start();
    }

    /** One that saves only when it is told to. */
    static RedisProcess server() throws IOException {
        return new RedisProcess(LoopbackPorts.free(), "", "--save", "", "--appendonly", "no");
    }

    /** One that is to join a cluster, where none takes over unasked only because a machine is busy. */
    static RedisProcess member() throws IOException {
        return new RedisProcess(
                LoopbackPorts.freeWithBus(),
                "cluster-enabled yes\ncluster-node-timeout 10000\n",
                "--save",
                "",
                "--appendonly",
                "no");
    }

    /** A Sentinel that alone decides over the server at {@code master}, and is patient with it. */
    static RedisProcess sentinel(String name, int master) throws IOException {
        String file = "sentinel monitor " + name + " 127.0.0.1 " + master + " 1\nsentinel down-after-milliseconds "
                + name + " 10000\nsentinel failover-timeout " + name + " 10000\n";
        return new RedisProcess(LoopbackPorts.free(), file, "--sentinel");
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public void start() {
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        LoopbackPorts.awaitRedis(port);
    }

    @Override
    public void kill() {
        try {
            running().destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void hang() {
        Signal.STOP.sendTo(running());
    }

    @Override
    public void resume() {
        Signal.CONT.sendTo(running());
    }

    private Process running() {
        if (process == null) {
            throw new IllegalStateException("It is started when it is made.");
        }
        return process;
    }

    @Override
    public void dropDump() {
        try {
            Files.deleteIfExists(directory.resolve("dump.rdb"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill();
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
