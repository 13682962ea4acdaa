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

/** Two applications in one server, each with this library, settings and a Redis of its own: they do not meet. */
@Tag(Needs.SEVERAL_APPLICATIONS)
@ExtendWith(ArquillianExtension.class)
class TwoApplicationsTest {

    private static final String ONE = "application-one";
    private static final String TWO = "application-two";
    private static final OwnedRedis REDIS_OF_ONE = new OwnedRedis();
    private static final OwnedRedis REDIS_OF_TWO = new OwnedRedis();

    @ArquillianResource
    private Deployer deployer;

    private final WordsApplication one = new WordsApplication(ONE);
    private final WordsApplication two = new WordsApplication(TWO);

    @Deployment(name = ONE, managed = false, testable = false)
    static WebArchive one() {
        return WordsApplication.war(ONE, REDIS_OF_ONE.uri(), "cached-connection.key-prefix=one");
    }

    @Deployment(name = TWO, managed = false, testable = false)
    static WebArchive two() {
        return WordsApplication.war(TWO, REDIS_OF_TWO.uri(), "cached-connection.key-prefix=two");
    }

    @Test
    void applications_inOneServer_doNotMeet() {
        try (REDIS_OF_ONE;
                REDIS_OF_TWO) {
            REDIS_OF_ONE.start();
            REDIS_OF_TWO.start();
            deployer.deploy(ONE);
            deployer.deploy(TWO);
            one.assertThatItCaches(1);
            two.assertThatItCaches(1);
            two.assertThatItCaches(2);
            assertThat(REDIS_OF_ONE.keys()).contains("one:words:1").allMatch(key -> key.matches("\\{?one:.*"));
            assertThat(REDIS_OF_TWO.keys())
                    .contains("two:words:1", "two:words:2")
                    .allMatch(key -> key.matches("\\{?two:.*"));

            REDIS_OF_ONE.stop(); // which is nothing to the other
            String hit = two.find(1);
            assertThat(two.find(1)).isEqualTo(hit);
            REDIS_OF_ONE.start();
            one.assertThatItCaches(3);

            deployer.undeploy(ONE);
            assertThatOnlyTwoIsThere();
            deployer.deploy(ONE);
            one.assertThatItCaches(4);
            two.assertThatItCaches(4);
        } finally {
            deployer.undeploy(ONE);
            deployer.undeploy(TWO);
        }
    }

    private void assertThatOnlyTwoIsThere() {
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(REDIS_OF_ONE.clients()).isZero());
        assertThat(REDIS_OF_TWO.clients()).isPositive();
        String hit = two.find(1);
        assertThat(hit).endsWith(" put1");
        assertThat(two.find(1)).isEqualTo(hit);
        two.assertThatItCaches(3);
    }
}
