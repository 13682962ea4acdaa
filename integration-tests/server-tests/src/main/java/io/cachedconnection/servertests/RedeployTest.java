package io.cachedconnection.servertests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * An application with this library, deployed and undeployed again and again: neither class loaders nor threads nor
 * connections to Redis are left. Three times, or as often as {@code -Dredeploy.rounds=} says.
 */
@ExtendWith(ArquillianExtension.class)
class RedeployTest {

    private static final int ROUNDS = Integer.getInteger("redeploy.rounds", 3);
    private static final String NAME = "redeployed";
    private static final String ENGINE = "io.cachedconnection.internal.core.Engine";

    private static final String BARE = "bare";
    private static final String WORDS = Words.class.getName();
    private static final OwnedRedis REDIS = new OwnedRedis();

    @ArquillianResource
    private Deployer deployer;

    private final WordsApplication application = new WordsApplication(NAME);

    @Deployment(name = ServerWatch.NAME, testable = false)
    static WebArchive watch() {
        return ServerWatch.war();
    }

    @Deployment(name = NAME, managed = false, testable = false)
    static WebArchive redeployed() {
        return WordsApplication.war(NAME, REDIS.uri());
    }

    @Deployment(name = BARE, managed = false, testable = false)
    static WebArchive bare() {
        return WordsApplication.bare(BARE);
    }

    @Test
    void redeployment_againAndAgain_leavesNothing() {
        try (REDIS) {
            REDIS.start();
            for (int round = 1; round <= ROUNDS; round++) {
                deployUseUndeployBare(round);
            }
            int kept = ServerWatch.loaders(WORDS);
            System.out.println("KEPT " + kept);
            for (int round = 1; round <= ROUNDS; round++) {
                deployUseUndeploy(round);
            }
            System.out.printf(
                    "After %s deployments: %s class loader(s) with the library, %s engine(s), threads %s, clients %s.%n",
                    ROUNDS,
                    ServerWatch.loaders(ENGINE),
                    ServerWatch.instances(ENGINE),
                    ServerWatch.threads(),
                    REDIS.clients());
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(ServerWatch.loaders(ENGINE))
                            .as("class loaders with the library after %s deployments", ROUNDS)
                            .isLessThanOrEqualTo(kept));
        }
    }

    private void deployUseUndeployBare(int round) {
        deployer.deploy(BARE);
        try {
            var bare = new WordsApplication(BARE);
            bare.save(round, "word");
            bare.find(round);
        } finally {
            deployer.undeploy(BARE);
        }
        System.out.printf("Bare %s: %s loaders.%n", round, ServerWatch.loaders(WORDS));
    }

    private void deployUseUndeploy(int round) {
        deployer.deploy(NAME);
        try {
            application.assertThatItCaches(round);
            assertThat(ServerWatch.loaders(ENGINE)).isPositive();
            assertThat(ServerWatch.instances(ENGINE)).isPositive();
            assertThat(ServerWatch.threads()).contains("cached-connection-clock", "cached-connection-journal");
            assertThat(REDIS.clients()).isPositive();
        } finally {
            deployer.undeploy(NAME);
        }
        System.out.printf(
                "Round %s: %s loaders, %s engines.%n",
                round, ServerWatch.loaders(ENGINE), ServerWatch.instances(ENGINE));
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            assertThat(ServerWatch.threads()).isEmpty();
            assertThat(REDIS.clients()).isZero();
        });
    }
}
