package io.cachedconnection.servertests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * An application with this library, deployed, used and undeployed again and again, with metrics and traces where the server
 * has them: no thread, no connection to Redis, no MBean, no object and no class loader is left. Five times, or as often as {@code -Dredeploy.rounds=} says.
 */
@Tag(Needs.SEVERAL_APPLICATIONS)
@ExtendWith(ArquillianExtension.class)
class RedeployTest {

    private static final int ROUNDS = Integer.getInteger("redeploy.rounds", 5);
    private static final String NAME = "redeployed";
    private static final String ENGINE = "io.cachedconnection.internal.engine.Engine";

    /**
     * Servers keep a few class loaders of what was undeployed last (in caches, in threads of their pools that have had
     * nothing to do since), and give them up for those of the next: as many without this library as with it, however
     * often one deploys. Without applications' objects, though.
     */
    private static final int LOADERS_KEPT_BY_THE_SERVER = 3;

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
        return WordsApplication.war(
                NAME,
                REDIS.uri(),
                "cached-connection.near.enabled=true",
                "otel.sdk.disabled=false", // without exporters: those of some servers hold on to every application
                "otel.metrics.exporter=none",
                "otel.traces.exporter=none",
                "otel.logs.exporter=none");
    }

    @Test
    void redeployment_againAndAgain_leavesNothing() {
        assertThat(ROUNDS).isGreaterThan(LOADERS_KEPT_BY_THE_SERVER); // else it could not fail
        try (REDIS) {
            REDIS.start();
            int others = ServerWatch.loaders(ENGINE); // that the server still keeps of the tests before this one
            for (int round = 1; round <= ROUNDS; round++) {
                deployUseUndeploy(round);
            }
            if (!Server.lacks(Needs.RELEASE_OF_CLASS_LOADERS)) {
                awaitLoadersAtMost(LOADERS_KEPT_BY_THE_SERVER + others);
            }
        }
    }

    private static void awaitLoadersAtMost(int kept) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(ServerWatch.loaders(ENGINE))
                        .as("class loaders with the library after %s deployments", ROUNDS)
                        .isLessThanOrEqualTo(kept));
    }

    private void deployUseUndeploy(int round) {
        deployer.deploy(NAME);
        try {
            application.assertThatItCaches(round);
            assertThatEverythingRuns();
        } finally {
            deployer.undeploy(NAME);
        }
        await().atMost(Duration.ofSeconds(30)).untilAsserted(RedeployTest::assertThatNothingRuns);
        System.out.printf(
                "Round %s of %s: undeployed; class loaders that the server keeps: %s.%n",
                round, ROUNDS, ServerWatch.loaders(ENGINE));
    }

    /** What is counted is there while the application runs. */
    private static void assertThatEverythingRuns() {
        await().atMost(Duration.ofSeconds(30)) // the clock starts the second one
                .untilAsserted(() -> assertThat(ServerWatch.threads())
                        .contains("cached-connection-clock", "cached-connection-feed"));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(ServerWatch.beans())
                        .as("MBeans of one application, none twice")
                        .containsExactlyInAnyOrder(bean("type=Cache", ",name=\"words\""), bean("type=Store", "")));
        assertThat(REDIS.clients()).isPositive();
        assertThat(ServerWatch.instances(ENGINE)).isPositive();
        assertThat(ServerWatch.loaders(ENGINE)).isPositive();
    }

    private static String bean(String type, String name) {
        return "io.cachedconnection:" + type + ",application=" + NAME + name;
    }

    private static void assertThatNothingRuns() {
        assertThat(ServerWatch.threads()).isEmpty();
        assertThat(ServerWatch.beans()).isEmpty();
        assertThat(REDIS.clients()).as("connections to Redis").isZero();
        assertThat(ServerWatch.instances(ENGINE)).as("objects of the library").isZero();
    }
}
