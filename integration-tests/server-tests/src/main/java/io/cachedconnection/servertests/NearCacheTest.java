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

/** Two nodes of one application, each with a near cache, on a real server. */
@Tag(Needs.SEVERAL_APPLICATIONS)
@ExtendWith(ArquillianExtension.class)
class NearCacheTest {

    private static final String ONE = "near-one";
    private static final String TWO = "near-two";
    private static final OwnedRedis REDIS = new OwnedRedis();

    @ArquillianResource
    private Deployer deployer;

    private final WordsApplication one = new WordsApplication(ONE);
    private final WordsApplication two = new WordsApplication(TWO);

    @Deployment(name = ONE, managed = false, testable = false)
    static WebArchive one() {
        return node(ONE);
    }

    @Deployment(name = TWO, managed = false, testable = false)
    static WebArchive two() {
        return node(TWO);
    }

    /** So much patience that what was evicted is gone because of its eviction, and not for want of a proof. */
    private static WebArchive node(String name) {
        return WordsApplication.war(
                name, REDIS.uri(), "cached-connection.near.enabled=true", "cached-connection.near.max-staleness=PT1H");
    }

    @Test
    void write_onOneNode_isSeenOnTheOther() {
        try (REDIS) {
            REDIS.start();
            deployer.deploy(ONE);
            deployer.deploy(TWO);
            one.save(1, "old");
            one.find(1);
            awaitNear(one);
            awaitNear(two);
            assertThat(two.find(1)).as("never loaded here").isEqualTo("0 old");

            one.save(1, "new");
            assertThat(one.find(1)).endsWith(" new");
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(two.find(1)).isEqualTo("0 new"));
            awaitNear(two);

            one.saveInVain(1);
            assertThat(one.find(1)).endsWith(" new");
            one.replace(1, "put");
            assertThat(one.find(1)).endsWith(" put");
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(two.find(1)).isEqualTo("0 put"));
        } finally {
            deployer.undeploy(ONE);
            deployer.undeploy(TWO);
        }
    }

    /** Near is what Redis is not asked for. */
    private static void awaitNear(WordsApplication node) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            long before = REDIS.scripts();
            node.find(1);
            assertThat(REDIS.scripts()).isEqualTo(before);
        });
    }
}
