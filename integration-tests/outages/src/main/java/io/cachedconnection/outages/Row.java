package io.cachedconnection.outages;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A row of the table.
 *
 * @param trials what was measured, with one thread and with many
 * @param broken the bounds that do not hold
 */
record Row(Fault fault, List<Measured> trials, List<String> broken) {

    static final String HEAD = """
            | fault | lookups return | writes return | first lookups, 1 thread | 64 threads | lookups while it lasts, 1 thread | 64 threads | lookups p99.9 | writes p99.9 | machine p99.9 | open | normal again after | log lines | bounds |
            |---|---|---|---|---|---|---|---|---|---|---|---|---|---|
            """;

    String markdown() {
        return "| **" + fault.name() + "**: " + fault.how()
                + " | " + each(Row::lookupReturns)
                + " | " + each(Row::writeReturns)
                + " | " + each(trial -> spread(trial.first()), " | ")
                + " | " + each(trial -> spread(trial.lasting()), " | ")
                + " | " + each(trial -> time(trial.lookups().p999()))
                + " | " + each(trial -> time(trial.writes().p999()))
                + " | " + each(trial -> time(trial.control().p999()))
                + " | " + openCost()
                + " | " + each(trial -> trial.normalMillis() < 0 ? "never" : trial.normalMillis() + " ms")
                + " | " + each(Row::logLines)
                + " | " + (broken.isEmpty() ? "held" : "**BROKEN**: " + String.join("; ", broken))
                + " |";
    }

    private String each(Function<Measured, String> cell) {
        return each(cell, " / ");
    }

    private String each(Function<Measured, String> cell, String between) {
        List<String> cells = trials.stream().map(cell).toList();
        boolean same = between.equals(" / ") && cells.stream().distinct().count() == 1;
        return same ? cells.get(0) : String.join(between, cells);
    }

    private static String lookupReturns(Measured trial) {
        Tally tally = trial.tally();
        int all = Math.max(1, tally.fromRedis() + tally.fromRepository());
        long percent = Math.round(100.0 * tally.fromRepository() / all);
        String old = tally.old() == 0 ? "" : ", " + tally.old() + " old";
        return "value, " + percent + " % from the repository" + old + threw(tally);
    }

    private static String writeReturns(Measured trial) {
        return "done" + threw(trial.tally());
    }

    private static String threw(Tally tally) {
        return tally.threw() == 0 ? "" : ", " + tally.threw() + " EXCEPTIONS";
    }

    private static String spread(Spread spread) {
        return time(spread.p50()) + " / " + time(spread.p99()) + " / " + time(spread.max());
    }

    private String openCost() {
        return trials.stream()
                .filter(trial -> trial.openCost() != Measured.NONE)
                .map(trial -> time(trial.openCost()))
                .collect(Collectors.joining());
    }

    private static String logLines(Measured trial) {
        Warnings warnings = trial.warnings();
        String others = warnings.others() == 0 ? "" : " + " + warnings.others() + " others";
        return warnings.lost() + " lost + " + warnings.back() + " back" + others;
    }

    /** With two or three digits. */
    private static String time(long nanos) {
        double micros = nanos / 1000.0;
        if (Math.abs(micros) < 10) {
            return String.format(Locale.ROOT, "%.1f µs", micros);
        }
        if (micros < 1000) {
            return Math.round(micros) + " µs";
        }
        return micros < 10_000
                ? String.format(Locale.ROOT, "%.1f ms", micros / 1000)
                : Math.round(micros / 1000) + " ms";
    }
}
