package io.cachedconnection.servertests;

import com.github.dockerjava.api.exception.NotFoundException;
import java.net.URI;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.containers.GenericContainer;

/**
 * The Redis of this test run: the one at {@code REDIS_URL}, else one in Docker if Docker has its image (to fetch it can
 * take minutes, and fail), else the embedded program.
 */
public final class TestRedis {

    private static final String IMAGE = "redis:7";
    private static final int PORT = 6379;
    private static final URI URI_OF_THIS_RUN = choose();

    private TestRedis() {}

    /** Its address. */
    public static URI uri() {
        return URI_OF_THIS_RUN;
    }

    private static URI choose() {
        String given = System.getenv("REDIS_URL");
        if (given != null && !given.isBlank()) {
            return said("the one at REDIS_URL", URI.create(given));
        }
        if (isInDocker(IMAGE)) {
            return inDockerElseEmbedded();
        }
        return said("the embedded program, as there is no Docker with " + IMAGE, embedded());
    }

    private static URI inDockerElseEmbedded() {
        try {
            return said(IMAGE + " in Docker", inDocker());
        } catch (ContainerLaunchException | ContainerFetchException e) {
            return said("the embedded program, as Docker fails (" + e.getMessage() + ")", embedded());
        }
    }

    /** Whether Docker answers and has {@code image}. */
    @SuppressWarnings("resource") // the one client of this JVM
    static boolean isInDocker(String image) {
        try {
            DockerClientFactory docker = DockerClientFactory.instance();
            return docker.isDockerAvailable()
                    && docker.client().inspectImageCmd(image).exec() != null;
        } catch (NotFoundException e) {
            return false;
        }
    }

    private static URI said(String what, URI uri) {
        System.out.println("Redis for the tests: " + what + ".");
        return uri;
    }

    @SuppressWarnings("resource") // lives until this JVM ends; Testcontainers removes it then
    private static URI inDocker() {
        var container = new GenericContainer<>(IMAGE).withExposedPorts(PORT);
        container.start();
        return URI.create("redis://" + container.getHost() + ":" + container.getMappedPort(PORT));
    }

    private static URI embedded() {
        var server = new OwnedRedis(); // stops with this JVM
        server.start();
        return server.uri();
    }
}
