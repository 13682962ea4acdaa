package io.cachedconnection.servertests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cachedconnection.EvictionRefusedException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Writes while Redis is away, where such writes are to be refused ({@code evict.on-failure=FAIL}). */
@ExtendWith(ArquillianExtension.class)
class RefusedWriteTest {

    private static final String NAME = "refused-write";
    private static final OwnedRedis REDIS = new OwnedRedis();
    private static final List<String> TRANSACTIONS = List.of("own", "callers", "bean-managed", "none");

    @ArquillianResource
    private Deployer deployer;

    private final Application application = new Application(NAME);

    @Deployment(name = NAME, managed = false, testable = false)
    static WebArchive sample() {
        return SampleWar.with(SampleWar.named(NAME, REDIS.uri()), "cached-connection.evict.on-failure=FAIL")
                .addClasses(RenameResource.class, InTransaction.class, WithoutTransaction.class);
    }

    @Test
    void writes_whileRedisComesAndGoes_areRefusedExactlyWhileItIsAway() {
        try (REDIS) {
            REDIS.start(); // the sample writes when it starts
            deployer.deploy(NAME);
            UUID id = application.added(UUID.randomUUID());
            TRANSACTIONS.forEach(transaction -> assertThatItIsWritten(id, transaction));

            REDIS.stop();
            TRANSACTIONS.forEach(transaction -> assertThatItIsRefused(id, transaction));

            REDIS.start();
            awaitHit(id, "by none"); // the last of those that were written
            TRANSACTIONS.forEach(transaction -> assertThatItIsWritten(id, transaction));
        } finally {
            deployer.undeploy(NAME);
        }
    }

    private void assertThatItIsWritten(UUID id, String transaction) {
        assertThat(rename(id, transaction, "by " + transaction)).isEqualTo(RenameResource.DONE);
        awaitHit(id, "by " + transaction);
    }

    private void assertThatItIsRefused(UUID id, String transaction) {
        assertThat(rename(id, transaction, "refused")).contains(EvictionRefusedException.class.getName());
        var answer = application.lookUp(id);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.source()).isEqualTo("database");
        assertThat(answer.json().getString("alias")).isEqualTo("by none");
    }

    private String rename(UUID id, String transaction, String alias) {
        return application
                .send("PUT", "rename/" + transaction + "/" + id, "{\"alias\":\"" + alias + "\"}")
                .body();
    }

    /** Waits only for Redis: a value that is not this one is wrong at once. */
    private void awaitHit(UUID id, String alias) {
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            var answer = application.lookUp(id);
            assertThat(answer.json().getString("alias")).isEqualTo(alias);
            return answer.source().equals("redis");
        });
    }
}
