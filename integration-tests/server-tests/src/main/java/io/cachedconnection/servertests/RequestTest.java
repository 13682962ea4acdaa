package io.cachedconnection.servertests;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.util.UUID;
import java.util.regex.Matcher;
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
        return SampleWar.named("requests", withPassword(TestRedis.uri())).addClass(BrokenResource.class);
    }

    // The library understands it, java.net.URI does not. A Redis without a password takes any from its default user.
    private static String withPassword(URI redis) {
        return redis.getRawUserInfo() == null ? redis.toString().replace("://", "://default:p^w@") : redis.toString();
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
                "{\"alias\":\"z\"} garbage                | not JSON",
                "{\"alias\":\"z\"}{}                      | not JSON",
                "{\"alias\":\"z\",\"alias\":\"y\"}        | says a name twice",
                "{\"credentials\":{\"expires_at\":null,\"expires_at\":null}} | says a name twice",
                "{\"alias\":\"\\ud800\"}                  | alias has half a surrogate pair",
                "{\"alias\":\"\\udc00\\ud800\"}            | alias has half a surrogate pair",
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

    @ParameterizedTest
    @CsvSource({
        "+999999999-12-31T23:59:59Z, outside the years 1 to 9999",
        "+10000-01-01T00:00:00Z, outside the years 1 to 9999",
        "9999-12-31T23:59:59-01:00, outside the years 1 to 9999",
        "0000-12-31T23:59:59Z, outside the years 1 to 9999",
        "0001-01-01T00:00:00+01:00, outside the years 1 to 9999",
        "-999999999-01-01T00:00:00Z, outside the years 1 to 9999",
        "+1000000000-01-01T00:00:00Z, not a time",
        "tomorrow, not a time"
    })
    void expiry_wrong_isRefusedWithTheReason(String time, String reason) {
        var answer = application.send("POST", "connections", active("kept-secret", time));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error()).contains("credentials.expires_at").contains(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "0001-01-01T00:00:00Z, 0001-01-01T00:00:00Z",
        "1969-12-31T23:59:59.1234567Z, 1969-12-31T23:59:59.123456Z",
        "9999-12-31T23:59:59.999999999Z, 9999-12-31T23:59:59.999999Z"
    })
    void expiry_inRange_isKeptToTheMicrosecondAndCached(String time, String kept) {
        var added = application.send("POST", "connections", active("kept-secret", time));
        assertThat(added.status()).isEqualTo(201);
        UUID id = UUID.fromString(added.json().getString("id"));

        var lookedUp = application.lookUp(id);

        assertThat(lookedUp.body()).isEqualTo(added.body()).contains('"' + kept + '"');
        assertThat(application.lookUp(id).source()).isEqualTo("redis");
    }

    @Test
    void encryptedData_withHalfASurrogatePair_isRefused() {
        var answer = application.send("POST", "connections", active("\\ud800", "2030-01-01T00:00:00Z"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error()).contains("encrypted_data has half a surrogate pair");
    }

    @Test
    void alias_withAWholeSurrogatePair_isKept() {
        UUID id = application.added(user);

        var answer = application.send("PUT", "connections/" + id, "{\"alias\":\"\\ud83d\\ude00\"}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(application.lookUp(id).json().getString("alias")).isEqualTo("\ud83d\ude00");
    }

    @Test
    void body_notUtf8_isRefused() {
        UUID id = application.added(user);

        var answer = application.send(
                "PUT", "connections/" + id, "application/json", "{\"alias\":\"J\u00f6rg\"}".getBytes(ISO_8859_1));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error()).contains("not UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"utf-16", "iso-8859-1", "\"UTF-16LE\"", "nonsense"})
    void charset_other_isRefused(String charset) {
        UUID id = application.added(user);
        String type = "application/json; charset=" + charset;

        var answer = application.send("PUT", "connections/" + id, type, "{}".getBytes(UTF_8));

        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.error()).contains("UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"utf-8", "UTF-8", "\"utf-8\""})
    void charset_utf8_isTaken(String charset) {
        UUID id = application.added(user);
        String type = "application/json;charset=" + charset;

        var answer = application.send("PUT", "connections/" + id, type, "{}".getBytes(UTF_8));

        assertThat(answer.status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "/"})
    void mediaType_malformed_isRefused(String type) {
        // Without a look at the body: WildFly refuses these itself, before the application is asked.
        var sent = application.send("POST", "connections", type, "{}".getBytes(UTF_8));
        assertThat(sent.status()).isEqualTo(400);
        // Payara takes "json" to mean json/*, which is well-formed but nothing that there is.
        assertThat(application.get("cache", type).status()).isIn(400, 406);
    }

    @Test
    void mediaType_other_isRefused() {
        var sent = application.send("POST", "connections", "text/plain", "{}".getBytes(UTF_8));
        assertThat(sent.status()).isEqualTo(415);
        assertThat(sent.error()).isNotBlank();

        var asked = application.get("cache", "text/plain");
        assertThat(asked.status()).isEqualTo(406);
        assertThat(asked.error()).isNotBlank();
    }

    @Test
    void failure_unexpected_isToldToTheLogOnly() {
        var log = new ServerLog();

        var answer = application.get("broken");

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.error()).contains("failed");
        assertThat(answer.body()).doesNotContain(BrokenResource.INSIDE).doesNotContain("IllegalState");
        await().untilAsserted(() -> assertThat(log.text()).contains(BrokenResource.INSIDE));
    }

    @Test
    void options_areAnswered() {
        assertThat(application.send("OPTIONS", "connections", "").status()).isEqualTo(200);
    }

    @Test
    void redis_isShownWithoutUserAndPassword() {
        String authority = TestRedis.uri().getRawAuthority();

        var counters = application.get("cache");

        assertThat(counters.json().getString("redis")).isEqualTo(authority.substring(authority.lastIndexOf('@') + 1));
        assertThat(counters.body()).doesNotContain("p^w").doesNotContain("@");
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

    private String active(String data, String expiresAt) {
        String credentials = CREDENTIALS.replace("kept-secret", data).replace("2030-01-01T00:00:00Z", expiresAt);
        return Application.pending(user)
                .replaceFirst(
                        "\\{", "{\"status\":\"active\",\"credentials\":" + Matcher.quoteReplacement(credentials) + ",");
    }
}
