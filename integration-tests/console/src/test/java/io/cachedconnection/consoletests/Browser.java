package io.cachedconnection.consoletests;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.TimeUnit;

/** Chromium without a window, by the WebDriver protocol. Where it is not installed the tests that need it are skipped, and say so. */
final class Browser implements AutoCloseable {

    private final HttpClient client = HttpClient.newHttpClient();
    private final Process driver;
    private final URI place;
    private String session = "";

    Browser() {
        if (Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                .noneMatch(directory -> Files.isExecutable(Path.of(directory, "chromedriver")))) {
            String why = "There is no chromedriver on the path: install Chromium and its driver.";
            if ("required".equals(System.getProperty("console.browser"))) {
                fail(why);
            }
            abort(why);
        }
        int port = ConsoleApplication.freePort();
        place = URI.create("http://127.0.0.1:" + port);
        try {
            driver = new ProcessBuilder("chromedriver", "--port=" + port)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new IllegalStateException("The driver does not start.", e);
        }
        JsonObject options = Json.createObjectBuilder()
                .add(
                        "args",
                        Json.createArrayBuilder()
                                .add("--headless=new")
                                .add("--no-sandbox")
                                .add("--disable-dev-shm-usage")
                                .add("--disable-gpu")
                                .add("--no-first-run")
                                .add("--disable-background-networking"))
                .build();
        JsonObject wanted = Json.createObjectBuilder()
                .add(
                        "capabilities",
                        Json.createObjectBuilder()
                                .add(
                                        "alwaysMatch",
                                        Json.createObjectBuilder()
                                                .add("goog:chromeOptions", options)
                                                .add(
                                                        "goog:loggingPrefs",
                                                        Json.createObjectBuilder()
                                                                .add("browser", "ALL"))))
                .build();
        session = awaitSession(wanted);
    }

    private String awaitSession(JsonObject wanted) {
        for (int i = 0; ; i++) {
            try {
                return send("POST", "/session", wanted).getJsonObject("value").getString("sessionId");
            } catch (IllegalStateException e) {
                if (i == 100) {
                    throw e;
                }
                try {
                    Thread.sleep(100);
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    throw e;
                }
            }
        }
    }

    private JsonObject send(String method, String path, JsonObject body) {
        HttpRequest request = HttpRequest.newBuilder(place.resolve(path))
                .timeout(Duration.ofSeconds(60))
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()))
                .build();
        try {
            var response = client.send(request, BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IllegalStateException(path + ": " + response.body());
            }
            try (JsonReader reader = Json.createReader(new StringReader(response.body()))) {
                return reader.readObject();
            }
        } catch (IOException e) {
            throw new IllegalStateException("The driver does not answer.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private JsonObject inSession(String path, JsonObject body) {
        return send("POST", "/session/" + session + path, body);
    }

    void open(URI uri) {
        inSession("/url", Json.createObjectBuilder().add("url", uri.toString()).build());
    }

    /** What a function with this body returns; {@code root} in it is the inside of the console. */
    JsonValue run(String script) {
        String whole = "const root = document.querySelector('cached-connection-console')?.shadowRoot; " + script;
        return inSession(
                        "/execute/sync",
                        Json.createObjectBuilder()
                                .add("script", whole)
                                .add("args", Json.createArrayBuilder())
                                .build())
                .get("value");
    }

    String text(String script) {
        JsonValue value = run("return String(" + script + ")");
        return ((jakarta.json.JsonString) value).getString();
    }

    /** Presses keys as a user does. */
    void press(String... keys) {
        var actions = Json.createArrayBuilder();
        for (String key : keys) {
            actions.add(Json.createObjectBuilder().add("type", "keyDown").add("value", key));
            actions.add(Json.createObjectBuilder().add("type", "keyUp").add("value", key));
        }
        inSession(
                "/actions",
                Json.createObjectBuilder()
                        .add(
                                "actions",
                                Json.createArrayBuilder()
                                        .add(Json.createObjectBuilder()
                                                .add("type", "key")
                                                .add("id", "keyboard")
                                                .add("actions", actions)))
                        .build());
    }

    /** As on a screen of this size, in this scheme of colours. */
    void look(int width, int height, String scheme) {
        devTools(
                "Emulation.setDeviceMetricsOverride",
                Json.createObjectBuilder()
                        .add("width", width)
                        .add("height", height)
                        .add("deviceScaleFactor", 1)
                        .add("mobile", false)
                        .build());
        devTools(
                "Emulation.setEmulatedMedia",
                Json.createObjectBuilder()
                        .add(
                                "features",
                                Json.createArrayBuilder()
                                        .add(Json.createObjectBuilder()
                                                .add("name", "prefers-color-scheme")
                                                .add("value", scheme)))
                        .build());
    }

    private JsonObject devTools(String command, JsonObject parameters) {
        return inSession(
                "/goog/cdp/execute",
                Json.createObjectBuilder()
                        .add("cmd", command)
                        .add("params", parameters)
                        .build());
    }

    void screenshot(String name) {
        String data = devTools(
                        "Page.captureScreenshot",
                        Json.createObjectBuilder()
                                .add("captureBeyondViewport", true)
                                .build())
                .getJsonObject("value")
                .getString("data");
        try {
            Path directory = Files.createDirectories(Path.of(System.getProperty("console.screenshots")));
            Files.write(directory.resolve(name + ".png"), Base64.getDecoder().decode(data));
        } catch (IOException e) {
            throw new IllegalStateException("The screenshot cannot be written.", e);
        }
    }

    /** What the browser has complained of since the last call, such as what the policy forbids. */
    String complaints() {
        return inSession(
                        "/se/log",
                        Json.createObjectBuilder().add("type", "browser").build())
                .get("value")
                .toString();
    }

    @Override
    public void close() {
        try {
            if (!session.isEmpty()) {
                send("DELETE", "/session/" + session, null);
            }
        } finally {
            driver.destroy();
            try {
                if (!driver.waitFor(5, TimeUnit.SECONDS)) {
                    driver.destroyForcibly();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
