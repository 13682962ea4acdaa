package io.cachedconnection.history;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.embedded.core.ExecutableProvider;

/** The embedded Redis, as a process of this test. */
final class RedisProcess implements RedisServer {

    private final int port = LoopbackPorts.free();
    private final File executable;
    private @Nullable Process process;

    /** Fails where there is none for this machine. */
    RedisProcess() throws IOException {
        executable = ExecutableProvider.newJarResourceProvider().get();
        start();
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public void start() {
        List<String> command = List.of(
                executable.getPath(),
                "--port",
                String.valueOf(port),
                "--bind",
                "127.0.0.1",
                "--save",
                "",
                "--appendonly",
                "no");
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
    public void close() {
        kill();
    }
}
