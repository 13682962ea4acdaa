package io.cachedconnection.history;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.PortBinding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/** Redis, or Valkey, in Docker: for the versions that the embedded one is not, and where that does not run. */
final class RedisContainer implements RedisServer {

    private static final String[] ARGUMENTS = {
        "--bind", "0.0.0.0", "--protected-mode", "no", "--save", "", "--appendonly", "no"
    };

    private final int port = LoopbackPorts.free();
    private final GenericContainer<?> container;

    /** The one of this image, as in {@code redis:7} and {@code valkey:8}. */
    RedisContainer(String image) {
        container = new GenericContainer<>(DockerImageName.parse(image))
                .withExposedPorts(6379)
                .withCreateContainerCmdModifier(command -> command.withEntrypoint(program(image))
                        .withCmd(ARGUMENTS)
                        .withHostConfig(Objects.requireNonNull(command.getHostConfig())
                                .withPortBindings(PortBinding.parse("127.0.0.1:" + port + ":6379"))));
        container.start();
        LoopbackPorts.awaitRedis(port);
    }

    private static String program(String image) {
        return image.contains("valkey") ? "valkey-server" : "redis-server";
    }

    private DockerClient docker() {
        return container.getDockerClient();
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public void start() {
        docker().startContainerCmd(container.getContainerId()).exec();
        LoopbackPorts.awaitRedis(port);
    }

    @Override
    public void kill() {
        docker().killContainerCmd(container.getContainerId()).exec();
    }

    @Override
    public void dropDump() {
        try {
            container.execInContainer("rm", "-f", "/data/dump.rdb");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void hang() {
        docker().pauseContainerCmd(container.getContainerId()).exec();
    }

    @Override
    public void resume() {
        docker().unpauseContainerCmd(container.getContainerId()).exec();
    }

    @Override
    public void close() {
        container.stop();
    }
}
