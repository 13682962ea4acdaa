package io.cachedconnection.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;

/**
 * All that is logged in this JVM, with parameters and stack traces, in a file of its own in the directory of the log of the
 * tests. Named in {@code src/test/resources/logging.properties}.
 */
public final class LogFile extends Handler {

    private final SimpleFormatter formatter = new SimpleFormatter(); // for its messages only
    private final Path file =
            Path.of(System.getProperty("log.of.tests"), ProcessHandle.current().pid() + ".log");
    private PrintWriter writer; // guarded by this; null until there is something to write

    public LogFile() {
        setLevel(Level.ALL);
    }

    @Override
    public void publish(LogRecord record) {
        write(text(record));
    }

    private String text(LogRecord record) {
        StringWriter text = new StringWriter();
        text.append(record.getLevel().getName()).append(' ').append(record.getLoggerName());
        text.append(' ').append(formatter.formatMessage(record));
        if (record.getParameters() != null) {
            text.append(' ').append(record.getMessage());
            text.append(' ').append(Arrays.deepToString(record.getParameters()));
        }
        text.append(System.lineSeparator());
        if (record.getThrown() != null) {
            record.getThrown().printStackTrace(new PrintWriter(text, true));
        }
        return text.toString();
    }

    private synchronized void write(String text) {
        if (writer == null) {
            writer = open();
        }
        writer.write(text);
        writer.flush(); // nobody says when the last line has come
    }

    private PrintWriter open() {
        try {
            Files.createDirectories(file.getParent());
            return new PrintWriter(Files.newBufferedWriter(file, UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void flush() {
        // nothing is kept back
    }

    @Override
    public synchronized void close() {
        if (writer != null) {
            writer.close();
        }
    }
}
