package io.cachedconnection.summary;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** The reports of tests below some folders that were written since a moment; older ones belong to an earlier run. */
record Reports(Stream<Path> folders, Instant since) {

    /** Folders, one in the other, from {@code servers} down to the reports of an execution. */
    private static final int DEPTH = 6;

    List<Report> read() {
        return folders.filter(Files::isDirectory)
                .flatMap(Reports::files)
                .filter(Reports::isReport)
                .filter(this::isNew)
                .map(Report::of)
                .toList();
    }

    private static Stream<Path> files(Path folder) {
        try (var files = Files.walk(folder, DEPTH)) {
            return files.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isReport(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.startsWith("TEST-") && name.endsWith(".xml");
    }

    private boolean isNew(Path file) {
        try {
            return !Files.getLastModifiedTime(file).toInstant().isBefore(since);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
