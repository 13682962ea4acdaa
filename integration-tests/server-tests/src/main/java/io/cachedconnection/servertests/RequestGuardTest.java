package io.cachedconnection.servertests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.servertests.RawHttp.Reply;
import java.util.List;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** That no other site can use the sample through the browser of a user who has it open. */
@ExtendWith(ArquillianExtension.class)
class RequestGuardTest {

    private static final String NAME = "guarded";
    private static final String SEEDED = "api/connections/c0000000-0000-4000-8000-000000000001";
    private static final String JSON = "Content-Type: application/json";

    private final Application application = new Application(NAME);
    private final RawHttp http = new RawHttp(Server.application(NAME));
    private final String host = "localhost:" + http.port();

    @Deployment(testable = false)
    static WebArchive sample() {
        return SampleWar.named(NAME, TestRedis.uri());
    }

    @ParameterizedTest
    @CsvSource({
        "GET, '', 200",
        "HEAD, '', 200",
        "GET, page.js, 200",
        "GET, page.css, 200",
        "GET, icon.svg, 200",
        "GET, no-such-file, 404",
        "GET, api/cache, 200",
        "HEAD, api/cache, 200",
        "GET, api/no-such-thing, 404",
        "GET, api/connections/no-uuid, 400",
        "POST, api/connections, 415",
        "DELETE, api/connections/6b0e9c8e-8ef7-4b0b-9f0a-0f2b1b7f3d11, 404",
    })
    void headers_areOnEveryResponse(String method, String path, int status) {
        Reply reply = http.send(method, path, host);

        assertThat(reply.status()).isEqualTo(status);
        assertThatHeadersAreThere(reply);
        assertThat(reply.headers().getOrDefault("cache-control", "").contains("no-store"))
                .isEqualTo(path.startsWith("api/"));
    }

