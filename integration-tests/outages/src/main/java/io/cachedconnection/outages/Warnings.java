package io.cachedconnection.outages;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What is logged at WARNING or above, and that Redis is back, while it listens. Thread-safe. */
final class Warnings implements AutoCloseable {

    private static final String LOST = "CC-0301";
    private static final String BACK = "CC-0302";

    private final Logger root = Logger.getLogger("");
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Handler handler = new Ear();

    private Warnings() {
        root.addHandler(handler);
    }

    /** Listens from now on. */
    static Warnings heard() {
        return new Warnings();
    }

    List<String> lines() {
        return lines;
    }

    int lost() {
        return number(LOST);
    }

    int back() {
        return number(BACK);
    }

    /** Those that tell of anything else than that Redis is lost or back. */
    int others() {
        return lines.size() - lost() - back();
    }

    private int number(String id) {
        return (int) lines.stream().filter(line -> line.contains(id)).count();
    }

    @Override
    public String toString() {
        return lines.size() + " lines";
    }

    @Override
    public void close() {
        root.removeHandler(handler);
    }

    /** What the loggers know of this. */
    private final class Ear extends Handler {

        @Override
        public void publish(LogRecord line) {
            if (line.getLevel().intValue() >= Level.WARNING.intValue()
                    || String.valueOf(line.getMessage()).startsWith(BACK)) {
                lines.add(line.getLoggerName() + ": " + line.getMessage());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
