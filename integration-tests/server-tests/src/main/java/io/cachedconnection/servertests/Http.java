package io.cachedconnection.servertests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Requests with a query, whose answers are texts. Any other status than 200 is an error. */
final class Http {

    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    private Http() {}

    /** The headers are names and values in turn. */
    static String get(URI place, String query, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder().GET();
        return text(headers.length == 0 ? request : request.headers(headers), place, query);
    }

    static String post(URI place, String query) {
        return text(HttpRequest.newBuilder().POST(BodyPublishers.noBody()), place, query);
    }

    private static String text(HttpRequest.Builder request, URI place, String query) {
        URI uri = URI.create(place + "?" + query);
        HttpResponse<String> response =
                response(request.uri(uri).timeout(Duration.ofSeconds(60)).build());
        if (response.statusCode() != 200) {
            throw new IllegalStateException(uri + ": " + response.statusCode() + " " + response.body());
        }
        return response.body();
    }

    private static HttpResponse<String> response(HttpRequest request) {
        try {
            return CLIENT.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException("The application does not answer.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for the application.", e);
        }
    }
}
