package io.cachedconnection.history;

import java.io.IOException;
import java.io.UncheckedIOException;

/** A signal to a process of this test. */
enum Signal {
    STOP,
    CONT;

    /** Returns when it is sent. */
    void sendTo(Process process) {
        try {
            new ProcessBuilder("kill", "-" + name(), String.valueOf(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
