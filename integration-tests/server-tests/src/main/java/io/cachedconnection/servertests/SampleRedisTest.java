package io.cachedconnection.servertests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cachedconnection.servertests.Application.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.api.extension.ExtendWith;

/** The sample with the Redis that it starts itself, which its page can stop and start. */
@ExtendWith(ArquillianExtension.class)
@DisabledIfEnvironmentVariable(named = "REDIS_URL", matches = ".+", disabledReason = "The sample starts no Redis then.")
class SampleRedisTest {

    private static final String NAME = "own-redis";

    private final Application application = new Application(NAME);

    @Deployment(testable = false)
    static WebArchive sample() {
        return SampleWar.built("sample.war", NAME);
    }

    @Test
    void redis_stoppedAndStartedWhileLookupsRun_isMissedByNone() {
        UUID id = application.added(UUID.randomUUID());
        String address = state(true);
        awaitHit(id);
        var lookups = new Lookups(id);

        assertThat(twiceAtOnce("stop")).allMatch(answer -> answer.status() == 200);
        assertThat(state(false)).isEqualTo(address);
        assertThat(application.lookUp(id).source()).isEqualTo("database");

        assertThat(twiceAtOnce("start")).allMatch(answer -> answer.status() == 200);
        assertThat(state(true)).isEqualTo(address);
        awaitHit(id);
        assertThat(lookups.ended()).isNotEmpty().allMatch(status -> status == 200);
    }

    private String state(boolean running) {
        var state = application.get("redis").json();
        assertThat(state.getBoolean("own")).isTrue();
        assertThat(state.getBoolean("running")).isEqualTo(running);
        return state.getString("address");
    }

    private List<Answer> twiceAtOnce(String what) {
        return Stream.of(what, what)
                .map(step -> CompletableFuture.supplyAsync(() -> application.send("POST", "redis/" + step, "")))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();
    }

    private void awaitHit(UUID id) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> application.lookUp(id).source().equals("redis"));
    }

    /** Looks a connection up again and again until it is ended. */
    private final class Lookups {

        private final Queue<Integer> statuses = new ConcurrentLinkedQueue<>();
        private final CompletableFuture<Void> running;
        private volatile boolean isEnding;

        Lookups(UUID id) {
            running = CompletableFuture.runAsync(() -> {
                while (!isEnding) {
                    statuses.add(application.lookUp(id).status());
                }
            });
        }

        Queue<Integer> ended() {
            isEnding = true;
            running.join();
            return statuses;
        }
    }
}
