package io.cachedconnection.consoletests;

import static io.cachedconnection.consoletests.ConsoleApplication.TOKEN;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cachedconnection.CacheStatistics;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The console of an application without a role, by HTTP. */
class ConsoleHttpTest {

    private static final String JSON = "application/json";
    private static ConsoleApplication application;

    @BeforeAll
    static void start() {
        application = new ConsoleApplication("/shop", Map.of("console.enabled", "true", "console.values", "true"));
        application.awaitRedis();
    }

    @AfterAll
    static void stop() throws Exception {
        application.close();
    }

    static JsonObject json(HttpResponse<String> response) {
        try (JsonReader reader = Json.createReader(new StringReader(response.body()))) {
            return reader.readObject();
        }
    }

    private static JsonObject state() {
        return json(application.get("/api/state"));
    }

    private static HttpResponse<String> act(String action, String body) {
        return application.act(action, body, state().getString("token"));
    }

    private static JsonObject cache(String name) {
        return state().getJsonArray("caches").getValuesAs(JsonObject.class).stream()
                .filter(cache -> cache.getString("name").equals(name))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /, 200",
        "GET, /console.js, 200",
        "GET, /console.css, 200",
        "GET, /api/state, 200",
        "GET, /api/lines, 200",
        "GET, /api/settings, 200",
        "GET, '', 302",
        "GET, /nothing, 404",
        "GET, /api/nothing, 404",
        "GET, /api/cache?name=nothing, 404",
        "GET, /..%2f..%2fweb.xml, 400",
        "HEAD, /, 200",
        "HEAD, /api/state, 200",
        "OPTIONS, /api/state, 405",
        "TRACE, /, 405",
        "PUT, /api/evict, 405",
        "POST, /, 405",
        "POST, /api/evict, 403",
    })
    void response_ofEachKind_hasTheStatusAndAllHeaders(String method, String file, int status) {
        HttpResponse<String> response = application.send(method, file, null);

        assertThat(response.statusCode()).isEqualTo(status);
        if (status != 400) { // which the servlet container says by itself
            assertThat(response.headers().firstValue("Content-Security-Policy"))
                    .hasValue(
                            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self';"
                                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
            assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
            assertThat(response.headers().firstValue("X-Frame-Options")).hasValue("DENY");
            assertThat(response.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
            assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
            assertThat(response.headers().firstValue("Cross-Origin-Opener-Policy"))
                    .hasValue("same-origin");
            assertThat(response.headers().firstValue("Cross-Origin-Resource-Policy"))
                    .hasValue("same-origin");
            assertThat(response.headers().firstValue("Access-Control-Allow-Origin"))
                    .isEmpty();
        }
        if (method.equals("HEAD")) {
            assertThat(response.body()).isEmpty();
        }
    }

    @Test
    void page_resourcesAndScript_areOfThisOriginAndNotInline() {
        String page = application.get("/").body();

        assertThat(page)
                .contains("src=\"console.js\"", "href=\"console.css\"")
                .doesNotContain("<style", "style=", "onclick", "http:", "https:");
        assertThat(application.get("/console.js").body())
                .doesNotContain("innerHTML", "insertAdjacentHTML", "document.write", "eval(");
        assertThat(application.get("").headers().firstValue("Location")).hasValue("cached-connection/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-For: 10.0.0.1",
                "x-forwarded-host: localhost",
                "Forwarded: for=10.0.0.1",
                "X-Real-IP: 127.0.0.1",
                "Via: 1.1 proxy",
            })
    void caller_behindAProxy_isRefusedAndToldWhatToSet(String header) {
        String[] parts = header.split(": ", 2);

        HttpResponse<String> response = application.get("/api/state", parts[0], parts[1]);

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body())
                .contains("CC-0452", "cached-connection.console.role")
                .doesNotContain("token");
        assertThat(response.headers().firstValue("Content-Security-Policy")).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, 200",
        "localhost:8080, 200",
        "127.0.0.1, 200",
        "[::1]:8080, 200",
        "shop.localhost, 200",
        "evil.example, 403",
        "localhost.evil.example, 403",
        "127.0.0.1.evil.example, 403",
        "notlocalhost, 403",
        "[::2], 403"
    })
    void caller_namesTheHost_isAnsweredIfThatIsThisMachine(String host, int status) throws IOException {
        assertThat(raw("GET /shop/cached-connection/api/state HTTP/1.1\r\nHost: " + host
                        + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 " + status);
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), application.port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    @Test
    void change_withoutTheToken_isRefused() {
        String body = "{\"cache\":\"books\",\"all\":true}";
        String token = state().getString("token");

        assertThat(application.post("/api/evict", body, "Content-Type", JSON).statusCode())
                .isEqualTo(403);
        assertThat(application
                        .post("/api/evict", body, "Content-Type", JSON, TOKEN, "0" + token.substring(1) + "0")
                        .statusCode())
                .isEqualTo(403);
        assertThat(application
                        .post("/api/evict", body, "Content-Type", JSON, TOKEN, token)
                        .statusCode())
                .isEqualTo(200);
    }

    /** A client sends the body after the headers, and its next request on the same connection. */
    @ParameterizedTest
    @CsvSource({"localhost, 20, 403", "localhost, 40000, 403", "evil.example, 20, 403"})
    void change_refusedBeforeItsBodyArrives_leavesTheConnectionUsable(String host, int length, int status)
            throws Exception {
        String next =
                "GET /shop/cached-connection/console.css HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), application.port)) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write(("POST /shop/cached-connection/api/evict HTTP/1.1\r\nHost: " + host
                            + "\r\nContent-Type: application/json\r\nContent-Length: " + length + "\r\n\r\n")
                    .getBytes(ISO_8859_1));
            Thread.sleep(300); // so that the body arrives after the refusal
            out.write(("x".repeat(length) + next).getBytes(ISO_8859_1));

            String responses = new String(socket.getInputStream().readAllBytes(), UTF_8);

            assertThat(responses).startsWith("HTTP/1.1 " + status).contains("HTTP/1.1 200");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain, '', '', 403",
        "application/x-www-form-urlencoded, '', '', 403",
        "application/json, http://evil.example, '', 403",
        "application/json, 'null', '', 403",
        "application/json, '', cross-site, 403",
        "application/json, '', same-site, 403",
        "application/json, '', none, 403",
        "application/json, OWN, '', 200",
        "application/json, OWN, same-origin, 200",
        "application/json; charset=utf-8, '', '', 200"
    })
    void change_ofAPage_isDoneIfItIsOfThisOrigin(String type, String origin, String site, int status) {
        java.util.List<String> headers =
                new java.util.ArrayList<>(java.util.List.of("Content-Type", type, TOKEN, state().getString("token")));
        if (!origin.isEmpty()) {
            headers.addAll(java.util.List.of(
                    "Origin", origin.equals("OWN") ? "http://localhost:" + application.port : origin));
        }
        if (!site.isEmpty()) {
            headers.addAll(java.util.List.of("Sec-Fetch-Site", site));
        }

        assertThat(application
                        .post("/api/evict", "{\"cache\":\"books\",\"all\":true}", headers.toArray(String[]::new))
                        .statusCode())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{\"cache\":7,\"key\":1}",
                "{\"cache\":\"books\"}",
                "{\"cache\":\"books\",\"key\":\"a b\"}",
                "{\"tag\":\"a b\"}",
                "{\"cache\":\"books\",\"all\":\"yes\"}",
                "{\"cache\":\"books\",\"all\":true} x",
                "{\"cache\":\"books\",\"all\":true}{}"
            })
    void change_malformed_isRefused(String body) {
        HttpResponse<String> response = act("evict", body);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).getString("message")).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"on\":null", ",\"on\":\"false\"", ",\"on\":0", ",\"on\":1e99999"})
    void switch_withoutTrueOrFalse_isRefusedAndTheCacheStaysOn(String on) {
        HttpResponse<String> response = act("switch", "{\"cache\":\"books\"" + on + "}");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).getString("message")).contains("\"on\"");
        assertThat(cache("books").getBoolean("on")).isTrue();
    }

    @Test
    void change_ofDeepOrHugeJson_isRefused() {
        for (String value :
                new String[] {"[".repeat(7900) + "]".repeat(7900), "9".repeat(15_000), "[".repeat(16_000)}) {
            assertThat(act("inspect", "{\"cache\":\"books\",\"key\":" + value + "}")
                            .statusCode())
                    .isEqualTo(400);
        }
    }

    @Test
    void query_malformed_isRefused() throws IOException {
        for (String query : new String[] {"state?filter=%", "lines?cache=%f", "cache?name=%ff%fe"}) {
            assertThat(raw("GET /shop/cached-connection/api/" + query
                            + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 400");
        }
    }

    @Test
    void change_tooLarge_isRefused() {
        assertThat(act("evict", "{\"key\":\"" + "x".repeat(20_000) + "\"}").statusCode())
                .isEqualTo(413);
    }

    @Test
    void state_afterTraffic_agreesWithTheStatistics() {
        for (int i = 0; i < 20; i++) {
            application.shelf().find("agree" + i % 4);
            application.shelf().findNear("agree");
        }

        for (String name : new String[] {"books", "near-books"}) {
            JsonObject cache = cache(name);
            CacheStatistics statistics = application.caches().statistics().get(name);
            assertThat(cache.getJsonNumber("near").longValue()).isEqualTo(statistics.nearHits());
            assertThat(cache.getJsonNumber("hits").longValue())
                    .isEqualTo(statistics.hits())
                    .isPositive();
            assertThat(cache.getJsonNumber("misses").longValue())
                    .isEqualTo(statistics.misses())
                    .isPositive();
            assertThat(cache.getJsonNumber("bypasses").longValue()).isEqualTo(statistics.bypasses());
            assertThat(cache.getJsonNumber("loads").longValue())
                    .isEqualTo(statistics.loads())
                    .isPositive();
            assertThat(cache.getInt("loadP50")).isPositive();
        }
        assertThat(state().getJsonObject("redis").getJsonArray("servers")).hasSize(1);
        assertThat(state().getString("application")).isEqualTo("/shop");
    }

    @Test
    void lines_afterTraffic_addUpToWhatWasCounted() {
        application.shelf().find("line");
        long hits = application.caches().statistics().get("books").hits();

        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            JsonObject lines = json(application.get("/api/lines?cache=books"));
            assertThat(lines.getJsonArray("times")).isNotEmpty();
            assertThat(lines.getJsonObject("numbers").getJsonArray("hits").stream()
                            .mapToInt(each -> ((jakarta.json.JsonNumber) each).intValue())
                            .sum())
                    .isGreaterThanOrEqualTo((int) hits);
        });
        JsonObject all = json(application.get("/api/lines"));
        int next = all.getInt("first") + all.getJsonArray("times").size();
        assertThat(json(application.get("/api/lines?from=" + next))
                        .getJsonArray("times")
                        .size())
                .isLessThan(3);
    }

    @Test
    void key_thatIsThere_isFoundAndEvicted() {
        application.shelf().find("seen");
        application.shelf().find("seen");
        String question = "{\"cache\":\"books\",\"key\":\"seen\"}";

        JsonObject found = json(act("inspect", question));

        assertThat(found.getBoolean("found")).isTrue();
        assertThat(found.getBoolean("outdated")).isFalse();
        assertThat(found.getInt("lifeMillis")).isBetween(200_000, 300_000);
        assertThat(found.getInt("bytes")).isPositive();
        assertThat(found.getInt("tags")).isEqualTo(1);
        assertThat(found.isNull("leaseMillis")).isTrue();
        assertThat(found.getInt("writes")).isZero();
        assertThat(found.getString("value")).isEqualTo("{\"id\":\"seen\",\"title\":\"title of seen\"}");
        String whole = Json.createObjectBuilder()
                .add("key", found.getString("redisKey"))
                .add("whole", true)
                .build()
                .toString();
        assertThat(json(act("inspect", whole)).getString("cache")).isEqualTo("books");

        assertThat(json(act("evict", question)).getString("outcome")).isEqualTo("done");
        JsonObject gone = json(act("inspect", question));
        assertThat(gone.getBoolean("found")).isFalse();
        assertThat(gone.getInt("evictedMillis")).isLessThan(10_000);
        int loads = application.shelf().loads();
        application.shelf().find("seen");
        assertThat(application.shelf().loads()).isEqualTo(loads + 1);
        assertThat(state().getJsonArray("actions").toString())
                .contains("evict a key")
                .doesNotContain("seen");
    }

    @Test
    void evictionOfAll_entries_areOutdated() {
        application.shelf().find("all");
        application.shelf().find("all");

        assertThat(act("evict", "{\"cache\":\"books\",\"all\":true}").statusCode())
                .isEqualTo(200);

        JsonObject found = json(act("inspect", "{\"cache\":\"books\",\"key\":\"all\"}"));
        assertThat(!found.getBoolean("found") || found.getBoolean("outdated")).isTrue();
        int loads = application.shelf().loads();
        application.shelf().find("all");
        assertThat(application.shelf().loads()).isEqualTo(loads + 1);
    }

    @Test
    void evictionOfATag_entriesWithIt_areLoadedAgain() {
        application.shelf().find("tagged");
        application.shelf().find("tagged");
        int loads = application.shelf().loads();

        assertThat(act("evict", "{\"tag\":\"letter:tagged\"}").statusCode()).isEqualTo(200);

        application.shelf().find("tagged");
        assertThat(application.shelf().loads()).isEqualTo(loads + 1);
    }

    @Test
    void cache_switchedOffAndOn_passesLookupsByMeanwhile() {
        application.shelf().find("switched");
        application.shelf().find("switched");
        int loads = application.shelf().loads();

        assertThat(json(act("switch", "{\"cache\":\"books\",\"on\":false}")).getString("outcome"))
                .isEqualTo("off; writes still evict from it");
        application.shelf().find("switched");
        application.shelf().find("switched");
        assertThat(application.shelf().loads()).isEqualTo(loads + 2);
        assertThat(cache("books").getBoolean("on")).isFalse();
        assertThat(cache("books").getBoolean("switchedOffHere")).isTrue();

        assertThat(json(act("switch", "{\"cache\":\"books\",\"on\":true}")).getString("outcome"))
                .isEqualTo("on");
        application.shelf().find("switched"); // the switch cleared the cache
        application.shelf().find("switched");
        assertThat(application.shelf().loads()).isEqualTo(loads + 3);
        assertThat(cache("books").getBoolean("on")).isTrue();
    }

    @Test
    void key_withMarkupAndUnicode_comesBackAsItIs() {
        String id = "\"><svg/onload=alert(1)>\u00fc\u4f60\ud83d\ude00";
        application.shelf().find(id);
        String question = Json.createObjectBuilder()
                .add("cache", "books")
                .add("key", id)
                .build()
                .toString();

        JsonObject found = json(act("inspect", question));

        assertThat(found.getBoolean("found")).isTrue();
        assertThat(found.getString("redisKey")).endsWith(":" + id);
        assertThat(found.getString("value")).contains("onload");
    }

    @Test
    void settings_inForce_haveTheirSourceAndNoSecret() {
        String settings = application.get("/api/settings").body();

        assertThat(settings)
                .contains(
                        "{\"key\":\"cached-connection.redis.uri\",\"value\":\"set\",\"source\":\"SysPropConfigSource\"}")
                .contains("{\"key\":\"cached-connection.ttl\",\"value\":\"PT5M\",\"source\":\"default\"}")
                .contains("{\"key\":\"cached-connection.redis.password\",\"value\":\"not set\",\"source\":\"default\"}")
                .doesNotContain("redis://");
        assertThat(application.get("/api/cache?name=near-books").body())
                .contains("near.enabled")
                .contains(
                        "{\"key\":\"ttl\",\"value\":\"PT1M\",\"source\":\"the annotation of Shelf.findNear(String)\"}");
    }

    @Test
    void role_notNeeded_loginChangesTheToken() {
        String basic = "Basic " + Base64.getEncoder().encodeToString("olga:olga".getBytes(UTF_8));

        assertThat(application.get("/api/state", "Authorization", basic).statusCode())
                .isEqualTo(200);
    }
}
