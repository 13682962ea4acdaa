package io.cachedconnection.outages;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.embedded.core.ExecutableProvider;

/** A Redis, or a Sentinel, from the embedded binary, as a process that may be hung, killed and started again. */
final class RedisProcess implements Closeable {

    static final String HOST = "127.0.0.1";

    private final int port;
    private final List<String> command;
    private @Nullable Process process;

    private RedisProcess(int port, List<String> options) throws IOException {
        this.port = port;
        command = new ArrayList<>();
        command.add(executable());
        command.addAll(options);
    }

    private static String executable() throws IOException {
        File file = ExecutableProvider.newJarResourceProvider().get();
        return file.getPath();
    }

    /** A Redis that keeps nothing on disk and answers; {@code options} as on its command line. */
    static RedisProcess started(String... options) throws Exception {
        RedisProcess redis = at(LoopbackPorts.free(), options);
        redis.start();
        return redis;
    }

    /** The same, not started yet. */
    static RedisProcess at(int port, String... options) throws IOException {
        List<String> all = new ArrayList<>(List.of("--port", String.valueOf(port), "--bind", HOST));
        all.addAll(List.of("--save", "", "--appendonly", "no"));
        all.addAll(List.of(options));
        return new RedisProcess(port, all);
    }

    /** A Sentinel at {@code port}, which {@code config} has, too, and which it writes to. */
    static RedisProcess sentinel(int port, File config) throws Exception {
        RedisProcess sentinel = new RedisProcess(port, List.of(config.getPath(), "--sentinel"));
        sentinel.start();
        return sentinel;
    }

    int port() {
        return port;
    }

    /** Starts it and waits until it answers, be it that it is loading. */
    void start() throws Exception {
        Process started = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.DISCARD)
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly)); // also at Ctrl-C
        process = started;
        Patience.until("Redis answers at port " + port, () -> Ask.isAnswered(port));
    }

    /** As {@code kill -9}. */
    void kill() {
        try {
            running().destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Connections stay open, nothing answers. */
    void hang() throws Exception {
        signal("STOP");
    }

    /** Lets it go on after it hung. */
    void resume() throws Exception {
        signal("CONT");
    }

    private void signal(String name) throws Exception {
        String pid = String.valueOf(running().pid());
        new ProcessBuilder("kill", "-" + name, pid).start().waitFor();
    }

    private Process running() {
        if (process == null) {
            throw new IllegalStateException("It has not been started.");
        }
        return process;
    }

    @Override
    public void close() {
        if (process != null) {
            kill();
        }
    }
}
