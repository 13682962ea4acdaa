package io.cachedconnection.internal.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every metric has its row, in the order of the table, and every row its metric. */
class MetricsDocumentTest {

    private static List<String> rows() throws IOException {
        return Files.readAllLines(Path.of("docs/reference/metrics.md")).stream()
                .filter(line -> line.startsWith("| `cachedconnection.") || line.startsWith("| `db."))
                .toList();
    }

    /** Name, instrument, unit, attributes and description; the words of attributes stand behind a colon. */
    private static String row(Metric metric) {
        String instrument =
                metric.kind().name().toLowerCase(Locale.ROOT).replace('_', '-').replace("down-", "down ");
        String keys = metric.keys().stream().map(key -> "`" + key + "`").collect(Collectors.joining(" "));
        return "| `" + metric.name() + "` | " + instrument + ", `" + metric.unit() + "` | "
                + (keys.isEmpty() ? "none" : keys) + " | " + metric.description() + " |";
    }

    @Test
    void rows_ofTheDocument_areTheMetrics() throws IOException {
        assertThat(rows().stream().map(row -> row.replaceFirst("`: [^|]+ \\|", "` |")))
                .containsExactlyElementsOf(
                        Metric.TABLE.stream().map(MetricsDocumentTest::row).toList());
    }

    @Test
    void document_ofMicrometersNames_hasEach() throws IOException {
        assertThat(Metric.OF_MICROMETER).hasSize(4);
        String text = Files.readString(Path.of("docs/reference/metrics.md"));
        assertThat(Metric.OF_MICROMETER).allMatch(metric -> text.contains("`" + metric.name() + "`"));
    }
}
