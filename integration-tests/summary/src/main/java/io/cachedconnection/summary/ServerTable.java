package io.cachedconnection.summary;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * How the tests went on each server, as a table in Markdown. Its seconds are those of the tests, without the server's
 * start. A skipped test is a failure here: each test has to pass on each server.
 */
record ServerTable(List<Report> reports) {

    private static final List<String> HEAD =
            List.of("| server | JDK | tests | failures | seconds |", "|---|---|---|---|---|");

    /** The lines of the table, sorted by server; none if there was no server. */
    List<String> lines() {
        var rows = reports.stream()
                .filter(report -> !report.server().isEmpty())
                .collect(toMap(ServerTable::place, identity(), Report::plus, TreeMap::new));
        return rows.isEmpty()
                ? List.of()
                : Stream.concat(HEAD.stream(), rows.values().stream().map(ServerTable::row))
                        .toList();
    }

    private static String row(Report report) {
        Counts counts = report.counts();
        return "%s %d | %d | %d |"
                .formatted(
                        place(report),
                        counts.all(),
                        counts.all() - counts.passed(),
                        report.time().toSeconds());
    }

    private static String place(Report report) {
        return "| %s | %s |".formatted(report.server(), report.java());
    }
}
