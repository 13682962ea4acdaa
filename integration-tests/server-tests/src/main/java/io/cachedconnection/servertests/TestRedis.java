package io.cachedconnection.servertests;

import java.net.URI;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;

/** The Redis of this test run: the one at {@code REDIS_URL}, else one in Docker, else the embedded program. */
final class TestRedis {

    private static final int PORT = 6379;
    private static final URI URI_OF_THIS_RUN = choose();

    private TestRedis() {}

    static URI uri() {
        return URI_OF_THIS_RUN;
    }

    private static URI choose() {
        String given = System.getenv("REDIS_URL");
        if (given != null && !given.isBlank()) {
            return said("the one at REDIS_URL", URI.create(given));
        }
        if (DockerClientFactory.instance().isDockerAvailable()) {
            return said("redis:7 in Docker", inDocker());
        }
        return said("the embedded program, as Docker does not answer", embedded());
    }

    private static URI said(String what, URI uri) {
        System.out.println("Redis for the tests: " + what + ".");
        return uri;
    }

    @SuppressWarnings("resource") // lives until this JVM ends; Testcontainers removes it then
    private static URI inDocker() {
        var container = new GenericContainer<>("redis:7").withExposedPorts(PORT);
        container.start();
        return URI.create("redis://" + container.getHost() + ":" + container.getMappedPort(PORT));
    }

    private static URI embedded() {
        var server = new OwnedRedis(); // stops with this JVM
        server.start();
        return server.uri();
    }
}
