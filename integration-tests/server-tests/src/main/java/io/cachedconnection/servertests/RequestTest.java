package io.cachedconnection.servertests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the sample says to good and to wrong requests. */
@ExtendWith(ArquillianExtension.class)
class RequestTest {

    private static final String CREDENTIALS =
            "{\"encrypted_data\":\"kept-secret\",\"credential_type\":\"oauth2\",\"expires_at\":\"2030-01-01T00:00:00Z\"}";

    private final Application application = new Application("requests");
    private final UUID user = UUID.randomUUID();

    @Deployment(testable = false)
    static WebArchive sample() {
        return SampleWar.named("requests", TestRedis.uri());
    }

    @Test
    void page_isServedWithTheSeededConnections() {
        assertThat(application.get("..").body()).contains("<title>cached-connection: a sample</title>");
        var seeded = application.lookUp(UUID.fromString("c0000000-0000-4000-8000-000000000001"));
        assertThat(seeded.json().getString("provider_slug")).isEqualTo("schwab");
    }

    @Test
    void connection_activated_showsItsCredentialsWithoutTheirContent() {
        UUID id = application.added(user);

        var active = application.send(
                "PUT", "connections/" + id, "{\"status\":\"active\",\"credentials\":" + CREDENTIALS + "}");

        assertThat(active.status()).isEqualTo(200);
        assertThat(active.json().getString("status")).isEqualTo("active");
        assertThat(active.json().getJsonObject("credentials").getString("expires_at"))
                .isEqualTo("2030-01-01T00:00:00Z");
        assertThat(active.body()).doesNotContain("kept-secret");
        assertThat(application.lookUp(id).body()).doesNotContain("kept-secret");
    }

    @Test
    void connection_sentBackAsItWasShown_isNotChanged() {
        UUID id = application.added(user);
        String shown = application.lookUp(id).body();

        var changed = application.send("PUT", "connections/" + id, shown);

        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.body()).isEqualTo(shown);
    }

    @Test
    void id_takenAlready_isAConflict() {
        UUID id = application.added(user);
        String again = Application.pending(user).replaceFirst("\\{", "{\"id\":\"" + id + "\",");

        var answer = application.send("POST", "connections", again);

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.error()).contains("already").contains(id.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"expired", "revoked", "pending"})
    void step_notAllowed_isAConflict(String status) {
        UUID id = application.added(user);
        application.send("PUT", "connections/" + id, "{\"status\":\"failed\"}");

        var answer = application.send("PUT", "connections/" + id, "{\"status\":\"" + status + "\"}");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.error()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE"})
    void connection_unknown_isNotFound(String method) {
        UUID unknown = UUID.randomUUID();

        var answer = application.send(method, "connections/" + unknown, method.equals("PUT") ? "{}" : "");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.error()).contains(unknown.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{                                          | not JSON",
                "''                                         | not JSON",
                "[]                                         | not a JSON object",
                "{\"status\":\"frozen\"}                    | status is none of",
                "{\"status\":7}                             | status is neither a string nor null",
                "{\"status\":\"active\"}                    | credentials are missing",
                "{\"credentials\":7}                        | credentials is neither an object nor null",
                "{\"colour\":\"red\"}                       | unknown name",
                "{\"id\":\"c0000000-0000-4000-8000-000000000001\"} | id cannot be changed",
            })
    void body_wrong_isRefusedWithTheReason(String body, String reason) {
        UUID id = application.added(user);

        var answer = application.send("PUT", "connections/" + id, body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error()).contains(reason);
    }

    @Test
    void body_nestedTooDeeply_isRefused() {
        var answer = application.send("POST", "connections", "[".repeat(60_000));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error()).contains("not JSON");
    }

    @Test
    void body_tooLarge_isRefused() {
        var answer = application.send("POST", "connections", " ".repeat(70_000));

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.error()).contains("65536");
    }

    @ParameterizedTest
    @ValueSource(strings = {"connections/1-1-1-1-1", "connections/not-a-uuid", "users/7/connections"})
    void path_withoutAUuid_isRefused(String path) {
        var answer = application.get(path);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error()).contains("not a UUID");
        assertThat(answer.source()).isEmpty();
    }
}
