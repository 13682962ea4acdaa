package io.cachedconnection.se;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What is logged while this is open, by anybody from INFO on, by the library at every level. */
final class Log extends Handler implements AutoCloseable {

    private final Logger everybody = Logger.getLogger("");
    private final Logger library = Logger.getLogger("io.cachedconnection");
    private final List<LogRecord> records = new CopyOnWriteArrayList<>();

    Log() {
        everybody.addHandler(this);
        library.setLevel(Level.ALL);
    }

    /** The messages of the library. */
    List<String> ofLibrary() {
        return records.stream()
                .filter(each -> String.valueOf(each.getLoggerName()).startsWith(library.getName()))
                .map(LogRecord::getMessage)
                .toList();
    }

    /** What looks like trouble: a warning or worse, or a stack trace, of the library or of a container about it. */
    List<String> troubles() {
        return records.stream()
                .filter(each -> each.getLevel().intValue() >= Level.WARNING.intValue() || each.getThrown() != null)
                .map(each -> each.getLoggerName() + ": " + each.getMessage())
                .toList();
    }

    @Override
    public void publish(LogRecord record) {
        records.add(record);
    }

    @Override
    public void flush() {
        // nothing is kept back
    }

    @Override
    public void close() {
        everybody.removeHandler(this);
        library.setLevel(null);
    }
}
