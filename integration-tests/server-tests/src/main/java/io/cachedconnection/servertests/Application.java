package io.cachedconnection.servertests;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;

/** The deployed sample application, over HTTP. */
final class Application {

    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    private final URI api;

    Application(String name) {
        this.api = Server.application(name).resolve("api/");
    }

    /** A response: its status, where it says it came from ("" if it does not), its body. */
    record Answer(int status, String source, String body) {

        JsonObject json() {
            try (var reader = Json.createReader(new StringReader(body))) {
                return reader.readObject();
            }
        }

        String error() {
            return json().getString("error");
        }
    }

    /** Adds a pending connection of a user. */
    UUID added(UUID userId) {
        Answer answer = send("POST", "connections", pending(userId));
        if (answer.status() != 201) {
            throw new IllegalStateException("Not added: " + answer);
        }
        return UUID.fromString(answer.json().getString("id"));
    }

    static String pending(UUID userId) {
        return Json.createObjectBuilder()
                .add("user_id", userId.toString())
                .add("provider_id", UUID.randomUUID().toString())
                .add("provider_slug", "schwab")
                .add("alias", "Jörg’s Depot")
                .build()
                .toString();
    }

    Answer lookUp(UUID connectionId) {
        return get("connections/" + connectionId);
    }

    Answer lookUpOfUser(UUID userId) {
        return get("users/" + userId + "/connections");
    }

    /** How often this cache's repository method has really run. */
    long databaseLoads(String cache) {
        var loads = get("cache").json().getJsonObject("database_loads");
        return loads.containsKey(cache) ? loads.getJsonNumber(cache).longValue() : 0;
    }

    /** A counter of the library's own. */
    long counter(String cache, String name) {
        return get("cache")
                .json()
                .getJsonObject("caches")
                .getJsonObject(cache)
                .getJsonNumber(name)
                .longValue();
    }

    Answer get(String path) {
        return answer(HttpRequest.newBuilder().GET(), path);
    }

    Answer get(String path, String accept) {
        return answer(HttpRequest.newBuilder().header("Accept", accept).GET(), path);
    }

    Answer send(String method, String path, String body) {
        return send(method, path, "application/json", body.getBytes(UTF_8));
    }

    Answer send(String method, String path, String type, byte[] body) {
        var request =
                HttpRequest.newBuilder().header("Content-Type", type).method(method, BodyPublishers.ofByteArray(body));
        return answer(request, path);
    }

    private Answer answer(HttpRequest.Builder request, String path) {
        try {
            var sent = request.uri(api.resolve(path))
                    .timeout(Duration.ofSeconds(30))
                    .build();
            var response = CLIENT.send(sent, BodyHandlers.ofString());
            String source = response.headers().firstValue("X-Cache").orElse("");
            return new Answer(response.statusCode(), source, response.body());
        } catch (IOException e) {
            throw new UncheckedIOException("The application does not answer.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for the application.", e);
        }
    }
}
