package io.cachedconnection.consoletests;

import static io.cachedconnection.consoletests.ConsoleHttpTest.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who may use the console, and when it exists. */
class ConsoleRulesTest {

    private static final String EVICT_ALL = "{\"cache\":\"books\",\"all\":true}";
    private static final String WARM = "{\"cache\":\"books\",\"key\":\"warm\"}";

    private static String basic(String user) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + user).getBytes(UTF_8));
    }

    @Test
    void console_notSwitchedOn_isNotThere() throws Exception {
        try (ConsoleApplication application = new ConsoleApplication("", Map.of())) {
            assertThat(application.get("/").statusCode()).isEqualTo(404);
            assertThat(application.get("/api/state").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void role_set_decidesWhoMayEnterAlsoFromHereAndThroughAProxy() throws Exception {
        try (ConsoleApplication application =
                new ConsoleApplication("", Map.of("console.enabled", "true", "console.role", "operator"))) {
            HttpResponse<String> stranger = application.get("/api/state");
            assertThat(stranger.statusCode()).isEqualTo(401);
            assertThat(stranger.headers().firstValue("WWW-Authenticate")).isPresent();
            assertThat(stranger.headers().firstValue("Content-Security-Policy")).isPresent();
            assertThat(stranger.body()).doesNotContain("token");

            HttpResponse<String> ned = application.get("/api/state", "Authorization", basic("ned"));
            assertThat(ned.statusCode()).isEqualTo(403);
            assertThat(ned.body()).contains("CC-0453").doesNotContain("token");

            HttpResponse<String> olga =
                    application.get("/api/state", "Authorization", basic("olga"), "X-Forwarded-For", "10.0.0.1");
            assertThat(olga.statusCode()).isEqualTo(200);
            JsonObject state = json(olga);
            assertThat(state.getString("user")).isEqualTo("user olga");

            // A token is valid for its own user only.
            String token = state.getString("token");
            HttpResponse<String> asNed = application.act("evict", EVICT_ALL, token, "Authorization", basic("ned"));
            assertThat(asNed.statusCode()).isEqualTo(403);
            HttpResponse<String> asOlga = application.act("evict", EVICT_ALL, token, "Authorization", basic("olga"));
            assertThat(asOlga.statusCode()).isEqualTo(200);
        }
    }

    @Test
    void value_notToBeShown_isNotThere() throws Exception {
        try (ConsoleApplication application = new ConsoleApplication("", Map.of("console.enabled", "true"))) {
            application.awaitRedis();
            String token = json(application.get("/api/state")).getString("token");

            HttpResponse<String> found = application.act("inspect", WARM, token);

            assertThat(json(found).getBoolean("found")).isTrue();
            assertThat(found.body()).doesNotContain("title of", "\"value\"");
        }
    }

    @Test
    void redis_hanging_doesNotHoldUpThePage() throws Exception {
        try (ConsoleApplication application = new ConsoleApplication(
                "", Map.of("console.enabled", "true", "redis.timeout", "PT0.3S", "breaker.failures", "2"))) {
            application.awaitRedis();
            String token = json(application.get("/api/state")).getString("token");
            signal(application, "STOP");
            try {
                await().atMost(Duration.ofSeconds(20)).until(() -> {
                    application.shelf().find("warm");
                    JsonObject redis = json(application.get("/api/state")).getJsonObject("redis");
                    return !redis.isNull("lostForMillis");
                });
                long start = System.nanoTime();
                JsonObject state = json(application.get("/api/state"));
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
                assertThat(state.getJsonArray("caches")).isNotEmpty();
                await().atMost(Duration.ofSeconds(20)).until(() -> {
                    HttpResponse<String> found = application.act("inspect", WARM, token);
                    assertThat(found.statusCode()).isEqualTo(503);
                    return found.body().contains("Redis does not answer: its circuit breaker is open after failures.");
                });
            } finally {
                signal(application, "CONT");
            }
        }
    }

    private static void signal(ConsoleApplication application, String signal) throws IOException, InterruptedException {
        ProcessHandle redis = ProcessHandle.current()
                .descendants()
                .filter(each -> each.info().arguments().stream()
                                .flatMap(java.util.Arrays::stream)
                                .anyMatch(argument -> argument.contains(String.valueOf(application.redisPort())))
                        || each.info().command().orElse("").contains("redis"))
                .findFirst()
                .orElseThrow();
        assertThat(new ProcessBuilder("kill", "-" + signal, String.valueOf(redis.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    @Test
    void request_afterTheEndOfTheApplication_isAnswered() throws Exception {
        try (ConsoleApplication application = new ConsoleApplication("", Map.of("console.enabled", "true"))) {
            assertThat(application.get("/api/state").statusCode()).isEqualTo(200);

            application.stopCdi();

            assertThat(application.get("/api/state").statusCode()).isEqualTo(503);
            assertThat(application.get("/").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void cache_leftAloneWhileOff_isClearedBeforeItIsOnAgain() throws Exception {
        try (ConsoleApplication application =
                new ConsoleApplication("", Map.of("console.enabled", "true", "evict.when-disabled", "false"))) {
            application.awaitRedis();
            String token = json(application.get("/api/state")).getString("token");

            HttpResponse<String> off = application.act("switch", "{\"cache\":\"books\",\"on\":false}", token);
            assertThat(json(off).getString("outcome")).isEqualTo("off, and writes do not evict from it");
            application.shelf().change("warm"); // Redis does not learn of it
            application.act("switch", "{\"cache\":\"books\",\"on\":true}", token);

            int loads = application.shelf().loads();
            application.shelf().find("warm");
            assertThat(application.shelf().loads()).isEqualTo(loads + 1);
        }
    }
}
