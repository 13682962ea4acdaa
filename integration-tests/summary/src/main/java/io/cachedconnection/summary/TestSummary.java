package io.cachedconnection.summary;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * The program that prints how the tests of this build went: a table of the servers, if there were any, and
 * the tests that failed, and {@code N passed, N failed, N skipped}. It fails if a test has.
 */
public final class TestSummary {

    private TestSummary() {}

    /** Takes the moment when the build began, then the folders to look for reports in. */
    public static void main(String[] arguments) {
        var folders = Arrays.stream(arguments).skip(1).map(Path::of);
        List<Report> reports = new Reports(folders, Instant.parse(arguments[0])).read();
        Counts counts = reports.stream().map(Report::counts).reduce(Counts.NONE, Counts::plus);
        new ServerTable(reports).lines().forEach(System.out::println);
        reports.stream()
                .flatMap(report -> report.failed().stream())
                .forEach(test -> System.out.println("Failed: " + test));
        System.out.println(counts);
        if (counts.passed() == 0) {
            throw new IllegalStateException("No test has passed in this build.");
        }
        if (counts.failed() > 0) {
            throw new IllegalStateException("Tests have failed in this build: " + counts.failed() + ".");
        }
    }
}
