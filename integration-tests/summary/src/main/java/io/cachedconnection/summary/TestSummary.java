package io.cachedconnection.summary;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;

/** The program that prints how all tests of this build went: {@code N passed, N failed, N skipped}. */
public final class TestSummary {

    private TestSummary() {}

    /** Takes the moment when the build began, then the folders to look for reports in. */
    public static void main(String[] arguments) {
        var folders = Arrays.stream(arguments).skip(1).map(Path::of);
        Counts counts = new Reports(folders, Instant.parse(arguments[0])).counts();
        System.out.println(counts);
        if (counts.passed() == 0) {
            throw new IllegalStateException("No test has passed in this build.");
        }
    }
}
