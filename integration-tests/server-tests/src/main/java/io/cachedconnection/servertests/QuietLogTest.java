package io.cachedconnection.servertests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the server's log says of an application with this library that is as it should be: that it is ready. */
@ExtendWith(ArquillianExtension.class)
class QuietLogTest {

    private static final String NAME = "quiet";
    private static final OwnedRedis REDIS = new OwnedRedis();

    /** Every server begins a record with its time, perhaps in brackets; what belongs to it stands in lines that begin otherwise. */
    private static final Pattern BEGIN_OF_RECORD = Pattern.compile("^(?=\\[?\\d)", Pattern.MULTILINE);

    /** Not as whole words: a server may colour them, and the sign for that ends with a letter. */
    private static final Pattern TROUBLE =
            Pattern.compile("(?<![A-Z])(WARN|WARNING|ERROR|SEVERE|FATAL)(?![A-Z])|^\\s+at ", Pattern.MULTILINE);
    /** Of SLF4J as well, should Jedis ever bring it along again: without a backend it logs that it has nowhere to log to. */
    private static final Pattern OURS = Pattern.compile("io\\.cachedconnection|cached-connection|CC-\\d{4}|SLF4J");

    private static final Pattern MESSAGE = Pattern.compile("CC-\\d{4}");

    @ArquillianResource
    private Deployer deployer;

    @Deployment(name = NAME, managed = false, testable = false)
    static WebArchive quiet() {
        return WordsApplication.war(NAME, REDIS.uri(), "cached-connection.near.enabled=true");
    }

    @Test
    void application_asItShouldBe_saysThatItIsReadyAndNoMore() {
        var log = new ServerLog();
        try (REDIS) {
            REDIS.start();
            deployAndUse();
        }

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(messages(log)).isNotEmpty());
        assertThat(messages(log)).containsExactly("CC-0502");
        assertThat(records(log).filter(QuietLogTest::isTroubleOfOurs)).isEmpty();
    }

    private void deployAndUse() {
        deployer.deploy(NAME);
        try {
            new WordsApplication(NAME).assertThatItCaches(1);
        } finally {
            deployer.undeploy(NAME);
        }
    }

    private static Stream<String> messages(ServerLog log) {
        return MESSAGE.matcher(log.text()).results().map(found -> found.group());
    }

    private static Stream<String> records(ServerLog log) {
        return BEGIN_OF_RECORD.splitAsStream(log.text());
    }

    private static boolean isTroubleOfOurs(String lines) {
        return TROUBLE.matcher(lines).find() && OURS.matcher(lines).find();
    }
}
