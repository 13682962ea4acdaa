package io.cachedconnection.internal.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cachedconnection.internal.console.Console.Refused;
import io.cachedconnection.internal.message.ConsoleMessage;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.stream.JsonParser;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The console over HTTP: a static page with its script and style, and a JSON API under {@code api/}. It gets the cache at the
 * first request, because it is registered before the application has started. Thread-safe.
 */
public final class ConsoleServlet extends HttpServlet {

    /** Its path below the application. */
    public static final String PATH = "/cached-connection";

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = System.getLogger("io.cachedconnection");
    private static final int MOST_BYTES = 16 * 1024; // of a request
    private static final int MOST_UNREAD = 64 * 1024; // bytes of a body that a refusal reads to keep the connection
    private static final int MOST_CACHES = 500;
    private static final int CACHES = 100;
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self';"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    private static final Map<String, String> TYPES = Map.of(
            "/", "text/html",
            "/console.js", "text/javascript",
            "/console.css", "text/css");
    private static final Map<String, String> FILES = Map.of(
            "/", "console.html",
            "/console.js", "console.js",
            "/console.css", "console.css");

    private final transient Supplier<@Nullable Console> console;
    private final transient ConsoleAccess access;

    /**
     * Creates the console of one application.
     *
     * @param console called at each request; returns null if there is no console, and throws as the container does while it is
     *     not running
     * @param role the role of the users who may use it; null for callers on the same machine
     */
    public ConsoleServlet(Supplier<@Nullable Console> console, @Nullable String role) {
        this.console = console;
        this.access = new ConsoleAccess(role);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Content-Security-Policy", POLICY);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "DENY");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        respond(request, response);
        // A body left unread makes some containers close the connection under the caller's next request.
        request.getInputStream().readNBytes(MOST_UNREAD);
    }

    private void respond(HttpServletRequest request, HttpServletResponse response) throws IOException {
        @Nullable String refusal = access.refusal(request, response);
        if (refusal != null) {
            if (!refusal.isEmpty()) {
                say(response, HttpServletResponse.SC_FORBIDDEN, refusal);
            }
            return;
        }
        String path = request.getPathInfo();
        boolean isHead = request.getMethod().equals("HEAD");
        if (path == null) {
            // Relative, so that it is correct behind a proxy that adds a prefix.
            response.setHeader("Location", PATH.substring(1) + "/");
            say(response, HttpServletResponse.SC_FOUND, "See " + PATH.substring(1) + "/");
        } else if (request.getMethod().equals("GET") || isHead) {
            get(path, request, response, isHead);
        } else if (request.getMethod().equals("POST") && path.startsWith("/api/")) {
            post(path.substring("/api/".length()), request, response);
        } else {
            response.setHeader("Allow", path.startsWith("/api/") ? "GET, HEAD, POST" : "GET, HEAD");
            say(response, HttpServletResponse.SC_METHOD_NOT_ALLOWED, "This method is not allowed here.");
        }
    }

    private void get(String path, HttpServletRequest request, HttpServletResponse response, boolean isHead)
            throws IOException {
        @Nullable String file = FILES.get(path);
        if (file != null) {
            try (InputStream resource = ConsoleServlet.class.getResourceAsStream(file)) {
                if (resource == null) {
                    throw new IllegalStateException("This library lacks its resource " + file + ".");
                }
                write(
                        response,
                        HttpServletResponse.SC_OK,
                        String.valueOf(TYPES.get(path)),
                        resource.readAllBytes(),
                        isHead);
            }
            return;
        }
        answer(response, isHead, found -> switch (path) {
            case "/api/state" ->
                withToken(request, found.state(parameter(request, "filter", ""), (int)
                        Math.min(MOST_CACHES, number(request, "limit", CACHES))));
            case "/api/lines" ->
                found.lines(parameter(request, "cache"), parameter(request, "server"), number(request, "from", 0));
            case "/api/cache" -> found.cache(parameter(request, "name", ""));
            case "/api/settings" -> found.settings();
            default -> throw new Refused(HttpServletResponse.SC_NOT_FOUND, "There is nothing here.");
        });
    }

    private void post(String action, HttpServletRequest request, HttpServletResponse response) throws IOException {
        @Nullable String problem = access.problemOfChange(request);
        if (problem != null) {
            say(response, HttpServletResponse.SC_FORBIDDEN, problem);
            return;
        }
        byte[] body = request.getInputStream().readNBytes(MOST_BYTES + 1);
        if (body.length > MOST_BYTES) {
            say(response, HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE, "The request is too large.");
            return;
        }
        answer(response, false, found -> found.act(action, object(body), ConsoleAccess.caller(request)));
    }

    private static JsonObject object(byte[] body) {
        try (JsonParser parser = Json.createParser(new ByteArrayInputStream(body))) {
            parser.next();
            JsonObject object = parser.getObject();
            if (parser.hasNext()) {
                throw new IllegalArgumentException("more than one value");
            }
            return object;
        } catch (RuntimeException
                | StackOverflowError e) { // parsers differ in what they throw, such as for deep nesting
            throw new Refused(HttpServletResponse.SC_BAD_REQUEST, "The request is not a JSON object.");
        }
    }

    /** A request to the console. */
    private interface Question {
        JsonObject ask(Console console);
    }

    /**
     * Answers with the result of {@code question}. Reports only the class of a failure, because its message may contain keys.
     */
    private void answer(HttpServletResponse response, boolean isHead, Question question) throws IOException {
        byte[] body;
        try {
            @Nullable Console found = console.get();
            if (found == null) {
                throw new Refused(HttpServletResponse.SC_NOT_FOUND, "The console is switched off.");
            }
            body = question.ask(found).toString().getBytes(UTF_8);
        } catch (Refused e) {
            say(response, e.status(), String.valueOf(e.getMessage()));
            return;
        } catch (RuntimeException | LinkageError e) {
            String what = e.getClass().getName();
            LOG.log(Level.DEBUG, () -> ConsoleMessage.FAILED.with(what));
            say(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, ConsoleMessage.FAILED.with(what));
            return;
        }
        write(response, HttpServletResponse.SC_OK, "application/json", body, isHead);
    }

    private JsonObject withToken(HttpServletRequest request, JsonObject state) {
        return Json.createObjectBuilder(state)
                .add("token", access.token(request))
                .add("user", ConsoleAccess.caller(request))
                .add("application", request.getContextPath())
                .build();
    }

    private static String parameter(HttpServletRequest request, String name, String otherwise) {
        @Nullable String value = parameter(request, name);
        return value == null ? otherwise : value;
    }

    private static @Nullable String parameter(HttpServletRequest request, String name) {
        try {
            return request.getParameter(name);
        } catch (RuntimeException e) { // some containers throw for half an escape, such as a single %
            throw new Refused(HttpServletResponse.SC_BAD_REQUEST, "The query is malformed.");
        }
    }

    private static long number(HttpServletRequest request, String name, long otherwise) {
        try {
            return Math.max(0, Long.parseLong(parameter(request, name, Long.toString(otherwise))));
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    /** Answers with a sentence of text. */
    private static void say(HttpServletResponse response, int status, String sentence) throws IOException {
        byte[] body = Json.createObjectBuilder()
                .add("message", sentence)
                .build()
                .toString()
                .getBytes(UTF_8);
        write(response, status, "application/json", body, false);
    }

    private static void write(HttpServletResponse response, int status, String type, byte[] body, boolean isHead)
            throws IOException {
        response.setStatus(status);
        response.setContentType(type);
        response.setCharacterEncoding(UTF_8.name());
        response.setContentLength(body.length);
        if (!isHead) {
            response.getOutputStream().write(body);
        }
    }
}
