package io.cachedconnection.quarkus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The application as it was built, in a process of its own. Used by one thread. */
final class PackagedApplication implements AutoCloseable {

    private static final URI WORDS = URI.create("http://127.0.0.1:" + System.getProperty("http-port") + "/words/");
    private static final Duration LONG = Duration.ofMinutes(3); // on a busy machine

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Path log;
    private final Process process;

    /** Starts with these variables in its environment and these system properties. */
    PackagedApplication(Map<String, String> environment, String... properties) {
        List<String> command = new ArrayList<>(List.of(java(), "-Xmx256m", "-Dquarkus.http.host=127.0.0.1"));
        command.add("-Dquarkus.http.port=" + System.getProperty("http-port"));
        command.addAll(List.of(properties));
        command.addAll(List.of("-jar", System.getProperty("runner")));
        try {
            log = Files.createTempFile("quarkus", ".log");
            ProcessBuilder builder = new ProcessBuilder(command);
            builder.environment().putAll(environment);
            process = builder.redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("The application does not start.", e);
        }
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** Waits until it answers requests. */
    PackagedApplication ready() {
        await().atMost(LONG).until(() -> isListening() || !process.isAlive());
        if (!process.isAlive()) {
            throw new IllegalStateException("The application has ended: " + log());
        }
        return this;
    }

    private boolean isListening() {
        try {
            client.send(HttpRequest.newBuilder(WORDS.resolve("0")).build(), BodyHandlers.ofString());
            return true;
        } catch (ConnectException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException("The application does not answer.", e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Waits until it has ended by itself. */
    int exit() {
        try {
            if (!process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("The application runs on: " + log());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** How often a word was really looked up so far, a blank, the word. */
    String find(long id) {
        return answer("GET", String.valueOf(id), BodyPublishers.noBody());
    }

    /** How often a word was really looked up so far, a blank, its spelling. */
    String spelling(long id) {
        return answer("GET", id + "/spelling", BodyPublishers.noBody());
    }

    void save(long id, String text) {
        answer("PUT", String.valueOf(id), BodyPublishers.ofString(text));
    }

    void replace(long id, String text) {
        answer("POST", String.valueOf(id), BodyPublishers.ofString(text));
    }

    /** What MicroProfile Health says. */
    String readiness() {
        return answer("GET", "/q/health/ready", BodyPublishers.noBody());
    }

    private String answer(String method, String path, BodyPublisher body) {
        try {
            HttpRequest request = HttpRequest.newBuilder(WORDS.resolve(path))
                    .method(method, body)
                    .timeout(Duration.ofMinutes(1))
                    .build();
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            if (response.statusCode() >= 300) {
                throw new IllegalStateException(response.statusCode() + " " + response.body());
            }
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException("The application does not answer.", e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** What it has said. */
    String log() {
        try {
            return Files.readString(log, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("Interrupted while waiting for the application.", e);
    }

    /** Ends as on a signal to stop, and not by force. */
    @Override
    public void close() {
        process.destroy();
        exit();
    }
}
