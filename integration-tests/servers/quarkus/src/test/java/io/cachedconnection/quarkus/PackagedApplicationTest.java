package io.cachedconnection.quarkus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cachedconnection.servertests.OtlpReceiver;
import io.cachedconnection.servertests.OwnedRedis;
import io.cachedconnection.servertests.TestRedis;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** The application as it was built and as it is started in production. */
class PackagedApplicationTest {

    private static final long ID = 7;

    private final String prefix = "t" + UUID.randomUUID();

    /** What the environment says: a Redis, a key prefix of this test's own, and more. */
    private Map<String, String> environment(String... more) {
        Map<String, String> environment = new HashMap<>();
        environment.put("REDIS_URL", TestRedis.uri().toString());
        environment.put("CACHED_CONNECTION_KEY_PREFIX", prefix);
        for (int i = 0; i < more.length; i += 2) {
            environment.put(more[i], more[i + 1]);
        }
        return environment;
    }

    @Test
    void lookup_missThenHitThenWrites_seesEachWrite() {
        try (var application = new PackagedApplication(environment()).ready()) {
            application.save(ID, "old");
            String hit = awaitHit(application);
            assertThat(hit).endsWith(" old");
            assertThat(ttl()).isBetween(121L, 300L); // as the file says

            application.save(ID, "new");
            assertThat(awaitHit(application)).endsWith(" new");

            application.replace(ID, "put");
            assertThat(awaitHit(application)).endsWith(" put");
            assertThat(application.log()).contains("CC-0502").doesNotContain("CC-0504", "WARN  [io.cached", "ERROR");
        }
    }

    @Test
    void lookup_ofATypeWithACodec_isAnsweredByIt() {
        try (var application = new PackagedApplication(environment()).ready()) {
            String loaded = application.spelling(ID);
            assertThat(loaded).endsWith(" w-o-r-d-7");
            assertThat(application.spelling(ID)).isEqualTo(loaded);
            assertThat(application.log()).doesNotContain("WARN  [io.cached", "ERROR");
        }
    }

    @Test
    void ttl_inTheEnvironment_winsOverTheFile() {
        try (var application = new PackagedApplication(environment("CACHED_CONNECTION_TTL", "PT2M")).ready()) {
            application.save(ID, "word");
            awaitHit(application);

            assertThat(ttl()).isBetween(1L, 120L);
        }
    }

    @Test
    void lookups_whileRedisComesAndGoes_areAlwaysAnswered() {
        try (var redis = new OwnedRedis();
                var application = new PackagedApplication(
                                environment("REDIS_URL", redis.uri().toString()))
                        .ready()) {
            application.save(ID, "word"); // Redis has not been started yet
            assertThatTheDatabaseAnswers(application);

            redis.start();
            awaitHit(application);

            redis.stop();
            assertThatTheDatabaseAnswers(application);

            redis.start();
            awaitHit(application);
        }
    }

    @Test
    void start_withWrongSettings_isRefusedWithAllOfThem() {
        try (var application = new PackagedApplication(
                environment("CACHED_CONNECTION_REDIS_PASSWORD_FILE", "/there/is/none"),
                "-Dcached-connection.ttl=soon",
                "-Dcached-connection.tll=PT5M")) {
            assertThat(application.exit()).isNotZero();

            assertThat(application.log())
                    .contains("CC-0501 cached-connection cannot start: 3 problem(s).")
                    .contains(
                            "cached-connection.redis.password-file", "cached-connection.ttl", "cached-connection.tll");
        }
    }

    @Test
    void metricsAndSpans_withAnExporter_arrive() {
        try (var receiver = OtlpReceiver.started();
                var application = new PackagedApplication(
                                environment(),
                                "-Dquarkus.otel.sdk.disabled=false",
                                "-Dquarkus.otel.exporter.otlp.protocol=http/protobuf",
                                "-Dquarkus.otel.exporter.otlp.endpoint=" + receiver.uri(),
                                "-Dquarkus.otel.metric.export.interval=1s",
                                "-Dquarkus.otel.bsp.schedule.delay=100ms")
                        .ready()) {
            application.save(ID, "word");
            awaitHit(application);

            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                assertThat(receiver.metrics())
                        .contains("cachedconnection.load.duration", "db.client.operation.duration");
                assertThat(receiver.counted(
                                "cachedconnection.lookups",
                                Map.of(
                                        "cachedconnection.application", prefix,
                                        "cachedconnection.cache.name", "words",
                                        "cachedconnection.result", "hit")))
                        .isPositive();
                assertThat(receiver.spans())
                        .filteredOn(span -> span.getName().equals("load words"))
                        .isNotEmpty()
                        .allMatch(load -> receiver.spans().stream()
                                .anyMatch(span -> span.getSpanId().equals(load.getParentSpanId())
                                        && span.getTraceId().equals(load.getTraceId())));
            });
            assertThat(application.readiness()).contains("\"cached-connection\"", "\"answers\"", prefix);
            assertThat(application.log()).doesNotContain("WARN  [io.cached", "ERROR", "CC-046");
        }
    }

    @Test
    void end_ofTheApplication_leavesNoConnection() {
        try (var redis = new OwnedRedis()) {
            redis.start();
            var application =
                    new PackagedApplication(environment("REDIS_URL", redis.uri().toString())).ready();
            try (application) {
                application.save(ID, "word");
                awaitHit(application);
                assertThat(redis.clients()).isPositive();
            }
            assertThat(redis.clients()).isZero();
            assertThat(application.log()).contains("stopped in").doesNotContain("ERROR", "WARN  [io.cached");
        }
    }

    private long ttl() {
        try (Jedis redis = new Jedis(TestRedis.uri())) {
            return redis.ttl(prefix + ":words:" + ID);
        }
    }

    /** What is answered twice with the same count has come from Redis. */
    private static String awaitHit(PackagedApplication application) {
        return await().atMost(Duration.ofSeconds(30))
                .until(() -> application.find(ID), found -> found.equals(application.find(ID)));
    }

    private static void assertThatTheDatabaseAnswers(PackagedApplication application) {
        assertThat(application.find(ID)).endsWith(" word").isNotEqualTo(application.find(ID));
    }
}
