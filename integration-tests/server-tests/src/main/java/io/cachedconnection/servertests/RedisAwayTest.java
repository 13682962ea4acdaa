package io.cachedconnection.servertests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Lookups while Redis comes and goes. Stopping it takes a process of the test's own. */
@ExtendWith(ArquillianExtension.class)
class RedisAwayTest {

    private static final String NAME = "redis-away";
    private static final OwnedRedis REDIS = new OwnedRedis();

    @ArquillianResource
    private Deployer deployer;

    private final Application application = new Application(NAME);
    private final UUID user = UUID.randomUUID();

    @Deployment(name = NAME, managed = false, testable = false)
    static WebArchive sample() {
        return SampleWar.named(NAME, REDIS.uri());
    }

    @Test
    void lookups_whileRedisComesAndGoes_areAlwaysAnswered() {
        deployer.deploy(NAME); // Redis has not been started yet
        try (REDIS) {
            UUID id = application.added(user);
            assertThatTheDatabaseAnswers(id);

            REDIS.start();
            awaitHit(id);

            REDIS.stop();
            assertThatTheDatabaseAnswers(id);

            REDIS.start(); // empty
            awaitHit(id);
        } finally {
            deployer.undeploy(NAME);
        }
    }

    private void assertThatTheDatabaseAnswers(UUID id) {
        for (int i = 0; i < 3; i++) {
            var answer = application.lookUp(id);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.source()).isEqualTo("database");
        }
    }

    private void awaitHit(UUID id) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(application.lookUp(id).source()).isEqualTo("redis"));
    }
}
