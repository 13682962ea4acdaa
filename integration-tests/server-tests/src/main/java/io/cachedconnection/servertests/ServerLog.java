package io.cachedconnection.servertests;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/** What the server logs from the moment this is made. */
final class ServerLog {

    private final Path file = Path.of(Server.property("server.log"));
    private final byte[] before = bytes();

    /** All that the server has logged since. */
    String text() {
        byte[] log = bytes();
        int from = goesOn(log) ? before.length : 0; // a server may begin its log anew as it starts
        return new String(log, from, log.length - from, UTF_8);
    }

    private boolean goesOn(byte[] log) {
        return log.length >= before.length && Arrays.equals(before, 0, before.length, log, 0, before.length);
    }

    private byte[] bytes() {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return new byte[0]; // a server that has just started may not have one yet
        } catch (IOException e) {
            throw new UncheckedIOException("The server's log cannot be read.", e);
        }
    }
}
