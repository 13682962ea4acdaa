package io.cachedconnection.outages;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A Redis that reads a large file when it starts again, and says {@code LOADING} to all until it has. Its own option for
 * tests makes it slow, so that the file need not be huge.
 */
final class LoadingFault {

    private static final int COMMANDS_PER_SECOND = 40_000; // a few more than it reads
    private static final int MORE_SECONDS = 3;

    private final Path directory;
    private final int seconds;
    private final RedisProcess redis;

    private LoadingFault(Path directory, int seconds) throws IOException {
        this.directory = directory;
        this.seconds = seconds;
        String[] options = {"--appendonly", "yes", "--dir", directory.toString(), "--key-load-delay", "-3"};
        this.redis = RedisProcess.at(LoopbackPorts.free(), options);
    }

    /** One that loads for longer than these seconds. */
    static Scene scene(Options options) throws Exception {
        LoadingFault fault = new LoadingFault(options.newDirectory("loading"), options.seconds());
        fault.redis.start();
        return Scene.at(fault.redis.port(), fault::strike, fault::end, fault.redis);
    }

    private void strike() throws Exception {
        redis.kill();
        write(directory.resolve("appendonly.aof"), COMMANDS_PER_SECOND * (seconds + MORE_SECONDS));
        redis.start();
    }

    private static void write(Path file, int commands) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < commands; i++) {
                String key = "filler:" + i;
                text.append("*3\r\n$3\r\nSET\r\n$" + key.length() + "\r\n" + key + "\r\n$1\r\nx\r\n");
            }
            out.write(text.toString().getBytes(US_ASCII));
        }
    }

    /** It ends by itself; it must not have done so before. */
    private void end() {
        if (!isLoading()) {
            throw new IllegalStateException("It has loaded too fast.");
        }
        while (isLoading()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
        }
    }

    private boolean isLoading() {
        return Ask.server(redis.port(), "INFO", "persistence").contains("loading:1");
    }
}
