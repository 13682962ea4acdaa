package io.cachedconnection.testing;

import com.github.dockerjava.api.exception.NotFoundException;
import java.net.URI;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.containers.GenericContainer;

/**
 * The Redis that the tests share: the one that {@code REDIS_URL} names, else one in Docker if that has its image, else the
 * embedded binary. Says which. Lives as long as the JVM of the tests.
 */
public final class TestRedis {

    /** How the line begins that says where Redis comes from. */
    public static final String SAID = "Tests take Redis from ";

    private static final String IMAGE = "redis:7";
    private static final URI SHARED = find();

    private TestRedis() {}

    public static URI uri() {
        return SHARED;
    }

    private static URI find() {
        String url = System.getenv("REDIS_URL");
        if (url != null && !url.isBlank()) {
            return said("REDIS_URL", URI.create(url));
        }
        return hasImage(IMAGE) ? inDockerElseEmbedded() : embedded();
    }

    /** Whether Docker is there and has this image: to fetch one can take minutes, and fail. */
    @SuppressWarnings("resource") // the one client of this JVM
    public static boolean hasImage(String image) {
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            return false;
        }
        try {
            DockerClientFactory.instance().client().inspectImageCmd(image).exec();
            return true;
        } catch (NotFoundException e) {
            return false;
        }
    }

    /** Whether a missing image is a failure and not a reason to do without: so where the build brings them. */
    public static boolean imagesAreRequired() {
        return "required".equals(System.getenv("TEST_IMAGES"));
    }

    private static URI inDockerElseEmbedded() {
        try {
            return said("Docker (" + IMAGE + ")", inDocker(IMAGE));
        } catch (ContainerLaunchException | ContainerFetchException e) {
            System.out.println("Docker is there, but gives no " + IMAGE + ": " + e.getMessage());
            return embedded();
        }
    }

    private static URI embedded() {
        RedisProcess process = RedisProcess.started();
        Runtime.getRuntime().addShutdownHook(new Thread(process::close));
        return said("the embedded binary", URI.create(process.uri()));
    }

    /** A Redis, or what speaks like one, from this image; it ends with the JVM. */
    @SuppressWarnings("resource") // shared until the JVM ends
    public static URI inDocker(String image) {
        GenericContainer<?> container = new GenericContainer<>(image).withExposedPorts(6379);
        container.start();
        Runtime.getRuntime().addShutdownHook(new Thread(container::stop));
        return URI.create("redis://" + container.getHost() + ":" + container.getMappedPort(6379));
    }

    private static URI said(String origin, URI uri) {
        System.out.println(SAID + origin + ": " + uri.getHost() + ":" + uri.getPort());
        return uri;
    }
}
