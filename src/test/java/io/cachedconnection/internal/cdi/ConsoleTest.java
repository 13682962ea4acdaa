package io.cachedconnection.internal.cdi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.internal.cdi.Books.Book;
import io.cachedconnection.internal.console.ConsoleServlet;
import io.cachedconnection.testing.ScannedLog;
import io.cachedconnection.testing.Seeds;
import io.cachedconnection.testing.TestRedis;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.servlet.ReadListener;
import jakarta.servlet.Servlet;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.ServletSecurityElement;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.lang.reflect.Proxy;
import java.security.Principal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The console in a container of CDI, without one of servlets: integration-tests/console has both. What it says goes into the log of the
 * tests, which is scanned.
 */
class ConsoleTest {

    private static final String TOKEN = "X-Cached-Connection-Token";

    private final String prefix = "t" + UUID.randomUUID();
    private RunningContainer container;
    private String role;

    @AfterEach
    void close() {
        if (container != null) {
            container.close();
        }
    }

    private void start(Map<String, String> settings) {
        container = new RunningContainer(prefix, settings, Books.class);
    }

    private JsonObject answer(HttpServletRequest request) {
        Answer answer = new Answer();
        try {
            Servlet servlet =
                    new ConsoleServlet(() -> container.bean(CacheRuntime.class).console(), role);
            servlet.service(request, answer.response());
        } catch (ServletException | IOException e) {
            throw new AssertionError(e);
        }
        String text = answer.body.toString(UTF_8);
        ScannedLog.text(text.replaceAll(
                "\"(?:redisKey|value)\":\"(?:[^\"\\\\]|\\\\.)*\"", "")); // which are for the operator alone
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return Json.createObjectBuilder(reader.readObject())
                    .add("status", answer.status)
                    .build();
        }
    }

    private JsonObject get(String path) {
        return answer(request("GET", path, "", Map.of()));
    }

    /** With the token of the same servlet: each has a secret of its own. */
    private List<JsonObject> stateAndThen(String action, JsonObject... bodies) throws ServletException, IOException {
        ConsoleServlet servlet =
                new ConsoleServlet(() -> container.bean(CacheRuntime.class).console(), role);
        Answer first = new Answer();
        ((Servlet) servlet).service(request("GET", "/api/state", "", Map.of()), first.response());
        String token = first.json().getString("token");
        List<JsonObject> answers = new ArrayList<>();
        for (JsonObject body : bodies) {
            Answer answer = new Answer();
            ((Servlet) servlet)
                    .service(
                            request("POST", "/api/" + action, body.toString(), Map.of(TOKEN, token)),
                            answer.response());
            answers.add(Json.createObjectBuilder(answer.json())
                    .add("status", answer.status)
                    .build());
        }
        return answers;
    }

    private static HttpServletRequest request(String method, String path, String body, Map<String, String> headers) {
        return fake(HttpServletRequest.class, (name, arguments) -> switch (name) {
            case "getMethod" -> method;
            case "getPathInfo" -> path;
            case "getContextPath" -> "/shop";
            case "getRemoteAddr" -> "127.0.0.1";
            case "getServerName" -> headers.getOrDefault("Host", "localhost");
            case "getContentType" -> "application/json";
            case "getHeaderNames" -> Collections.enumeration(headers.keySet());
            case "getHeader" -> headers.get(arguments[0]);
            case "getUserPrincipal" -> headers.containsKey("User") ? (Principal) () -> headers.get("User") : null;
            case "isUserInRole" -> arguments[0].equals(headers.get("User"));
            case "getInputStream" -> new Body(body);
            case "authenticate" -> false;
            default -> null;
        });
    }

    private interface Calls {
        Object answer(String name, Object[] arguments);
    }

    private static <T> T fake(Class<T> type, Calls calls) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    Object answer = calls.answer(method.getName(), arguments);
                    return answer == null && method.getReturnType() == boolean.class ? (Object) false : answer;
                }));
    }

    private static final class Answer {

        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private final Map<String, String> headers = new HashMap<>();
        private int status = 200;

        JsonObject json() {
            try (JsonReader reader = Json.createReader(new StringReader(body.toString(UTF_8)))) {
                return reader.readObject();
            }
        }

        HttpServletResponse response() {
            return fake(HttpServletResponse.class, (name, arguments) -> switch (name) {
                case "setStatus" -> {
                    status = (int) arguments[0];
                    yield null;
                }
                case "getStatus" -> status;
                case "setHeader" -> headers.put((String) arguments[0], (String) arguments[1]);
                case "getOutputStream" ->
                    new ServletOutputStream() {
                        @Override
                        public void write(int each) {
                            body.write(each);
                        }

                        @Override
                        public boolean isReady() {
                            return true;
                        }

                        @Override
                        public void setWriteListener(WriteListener listener) {}
                    };
                default -> null;
            });
        }
    }

    private static final class Body extends ServletInputStream {

        private final ByteArrayInputStream bytes;

        Body(String text) {
            bytes = new ByteArrayInputStream(text.getBytes(UTF_8));
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            return bytes.read(into, offset, length);
        }

        @Override
        public boolean isFinished() {
            return bytes.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {}
    }

    private static JsonObject object(String... namesAndTexts) {
        var object = Json.createObjectBuilder();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            object.add(namesAndTexts[i], namesAndTexts[i + 1]);
        }
        return object.build();
    }

    @Test
    void console_keysAndValuesWithSeeds_reachNoLog() throws Exception {
        start(Map.of(
                "console.enabled", "true", "console.values", "true", "redis.password", "", "cache.titles.ttl", "PT1M"));
        Books books = container.bean(Books.class);
        books.save(new Book(1, Seeds.VALUE, List.of("Lem")));
        books.title(1, Seeds.ARGUMENT);
        String key = "Kumquat5%20argument%3A%20\u0141\u00f3d\u017a/%25:1";

        List<JsonObject> found = stateAndThen("inspect", object("cache", "titles", "key", key));
        assertThat(found.get(0).getBoolean("found")).isTrue();
        assertThat(found.get(0).getString("value")).contains("Kumquat5");
        List<JsonObject> evicted = stateAndThen(
                "evict",
                object("cache", "titles", "key", key),
                object("tag", Seeds.WORD),
                object("tag", Seeds.ARGUMENT));
        assertThat(evicted.get(0).getString("outcome")).isEqualTo("done");
        assertThat(evicted.get(1).getInt("status")).isEqualTo(200);
        assertThat(evicted.get(2).getInt("status")).isEqualTo(400);
        assertThat(ScannedLog.text(evicted.get(2).getString("message"))).startsWith("CC-0818");

        assertThat(get("/api/state").getJsonArray("actions").toString()).doesNotContain(Seeds.WORD);
        assertThat(get("/api/settings").toString())
                .doesNotContain(TestRedis.uri().toString());
        assertThat(get("/api/cache").getInt("status")).isEqualTo(404);
    }

    @Test
    void console_callerWithoutTheRole_isToldInNoMoreThanASentence() {
        start(Map.of("console.enabled", "true"));
        assertThat(answer(request("GET", "/api/state", "", Map.of("Host", "shop.example")))
                        .getInt("status"))
                .isEqualTo(403);
        role = "operator";
        assertThat(get("/api/state").getInt("status")).isEqualTo(403);
        assertThat(answer(request("GET", "/api/state", "", Map.of("User", Seeds.USER)))
                        .getInt("status"))
                .isEqualTo(403);
        assertThat(answer(request("GET", "/api/state", "", Map.of("User", "operator")))
                        .getInt("status"))
                .isEqualTo(200);
    }

    @Test
    void console_switchedOff_isNotThereAndAContainerThatEndedIsNoError() {
        start(Map.of());
        assertThat(get("/api/state").getInt("status")).isEqualTo(404);
        container.close();
        assertThat(get("/api/state").getInt("status")).isEqualTo(503);
        container = null;
    }

    @Test
    void initializer_bySettings_registersAServletOrNothing() {
        assertThat(registered(Map.of(), true)).isEmpty();
        assertThat(registered(Map.of("console.enabled", "true"), true))
                .containsExactly("addServlet", "addMapping /cached-connection/*");
        assertThat(registered(Map.of("console.enabled", "true", "console.role", "operator"), true))
                .containsExactly(
                        "addServlet",
                        "addMapping /cached-connection/*",
                        "declareRoles operator",
                        "setServletSecurity **");
        assertThat(registered(Map.of("console.enabled", "true"), false))
                .containsExactly("addServlet", "addMapping /cached-connection/*");
    }

    private List<String> registered(Map<String, String> settings, boolean isFree) {
        start(settings); // sets them
        List<String> calls = new ArrayList<>();
        ServletRegistration.Dynamic registration = fake(ServletRegistration.Dynamic.class, (name, arguments) -> {
            String about = arguments[0] instanceof ServletSecurityElement security
                    ? security.getRolesAllowed()[0]
                    : ((String[]) arguments[0])[0];
            calls.add(name + " " + about);
            return isFree ? Set.of() : Set.of("/cached-connection/*");
        });
        ServletContext context = fake(ServletContext.class, (name, arguments) -> switch (name) {
            case "getContextPath" -> "/shop";
            case "addServlet" -> {
                calls.add(name);
                yield registration;
            }
            case "declareRoles" -> {
                calls.add(name + " " + ((String[]) arguments[0])[0]);
                yield null;
            }
            default -> null;
        });
        try {
            new ConsoleInitializer().onStartup(null, context);
        } finally {
            container.close();
            container = null;
        }
        return calls;
    }
}
