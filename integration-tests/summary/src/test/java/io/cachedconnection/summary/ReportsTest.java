package io.cachedconnection.summary;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportsTest {

    private static final Instant BEGIN = Instant.parse("2026-01-01T12:00:00Z");

    @TempDir
    private Path folder;

    @Test
    void counts_ofTwoReports_areAddedAndErrorsAreFailures() throws IOException {
        report("surefire-reports/TEST-a.xml", "tests='10' errors='1' skipped='2' failures='3'", BEGIN);
        report("failsafe-reports/plain/TEST-b.xml", "tests='5' errors='0' skipped='0' failures='0'", BEGIN);

        assertThat(counts(folder)).isEqualTo(new Counts(9, 4, 2)).hasToString("9 passed, 4 failed, 2 skipped");
    }

    @Test
    void counts_ofAnEarlierRun_areLeftOut() throws IOException {
        report("surefire-reports/TEST-a.xml", "tests='1' errors='0' skipped='0' failures='0'", BEGIN.minusSeconds(1));

        assertThat(counts(folder)).isEqualTo(Counts.NONE);
    }

    @Test
    void counts_ofAFolderThatIsNotThere_areNone() {
        assertThat(counts(folder.resolve("nowhere"))).isEqualTo(Counts.NONE);
    }

    private static Counts counts(Path folder) {
        return new Reports(Stream.of(folder), BEGIN).counts();
    }

    private void report(String name, String attributes, Instant written) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "<testsuite " + attributes + "/>");
        Files.setLastModifiedTime(file, FileTime.from(written));
    }
}
