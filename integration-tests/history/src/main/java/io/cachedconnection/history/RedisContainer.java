package io.cachedconnection.history;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.PortBinding;
import java.util.Objects;
import org.testcontainers.containers.GenericContainer;

/** Redis in Docker, for machines that the embedded one does not run on. */
final class RedisContainer implements RedisServer {

    private static final String IMAGE = "redis:7";

    private final int port = LoopbackPorts.free();
    private final GenericContainer<?> container = new GenericContainer<>(IMAGE)
            .withCommand("redis-server", "--save", "", "--appendonly", "no")
            .withExposedPorts(6379)
            .withCreateContainerCmdModifier(command -> Objects.requireNonNull(command.getHostConfig())
                    .withPortBindings(PortBinding.parse("127.0.0.1:" + port + ":6379")));

    RedisContainer() {
        container.start();
        LoopbackPorts.awaitRedis(port);
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
