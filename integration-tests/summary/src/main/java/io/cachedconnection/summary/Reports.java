package io.cachedconnection.summary;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;

/** The reports of tests below some folders that were written since a moment; older ones belong to an earlier run. */
record Reports(Stream<Path> folders, Instant since) {

    Counts counts() {
        return folders.filter(Files::isDirectory)
                .flatMap(Reports::files)
                .filter(Reports::isReport)
                .filter(this::isNew)
                .map(Counts::of)
                .reduce(Counts.NONE, Counts::plus);
    }

    private static Stream<Path> files(Path folder) {
        try (var files = Files.walk(folder, 3)) {
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
