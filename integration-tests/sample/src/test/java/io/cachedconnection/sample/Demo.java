package io.cachedconnection.sample;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Runs the sample on Payara Micro until Ctrl-C. Maven calls this in its own JVM, and a terminal sends Ctrl-C to both, Maven and
 * the server. So Maven waits here until the server has ended; else its last lines would come after the shell's prompt.
 */
public final class Demo {

    private static final Duration BETWEEN_TRIES = Duration.ofMillis(200);
    private static final Duration ONE_TRY = Duration.ofSeconds(10);
    private static final int SECONDS_TO_END = 20;

    private Demo() {}

    /** The arguments are the port, the jar of Payara Micro, the WAR and the folder with the server's settings. */
    public static void main(String[] args) throws IOException, InterruptedException {
        int port = Integer.parseInt(args[0]);
        refuseTaken(port);
        Process server = server(args[0], args[1], args[2], Path.of(args[3]));
        var ending = new Thread(() -> end(server), "demo-ending");
        Runtime.getRuntime().addShutdownHook(ending);
        if (isReady(server, port)) {
            System.out.println(whatToTry("http://localhost:" + port + "/"));
        }
        int status = server.waitFor();
        try {
            Runtime.getRuntime().removeShutdownHook(ending);
        } catch (IllegalStateException e) {
            // This JVM is ending, too. Maven has nothing to say about it.
            new CountDownLatch(1).await();
        }
        if (status != 0) {
            throw new IllegalStateException("The server has ended with status " + status + ".");
        }
    }

    private static void refuseTaken(int port) {
        try {
            new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
        } catch (IOException e) {
            throw new IllegalStateException("Port " + port + " is taken. Choose another one by -Ddemo.port.", e);
        }
    }

    private static Process server(String port, String jar, String war, Path settings) throws IOException {
        var command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Dh2.bindAddress=127.0.0.1", // else the server's own database listens on all interfaces
                // Not in the sample's own settings: a hit that is verified does ask the database.
                "-Dcached-connection.cache.provider-connection.verify.sample=0.1",
                "-jar",
                jar,
                "--deploy",
                war,
                "--contextRoot",
                "/",
                "--port",
                port,
                "--nohazelcast",
                "--prebootcommandfile",
                settings.resolve("loopback.txt").toString(),
                "--logproperties",
                settings.resolve("logging.properties").toString());
        return new ProcessBuilder(command).inheritIO().start();
    }

    /** Waits until the sample answers; false if the server ends first. */
    private static boolean isReady(Process server, int port) throws InterruptedException {
        var client = HttpClient.newHttpClient();
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/api/redis"))
                .timeout(ONE_TRY)
                .build();
        while (!server.waitFor(BETWEEN_TRIES.toMillis(), TimeUnit.MILLISECONDS)) {
            try {
                if (client.send(request, BodyHandlers.discarding()).statusCode() == 200) {
                    return true;
                }
            } catch (IOException e) {
                // Not yet.
            }
        }
        return false;
    }

    private static String whatToTry(String root) {
        return """

                The sample is at %1$s
                The console of its cache is beside the connections there, and alone at %1$scached-connection/
                Switch the lookups on, stop Redis, write behind the cache's back, and watch the lines.
                Or look a connection up twice; X-Cache says where the answer came from:
                  curl -i %1$sapi/connections/c0000000-0000-4000-8000-000000000001
                Ctrl-C ends it.
                """.formatted(root).stripTrailing();
    }

    /** Waits until the server has ended. A Maven that was not ended by Ctrl-C has to tell it. */
    private static void end(Process server) {
        server.destroy();
        try {
            if (!server.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                server.descendants().forEach(ProcessHandle::destroyForcibly);
                server.destroyForcibly();
            }
            System.out.println("The sample has ended.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
