package io.cachedconnection.servertests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cachedconnection.servertests.console.TrustingLogin;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The console of an application that does nothing for it but to switch it on. */
@ExtendWith(ArquillianExtension.class)
class ConsoleTest {

    private static final String FROM_HERE = "console-from-here";
    private static final String WITH_ROLE = "console-with-role";
    private static final String OFF = "console-off";
    private static final String LOGIN = "<web-app xmlns='https://jakarta.ee/xml/ns/jakartaee' version='6.0'>"
            + "<login-config><auth-method>BASIC</auth-method></login-config></web-app>";
    private static final String TOKEN = "X-Cached-Connection-Token";

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    @ArquillianResource
    private Deployer deployer;

    @Deployment(name = FROM_HERE, managed = false, testable = false)
    static WebArchive fromHere() {
        return WordsApplication.war(
                FROM_HERE,
                TestRedis.uri(),
                "cached-connection.key-prefix=" + FROM_HERE,
                "cached-connection.console.enabled=true");
    }

    @Deployment(name = WITH_ROLE, managed = false, testable = false)
    static WebArchive withRole() {
        WebArchive war = WordsApplication.war(
                WITH_ROLE,
                TestRedis.uri(),
                "cached-connection.key-prefix=" + WITH_ROLE,
                "cached-connection.console.enabled=true",
                "cached-connection.console.role=operator");
        return Server.lacks(Needs.LOGINS_OF_APPLICATIONS)
                ? war.setWebXML(new StringAsset(LOGIN))
                : war.addClass(TrustingLogin.class);
    }

    @Deployment(name = OFF, managed = false, testable = false)
    static WebArchive off() {
        return WordsApplication.war(OFF, TestRedis.uri(), "cached-connection.key-prefix=" + OFF);
    }

    private HttpResponse<String> get(String application, String file, String... headers) {
        return send(application, file, HttpRequest.newBuilder().GET(), headers);
    }

    private HttpResponse<String> post(String application, String file, String body, String... headers) {
        return send(application, file, HttpRequest.newBuilder().POST(BodyPublishers.ofString(body)), headers);
    }

    private HttpResponse<String> send(String application, String file, HttpRequest.Builder request, String... headers) {
        request.uri(Server.application(application).resolve("cached-connection" + file))
                .timeout(Duration.ofSeconds(30));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException("The application does not answer.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for the application.", e);
        }
    }

    private static JsonObject json(HttpResponse<String> response) {
        try (JsonReader reader = Json.createReader(new StringReader(response.body()))) {
            return reader.readObject();
        }
    }

    private static void assertThatItIsGuarded(HttpResponse<String> response) {
        assertThat(response.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'");
        assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(response.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
    }

    @Test
    void console_fromThisMachine_showsWhatTheCacheDoesAndEvicts() {
        deployer.deploy(FROM_HERE);
        try {
            WordsApplication words = new WordsApplication(FROM_HERE);
            words.assertThatItCaches(1);

            assertThat(get(FROM_HERE, "/").body()).contains("<cached-connection-console");
            assertThat(get(FROM_HERE, "/console.js")
                            .headers()
                            .firstValue("Content-Type")
                            .orElse(""))
                    .startsWith("text/javascript");
            HttpResponse<String> response = get(FROM_HERE, "/api/state");
            assertThat(response.statusCode()).isEqualTo(200);
            assertThatItIsGuarded(response);
            JsonObject state = json(response);
            assertThat(state.getJsonArray("caches").toString()).contains("\"name\":\"words\"");
            assertThat(state.getJsonObject("redis").getJsonArray("servers")).isNotEmpty();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> json(get(FROM_HERE, "/api/lines?cache=words"))
                                    .getJsonArray("times")
                                    .size()
                            > 1);
            assertThat(get(FROM_HERE, "/api/settings").body())
                    .contains("\"cached-connection.redis.timeout\",\"value\":\"PT5S\"");

            String hit = words.find(1);
            assertThat(words.find(1)).isEqualTo(hit);
            String[] headers = {"Content-Type", "application/json", TOKEN, state.getString("token")};
            JsonObject found = json(post(FROM_HERE, "/api/inspect", "{\"cache\":\"words\",\"key\":\"1\"}", headers));
            assertThat(found.getBoolean("found")).isTrue();
            assertThat(post(FROM_HERE, "/api/evict", "{\"cache\":\"words\",\"key\":\"1\"}", headers)
                            .statusCode())
                    .isEqualTo(200);
            assertThat(words.find(1)).isNotEqualTo(hit);

            assertThat(post(FROM_HERE, "/api/evict", "{}", "Content-Type", "application/json")
                            .statusCode())
                    .isEqualTo(403);
            HttpResponse<String> forwarded = get(FROM_HERE, "/api/state", "X-Forwarded-For", "192.0.2.1");
            assertThat(forwarded.statusCode()).isEqualTo(403);
            assertThat(forwarded.body()).contains("CC-0452");
            HttpResponse<String> missing = get(FROM_HERE, "/nothing");
            assertThat(missing.statusCode()).isEqualTo(404);
            assertThatItIsGuarded(missing);
        } finally {
            deployer.undeploy(FROM_HERE);
        }
    }

    @Test
    void console_withARole_isForThoseInIt() {
        deployer.deploy(WITH_ROLE);
        try {
            HttpResponse<String> stranger = get(WITH_ROLE, "/api/state");
            assertThat(stranger.statusCode()).isIn(401, 403);
            assertThat(stranger.body()).doesNotContain("token");
            if (Server.lacks(Needs.LOGINS_OF_APPLICATIONS)) {
                return;
            }
            HttpResponse<String> guest = get(WITH_ROLE, "/api/state", TrustingLogin.USER, "guest");
            assertThat(guest.statusCode()).isEqualTo(403);
            assertThat(guest.body()).contains("CC-0453").doesNotContain("token");
            assertThatItIsGuarded(guest);
            HttpResponse<String> operator =
                    get(WITH_ROLE, "/api/state", TrustingLogin.USER, "operator", "X-Forwarded-For", "192.0.2.1");
            assertThat(operator.statusCode()).isEqualTo(200);
            assertThat(json(operator).getString("user")).isEqualTo("user operator");
        } finally {
            deployer.undeploy(WITH_ROLE);
        }
    }

    @Test
    void console_notSwitchedOn_isNotThere() {
        deployer.deploy(OFF);
        try {
            assertThat(get(OFF, "/").statusCode()).isEqualTo(404);
        } finally {
            deployer.undeploy(OFF);
        }
    }
}
