package io.cachedconnection.servertests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.proto.trace.v1.Span;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What operators see of an application on this server: metrics, traces, readiness and MBeans, with what the server has. */
@ExtendWith(ArquillianExtension.class)
class TelemetryTest {

    private static final String NAME = "seen";
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String CALLER = "00f067aa0ba902b7";
    private static final OtlpReceiver RECEIVER = OtlpReceiver.started();

    private final URI root = Server.application(NAME).resolve("seen/");

    @ArquillianResource
    private Deployer deployer;

    @Deployment(name = NAME, managed = false, testable = false)
    static WebArchive seen() {
        return WordsApplication.war(
                        NAME,
                        TestRedis.uri(),
                        "cached-connection.key-prefix=" + NAME,
                        "otel.sdk.disabled=false",
                        "otel.service.name=" + NAME,
                        "otel.metrics.exporter=otlp",
                        "otel.traces.exporter=otlp",
                        "otel.logs.exporter=none",
                        "otel.exporter.otlp.protocol=http/protobuf",
                        "otel.exporter.otlp.endpoint=" + RECEIVER.uri(),
                        "otel.metric.export.interval=1000",
                        "otel.bsp.schedule.delay=100")
                .addClasses(SeenResource.class, SeenResource.Seen.class);
    }

    @Deployment(name = ServerWatch.NAME, managed = false, testable = false)
    static WebArchive watch() {
        return ServerWatch.war();
    }

    @Test
    void application_thatCaches_isSeenByWhatTheServerHas() {
        var log = new ServerLog();
        deployer.deploy(NAME);
        try (RECEIVER) {
            new WordsApplication(NAME).save(1, "one");
            new WordsApplication(NAME).save(2, "two");
            look("1"); // loads
            String cache = "type=Cache,application=" + NAME + ",name=\"words\"";
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(beans()).contains(cache));
            look("1");
            assertThat(attribute(cache, "LookupsHit")).isEqualTo("1");
            assertThat(attribute("type=Store,application=" + NAME, "Redis")).isEqualTo("answers");
            if (!Server.lacks(Needs.METRICS)) {
                assertThatMetricsArrive();
            }
            if (!Server.lacks(Needs.TRACES)) {
                assertThatALoadBelongsToTheTraceOfItsRequest();
            }
            if (!Server.lacks(Needs.HEALTH)) {
                assertThat(Http.get(URI.create(Server.property("server.ready")), ""))
                        .contains("\"cached-connection\"", "\"answers\"", "\"" + NAME + "\"");
            }
        } finally {
            deployer.undeploy(NAME);
        }
        assertThat(log.text()).contains("CC-0502").doesNotContain("CC-046");
        if (!Server.lacks(Needs.SEVERAL_APPLICATIONS)) {
            assertThatNothingIsLeft();
        }
    }

    private void assertThatNothingIsLeft() {
        deployer.deploy(ServerWatch.NAME);
        try {
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                assertThat(ServerWatch.threads()).isEmpty();
                assertThat(ServerWatch.beans()).isEmpty();
            });
        } finally {
            deployer.undeploy(ServerWatch.NAME);
        }
    }

    private void look(String id, String... headers) {
        Http.get(root.resolve("word"), "id=" + id, headers);
    }

    private String beans() {
        return Http.get(root.resolve("beans"), "");
    }

    private String attribute(String bean, String attribute) {
        String name = URLEncoder.encode("io.cachedconnection:" + bean, StandardCharsets.UTF_8);
        return Http.get(root.resolve("beans"), "name=" + name + "&attribute=" + attribute);
    }

    private static void assertThatMetricsArrive() {
        String lookups = "cachedconnection.lookups";
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(counted(lookups, "hit"))
                    .as("hits, among %s", RECEIVER.metrics())
                    .isEqualTo(1);
            assertThat(counted(lookups, "miss")).isEqualTo(1);
            assertThat(RECEIVER.metrics()).contains("cachedconnection.load.duration", "db.client.operation.duration");
        });
    }

    private static long counted(String metric, String result) {
        return RECEIVER.counted(
                metric,
                Map.of(
                        "cachedconnection.application", NAME,
                        "cachedconnection.cache.name", "words",
                        "cachedconnection.result", result));
    }

    private void assertThatALoadBelongsToTheTraceOfItsRequest() {
        look("2", "traceparent", "00-" + TRACE + "-" + CALLER + "-01");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(RECEIVER.spans())
                        .filteredOn(span -> TRACE.equals(hex(span.getTraceId().toByteArray())))
                        .extracting(Span::getName)
                        .contains("load words"));
        Span load = RECEIVER.spans().stream()
                .filter(span -> span.getName().equals("load words")
                        && TRACE.equals(hex(span.getTraceId().toByteArray())))
                .findFirst()
                .orElseThrow();
        assertThat(hex(load.getParentSpanId().toByteArray()))
                .as("the request's span of the server is between")
                .isNotEmpty()
                .isNotEqualTo(CALLER);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
