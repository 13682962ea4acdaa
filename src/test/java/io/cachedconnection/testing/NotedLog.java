package io.cachedconnection.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;

/** A log that keeps its lines, and passes them on, and takes only whole ones: no parameters, and no exceptions, which may quote anything. */
public final class NotedLog implements System.Logger {

    /** One line. */
    public record Line(Level level, String text) {}

    private final List<Line> all = new ArrayList<>();

    public List<Line> all() {
        return all;
    }

    public List<String> of(Level level) {
        return all.stream().filter(line -> line.level == level).map(Line::text).toList();
    }

    @Override
    public String getName() {
        return "noted";
    }

    @Override
    public boolean isLoggable(Level level) {
        return true;
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String text, Throwable thrown) {
        if (thrown != null) {
            throw new AssertionError("An exception in the log.", thrown);
        }
        ScannedLog.text(text);
        all.add(new Line(level, text));
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String format, Object... params) {
        if (params != null && params.length > 0) {
            throw new AssertionError("Parameters in the log.");
        }
        ScannedLog.text(format);
        all.add(new Line(level, format));
    }
}
