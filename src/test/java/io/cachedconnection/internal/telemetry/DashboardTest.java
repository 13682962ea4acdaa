package io.cachedconnection.internal.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The dashboard and the alerts ask Prometheus only for metrics and labels that this library has. */
class DashboardTest {

    private static final Path DASHBOARD = Path.of("docs/reference/grafana-dashboard.json");
    private static final Pattern METRIC = Pattern.compile("\\b(?:cachedconnection|db_client)_\\w+(?=[{\\s),\\[]|$)");
    private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*(?:=~|!~|!=|=)\\s*\"");
    private static final Pattern GROUPING = Pattern.compile("\\b(?:by|on)\\s*\\(([^)]*)\\)");
    private static final Set<String> OF_PROMETHEUS = Set.of("job", "instance", "le");

    private static Set<String> matches(Pattern pattern, int group, Stream<String> texts) {
        return texts.flatMap(text -> pattern.matcher(text).results())
                .map((MatchResult match) -> match.group(group))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** As Prometheus names it, whether it comes from OpenTelemetry or from Micrometer. */
    private static Stream<String> names(Metric metric) {
        String unit = switch (metric.unit()) {
            case "s" -> "_seconds";
            case "By" -> "_bytes";
            default -> "";
        };
        String name = label(metric.name()) + unit;
        return switch (metric.kind()) {
            case COUNTER -> Stream.of(name + "_total");
            case HISTOGRAM -> Stream.of(name + "_bucket", name + "_count", name + "_sum");
            case UP_DOWN_COUNTER, GAUGE -> Stream.of(name);
        };
    }

    private static String label(String attribute) {
        return attribute.replace('.', '_');
    }

    private static Set<String> known() {
        return Metric.TABLE.stream().flatMap(DashboardTest::names).collect(Collectors.toSet());
    }

    /** All queries of a file; {@code expr} begins each. */
    private static List<String> queries(String file) throws IOException {
        Path path = Path.of(file);
        if (path.equals(DASHBOARD)) {
            return strings(dashboard(), Set.of("expr", "definition"));
        }
        Pattern rule = Pattern.compile("^ +expr: (\\||\\S.*)\\n((?: {10,}\\S.*\\n)*)", Pattern.MULTILINE);
        return rule.matcher(Files.readString(path))
                .results()
                .map(MatchResult::group)
                .toList();
    }

    private static JsonObject dashboard() throws IOException {
        try (Reader text = Files.newBufferedReader(DASHBOARD);
                JsonReader json = Json.createReader(text)) {
            return json.readObject();
        }
    }

    private static List<String> strings(JsonStructure json, Set<String> keys) {
        List<String> found = new ArrayList<>();
        if (json instanceof JsonObject object) {
            object.forEach((key, value) -> {
                if (keys.contains(key) && value instanceof JsonString text) {
                    found.add(text.getString());
                }
            });
        }
        Stream<JsonValue> children =
                json instanceof JsonObject object ? object.values().stream() : ((JsonArray) json).stream();
        children.filter(JsonStructure.class::isInstance)
                .forEach(child -> found.addAll(strings((JsonStructure) child, keys)));
        return found;
    }

    @ParameterizedTest
    @ValueSource(strings = {"docs/reference/grafana-dashboard.json", "docs/reference/prometheus-alerts.yml"})
    void queries_ofEachFile_nameMetricsAndLabelsOfTheTable(String file) throws IOException {
        Set<String> labels = Metric.TABLE.stream()
                .flatMap(metric -> metric.keys().stream())
                .map(DashboardTest::label)
                .collect(Collectors.toCollection(TreeSet::new));
        labels.add(label(Metric.APPLICATION));
        labels.addAll(OF_PROMETHEUS);
        List<String> queries = queries(file);

        assertThat(queries).hasSizeGreaterThan(10);
        assertThat(queries).allMatch(query -> METRIC.matcher(query).find());
        Set<String> named = matches(METRIC, 0, queries.stream());
        named.removeAll(labels);
        assertThat(named).isSubsetOf(known());
        assertThat(matches(MATCHER, 1, queries.stream())).isSubsetOf(labels);
        Set<String> groupings = matches(GROUPING, 1, queries.stream()).stream()
                .flatMap(list -> Stream.of(list.split(",\\s*")))
                .collect(Collectors.toSet());
        assertThat(groupings).isSubsetOf(labels);
    }

    @Test
    void dashboard_ofAllMetrics_showsEach() throws IOException {
        Set<String> shown = matches(METRIC, 0, queries(DASHBOARD.toString()).stream());

        assertThat(Metric.TABLE).allMatch(metric -> names(metric).anyMatch(shown::contains));
    }

    @Test
    void panels_ofTheDashboard_haveNumbersOfTheirOwnAndOneDatasource() throws IOException {
        JsonObject dashboard = dashboard();
        List<Integer> ids = dashboard.getJsonArray("panels").getValuesAs(JsonObject.class).stream()
                .map(panel -> panel.getInt("id"))
                .toList();

        assertThat(ids).doesNotHaveDuplicates().hasSizeGreaterThan(20);
        assertThat(strings(dashboard, Set.of("uid")))
                .containsOnly("cached-connection", "${datasource}"); // no datasource of one installation
    }
}
