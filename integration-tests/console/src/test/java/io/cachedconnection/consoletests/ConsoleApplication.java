package io.cachedconnection.consoletests;

import static org.awaitility.Awaitility.await;

import io.cachedconnection.ConnectionCaches;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.servlet.ServletContainerInitializer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.security.ConstraintSecurityHandler;
import org.eclipse.jetty.security.HashLoginService;
import org.eclipse.jetty.security.UserStore;
import org.eclipse.jetty.security.authentication.BasicAuthenticator;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.security.Password;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import redis.embedded.RedisServer;

/** An application with the library in a servlet container and in CDI, as servers have both, with a Redis of its own. */
final class ConsoleApplication implements AutoCloseable {

    static final String TOKEN = "X-Cached-Connection-Token";

    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private final List<String> settings = new ArrayList<>();
    private final String path;
    private final int redisPort = freePort();
    private RedisServer redis;
    private final WeldContainer container;
    private final Server server;
    final int port;

    /** With these settings, below this context path. */
    ConsoleApplication(String path, Map<String, String> others) {
        this.path = path;
        startRedis();
        Map<String, String> all = new HashMap<>(Map.of(
                "redis.uri",
                "redis://127.0.0.1:" + redisPort,
                "redis.timeout",
                "PT2S",
                "key-prefix",
                "t" + UUID.randomUUID(),
                "cache.near-books.near.enabled",
                "true"));
        all.putAll(others);
        ConfigProviderResolver.instance().releaseConfig(ConfigProvider.getConfig()); // it remembers names
        all.forEach((key, value) -> {
            System.setProperty("cached-connection." + key, value);
            settings.add("cached-connection." + key);
        });
        server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        ServletContextHandler context = new ServletContextHandler(path.isEmpty() ? "/" : path, true, true);
        ServiceLoader.load(ServletContainerInitializer.class).stream()
                .filter(found -> found.type().getName().startsWith("io.cachedconnection"))
                .forEach(found -> context.addServletContainerInitializer(found.get()));
        UserStore users = new UserStore();
        users.addUser("olga", new Password("olga"), new String[] {"operator"});
        users.addUser("ned", new Password("ned"), new String[] {"nobody"});
        HashLoginService logins = new HashLoginService("console");
        logins.setUserStore(users);
        server.addBean(logins);
        ConstraintSecurityHandler security = new ConstraintSecurityHandler();
        security.setAuthenticator(new BasicAuthenticator());
        security.setLoginService(logins);
        context.setSecurityHandler(security);
        server.setHandler(context);
        try {
            server.start(); // before CDI, as on servers
        } catch (Exception e) {
            throw new IllegalStateException("The servlet container does not start.", e);
        }
        port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
        container = new Weld()
                .disableDiscovery()
                .addExtensions(extension())
                .addBeanClasses(Shelf.class)
                .initialize();
    }

    private static Extension extension() {
        return ServiceLoader.load(Extension.class).stream()
                .filter(found -> found.type().getName().startsWith("io.cachedconnection"))
                .findFirst()
                .orElseThrow()
                .get();
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException("There is no free port.", e);
        }
    }

    void startRedis() {
        try {
            redis = RedisServer.newRedisServer()
                    .port(redisPort)
                    .bind("127.0.0.1")
                    .setting("save \"\"")
                    .build();
            redis.start();
        } catch (IOException e) {
            throw new IllegalStateException("Redis does not start.", e);
        }
    }

    void stopRedis() {
        try {
            redis.stop();
        } catch (IOException e) {
            throw new IllegalStateException("Redis does not stop.", e);
        }
    }

    int redisPort() {
        return redisPort;
    }

    Shelf shelf() {
        return container.select(Shelf.class).get();
    }

    ConnectionCaches caches() {
        return container.select(ConnectionCaches.class).get();
    }

    void stopCdi() {
        container.close();
    }

    URI uri(String file) {
        return URI.create("http://localhost:" + port + path + "/cached-connection" + file);
    }

    /** Waits until a lookup is answered by Redis. */
    void awaitRedis() {
        Shelf shelf = shelf();
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            shelf.find("warm");
            int loads = shelf.loads();
            shelf.find("warm");
            return loads == shelf.loads();
        });
    }

    HttpResponse<String> get(String file, String... headers) {
        return send("GET", file, null, headers);
    }

    HttpResponse<String> post(String file, String body, String... headers) {
        return send("POST", file, body, headers);
    }

    /** Calls an action of the console with {@code token}; further {@code headers} are names and values in turn. */
    HttpResponse<String> act(String action, String body, String token, String... headers) {
        String[] all = Stream.concat(Stream.of("Content-Type", "application/json", TOKEN, token), Stream.of(headers))
                .toArray(String[]::new);
        return post("/api/" + action, body, all);
    }

    HttpResponse<String> send(String method, String file, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(file))
                .timeout(Duration.ofSeconds(20))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            return CLIENT.send(request.build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("The application does not answer.", e);
        }
    }

    @Override
    public void close() {
        if (container.isRunning()) {
            container.close();
        }
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The servlet container does not stop.", e);
        }
        stopRedis();
        ConfigProviderResolver.instance().releaseConfig(ConfigProvider.getConfig());
        settings.forEach(System::clearProperty);
    }
}
