package io.cachedconnection.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/**
 * All that is logged in this JVM, with parameters and stack traces, in one file for each test class. What is logged outside
 * of tests, as in a JVM that a test starts, goes to a file with the number of the process. Named in
 * {@code src/test/resources/logging.properties}. Thread-safe.
 */
public final class LogFile extends Handler {

    private static volatile String name = Long.toString(ProcessHandle.current().pid());

    private final SimpleFormatter formatter = new SimpleFormatter(); // for its messages only
    private final Path directory = Path.of(System.getProperty("log.of.tests"));
    private final Map<String, PrintWriter> writers = new HashMap<>(); // guarded by this

    /** Tells which test class runs. JUnit finds it as a service. */
    public static final class Switch implements TestExecutionListener {

        @Override
        public void executionStarted(TestIdentifier test) {
            test.getSource()
                    .filter(ClassSource.class::isInstance)
                    .map(source -> ((ClassSource) source).getClassName().replaceFirst("\\$.*", ""))
                    .ifPresent(className -> name = className);
        }
    }

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
        PrintWriter writer = writers.computeIfAbsent(name, this::opened);
        writer.write(text);
        writer.flush(); // nothing says when the last line has come
    }

    private PrintWriter opened(String name) {
        try {
            Files.createDirectories(directory);
            return new PrintWriter(Files.newBufferedWriter(directory.resolve(name + ".log"), UTF_8, CREATE, APPEND));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void flush() {
        // each line is flushed as it is written
    }

    @Override
    public synchronized void close() {
        writers.values().forEach(PrintWriter::close);
    }
}