    private static void assertThatHeadersAreThere(Reply reply) {
        assertThat(reply.headers())
                .containsEntry(
                        "content-security-policy",
                        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self';"
                                + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
                .containsEntry("x-content-type-options", "nosniff")
                .containsEntry("referrer-policy", "no-referrer")
                .containsEntry("cross-origin-resource-policy", "same-origin");
    }

    @Test
    void page_hasNothingThatThePolicyForbids() {
        String page = http.send("GET", "", host).body();

        assertThat(page).contains("<script src=\"page.js\"");
        assertThat(page)
                .doesNotContainPattern("<script(?! src=\"[a-z.]+\")|<style|\\sstyle=|\\son[a-z]+=|data:|https?:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:%d", "localhost:%d", "LocalHost:%d", "[::1]:%d"})
    void host_ofThisServer_isServed(String named) {
        String known = named.formatted(http.port());

        assertThat(http.send("GET", SEEDED, known).status()).isEqualTo(200);
        assertThat(http.send("GET", "", known).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:%d",
                "localhost",
                "localhost:1",
                "127.0.0.1:1",
                "[::2]:%d",
                "localhost.evil.example:%d",
                "127.0.0.1.evil.example:%d",
                "localhost.:%d"
            })
    void host_ofAnother_isRefused(String named) {
        for (String path : List.of("", "page.js", SEEDED)) {
            Reply reply = http.send("GET", path, named.formatted(http.port()));
            assertThat(reply.status()).isEqualTo(403);
            assertThat(reply.error()).contains("host");
            assertThatHeadersAreThere(reply);
        }
    }

    @Test
    void host_missing_isRefused() {
        assertThat(http.getWithoutHost(SEEDED).status()).isIn(400, 403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Site: same-site",
                "Sec-Fetch-Site: unheard-of",
                "Origin: null",
                "Origin: http://evil.example",
                "Origin: http://localhost",
                "Origin: http://localhost:1",
                "Origin: http://127.0.0.1:1",
                "Origin: http://localhost.evil.example"
            })
    void change_fromAnotherSite_isRefused(String header) {
        UUID id = application.added(UUID.randomUUID());
        for (String method : List.of("POST", "PUT", "PATCH", "DELETE")) {
            String body = method.equals("DELETE") ? "" : "{\"alias\":\"taken over\"}";
            Reply reply = http.send(method, "api/connections/" + id, host, List.of(header, JSON), body);
            assertThat(reply.status()).as(method).isEqualTo(403);
            assertThat(reply.error()).contains("another");
            assertThatHeadersAreThere(reply);
        }
        assertThat(application.lookUp(id).body()).doesNotContain("taken over").contains(id.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sec-Fetch-Site: same-origin",
                "Sec-Fetch-Site: none",
                "Origin: http://localhost:%d",
                "ORIGIN: HTTP://LOCALHOST:%d",
                "User-Agent: curl"
            })
    void change_fromThePageOrFromNoPage_isMade(String header) {
        UUID id = application.added(UUID.randomUUID());

        Reply reply = http.send(
                "PUT",
                "api/connections/" + id,
                host,
                List.of(header.formatted(http.port()), JSON + ";charset=utf-8"),
                "{\"alias\":\"changed\"}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(application.lookUp(id).json().getString("alias")).isEqualTo("changed");
    }

    @Test
    void lookup_fromAnotherSite_isAnswered() {
        // A link of another site may lead here, and no answer is for it to read.
        assertThat(http.send("GET", SEEDED, host, "Sec-Fetch-Site: cross-site").status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: text/plain",
                "Content-Type: text/plain; application/json",
                "Content-Type: application/x-www-form-urlencoded",
                "Content-Type: multipart/form-data; boundary=x",
                "Content-Type: application/jsonp",
                "X-None: at all"
            })
    void change_withAnotherContentType_isRefused(String header) {
        UUID id = application.added(UUID.randomUUID());
        String path = "api/connections/" + id;
        for (String body : List.of("", "{\"alias\":\"taken over\"}")) {
            assertThatItIsNotJson(http.send("POST", path + "/behind", host, List.of(header), body));
            assertThatItIsNotJson(http.send("POST", "api/redis/stop", host, List.of(header), body));
            assertThatItIsNotJson(http.send("PUT", path, host, List.of(header), body));
            assertThatItIsNotJson(http.send("PATCH", path, host, List.of(header), body));
        }
        // Payara's connector itself refuses one with a body.
        assertThat(http.send("DELETE", path, host, List.of(header), "{}").status())
                .isIn(400, 415);
        assertThat(application.lookUp(id).status()).isEqualTo(200);
    }

    private static void assertThatItIsNotJson(Reply reply) {
        assertThat(reply.status()).isEqualTo(415);
        assertThat(reply.error()).contains("application/json");
    }

    @Test
    void removal_withoutABody_needsNoContentType() {
        UUID id = application.added(UUID.randomUUID());

        assertThat(http.send("DELETE", "api/connections/" + id, host).status()).isEqualTo(204);
        assertThat(application.lookUp(id).status()).isEqualTo(404);
    }

    @Test
    void preflight_isGrantedNothing() {
        Reply reply = http.send(
                "OPTIONS",
                SEEDED,
                host,
                "Origin: http://evil.example",
                "Access-Control-Request-Method: PUT",
                "Access-Control-Request-Headers: content-type");

        assertThat(reply.headers().keySet()).noneMatch(name -> name.startsWith("access-control-"));
        assertThatHeadersAreThere(reply);
    }

    @Test
    void lookup_tellsItsMilliseconds() {
        UUID user = UUID.randomUUID();
        String connection = "api/connections/" + application.added(user);
        String all = "api/users/" + user + "/connections";

        for (String path :
                List.of(connection, connection, all, all + "?page=0", all + "?status=active", all + "/count")) {
            Reply reply = http.send("GET", path, host);
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.headers().get("server-timing")).matches("lookup;dur=[0-9]+\\.[0-9]{3}");
            assertThat(reply.headers()).doesNotContainKey("timing-allow-origin");
        }
        assertThat(http.send("GET", "api/connections/no-uuid", host).headers()).doesNotContainKey("server-timing");
    }

    @Test
    void write_behindTheCache_isNotSeenThere() {
        UUID id = application.added(UUID.randomUUID());
        String before = application.lookUp(id).json().getString("alias");
        assertThat(application.lookUp(id).source()).isEqualTo("redis");

        var written = application.send("POST", "connections/" + id + "/behind", "{\"alias\":\"behind\"}");

        assertThat(written.status()).isEqualTo(200);
        assertThat(written.json().getString("alias")).isEqualTo("behind");
        var old = application.lookUp(id);
        assertThat(old.source()).isEqualTo("redis");
        assertThat(old.json().getString("alias")).isEqualTo(before);
        // The next write that the library knows ends it.
        application.send("PUT", "connections/" + id, "{\"status\":\"failed\"}");
        assertThat(application.lookUp(id).json().getString("alias")).isEqualTo("behind");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                          | an alias, and nothing else",
                "{\"alias\":\"a\",\"status\":\"failed\"}     | an alias, and nothing else",
                "{\"alias\":7}                               | alias is neither a string nor null",
                "[]                                          | not a JSON object"
            })
    void write_behindTheCacheWithAWrongBody_isRefused(String body, String reason) {
        UUID id = application.added(UUID.randomUUID());

        var answer = application.send("POST", "connections/" + id + "/behind", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error()).contains(reason);
    }

    @Test
    void write_behindTheCacheThatTheDomainRefuses_isRefused() {
        UUID id = application.added(UUID.randomUUID());

        assertThat(application
                        .send("POST", "connections/" + id + "/behind", "{\"alias\":\"" + "a".repeat(101) + "\"}")
                        .status())
                .isEqualTo(400);
        assertThat(application
                        .send("POST", "connections/" + UUID.randomUUID() + "/behind", "{\"alias\":\"a\"}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void redis_ofAnother_isNeitherStoppedNorStarted() {
        var state = application.get("redis").json();
        assertThat(state.getBoolean("own")).isFalse();
        assertThat(state.isNull("running")).isTrue();

        for (String what : List.of("stop", "start")) {
            var answer = application.send("POST", "redis/" + what, "application/json", "".getBytes(UTF_8));
            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.error()).contains("not the sample's own");
        }
        UUID id = application.added(UUID.randomUUID());
        application.lookUp(id);
        assertThat(application.lookUp(id).source()).isEqualTo("redis");
    }
}
