package io.cachedconnection.summary;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportsTest {

    private static final Instant BEGIN = Instant.parse("2026-01-01T12:00:00Z");

    private static final String FIVE = "tests='5' errors='0' skipped='0' failures='0' time='2.0'";

    @TempDir
    private Path folder;

    @Test
    void reports_ofTests_areReadWithErrorsAsFailures() throws IOException {
        report("surefire-reports/TEST-a.xml", "tests='10' errors='1' skipped='2' failures='3' time='1.5'", BEGIN);

        assertThat(read(folder))
                .containsExactly(new Report("", "", new Counts(4, 4, 2), Duration.ofMillis(1500), List.of()));
    }

    @Test
    void reports_ofFailures_nameTheTests() throws IOException {
        String[] cases = {test("fails", "<failure/>"), test("breaks", "<error/>"), test("passes", "")};
        report("TEST-a.xml", "tests='3' errors='1' skipped='0' failures='1' time='1'", BEGIN, cases);

        assertThat(read(folder)).flatExtracting(Report::failed).containsExactly("a.B.fails", "a.B.breaks");
    }

    @Test
    void reports_ofFailures_tellWhyAndWhere() throws IOException {
        String trace = "java.lang.AssertionError: \n\nExpecting\n  21 " + "x".repeat(400)
                + "\n\tat a.Peer.call(Peer.java:3)\n\tat a.BTest.fails(BTest.java:116)\n\tat c.DTest.run(DTest.java:1)\n";
        report(
                "TEST-a.xml",
                "tests='1' errors='0' skipped='0' failures='1' time='1'",
                BEGIN,
                test("fails", "<failure>" + trace + "</failure>"));

        assertThat(read(folder))
                .flatExtracting(Report::failed)
                .singleElement()
                .asString()
                .startsWith("a.B.fails: java.lang.AssertionError: Expecting 21 xxx")
                .endsWith("x ... (BTest.java:116)")
                .hasSizeLessThan(360);
    }

    @Test
    void reports_ofAServer_sayWhichAndOnWhichJava() throws IOException {
        report("6/target/failsafe-reports/plain/TEST-b.xml", FIVE, BEGIN, property("server.name", "Payara"));

        assertThat(read(folder)).extracting(Report::server).containsExactly("Payara");
    }

    @Test
    void reports_ofAnEarlierRun_areLeftOut() throws IOException {
        report("surefire-reports/TEST-a.xml", FIVE, BEGIN.minusSeconds(1));

        assertThat(read(folder)).isEmpty();
    }

    @Test
    void reports_ofAFolderThatIsNotThere_areNone() {
        assertThat(read(folder.resolve("nowhere"))).isEmpty();
    }

    @Test
    void table_ofServers_addsTheReportsOfEach() throws IOException {
        String[] one = {property("server.name", "One 1.0"), property("java.version", "17.0.15")};
        report("TEST-b.xml", FIVE, BEGIN, one);
        report("TEST-c.xml", "tests='3' errors='1' skipped='1' failures='0' time='1,000.9'", BEGIN, one);
        report("TEST-d.xml", FIVE, BEGIN, property("server.name", "One 1.0"), property("java.version", "25"));
        report("TEST-e.xml", FIVE, BEGIN, property("java.version", "17.0.15"));

        assertThat(new ServerTable(read(folder)).lines())
                .endsWith("| One 1.0 | 17.0.15 | 8 | 2 | 1002 |", "| One 1.0 | 25 | 5 | 0 | 2 |")
                .hasSize(4);
    }

    @Test
    void table_ofNoServer_isEmpty() throws IOException {
        report("TEST-e.xml", FIVE, BEGIN);

        assertThat(new ServerTable(read(folder)).lines()).isEmpty();
    }

    private static List<Report> read(Path folder) {
        return new Reports(Stream.of(folder), BEGIN).read();
    }

    private static String test(String name, String outcome) {
        return "<testcase classname='a.B' name='" + name + "'>" + outcome + "</testcase>";
    }

    private static String property(String name, String value) {
        return "<property name='" + name + "' value='" + value + "'/>";
    }

    private void report(String name, String attributes, Instant written, String... properties) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        String content = "<properties>" + String.join("", properties) + "</properties>";
        Files.writeString(file, "<testsuite " + attributes + ">" + content + "</testsuite>");
        Files.setLastModifiedTime(file, FileTime.from(written));
    }
}
