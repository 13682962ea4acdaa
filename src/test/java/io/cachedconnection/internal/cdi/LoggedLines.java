package io.cachedconnection.internal.cdi;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/** What the library logs while this is open. */
final class LoggedLines extends Handler implements AutoCloseable {

    private final Logger logger = Logger.getLogger("io.cachedconnection");
    private final List<LogRecord> records = new CopyOnWriteArrayList<>();

    LoggedLines() {
        logger.addHandler(this);
    }

    /** The ids of all messages, also those of the debug level. */
    Set<String> ids() {
        return records.stream()
                .map(record -> record.getMessage().split(" ", 2)[0])
                .collect(Collectors.toSet());
    }

    List<String> all() {
        return records.stream().map(LogRecord::getMessage).toList();
    }

    List<String> warnings() {
        return records.stream()
                .filter(record -> record.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogRecord::getMessage)
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
        logger.removeHandler(this);
    }
}
