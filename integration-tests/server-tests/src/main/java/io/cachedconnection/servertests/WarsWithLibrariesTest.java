package io.cachedconnection.servertests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An EAR whose WARs each have this library and settings of their own: both are cached, or the deployment is refused. */
@ExtendWith(ArquillianExtension.class)
@Tag(Needs.ENTERPRISE_ARCHIVES)
@Tag(Needs.EXTENSIONS_OF_EACH_WAR)
class WarsWithLibrariesTest {

    private static final String NAME = "wars-with-libraries";
    private static final String ONE = "library-in-war-one";
    private static final String TWO = "library-in-war-two";
    private static final OwnedRedis REDIS = new OwnedRedis();

    @ArquillianResource
    private Deployer deployer;

    @Deployment(name = NAME, managed = false, testable = false)
    static EnterpriseArchive ear() {
        return ShrinkWrap.create(EnterpriseArchive.class, NAME + ".ear")
                .addAsModule(WordsApplication.war(ONE, REDIS.uri(), "cached-connection.key-prefix=one"))
                .addAsModule(WordsApplication.war(TWO, REDIS.uri(), "cached-connection.key-prefix=two"));
    }

    @Test
    void wars_eachWithTheLibrary_areBothCachedOrRefused() {
        var log = new ServerLog();

        Throwable refusal = catchThrowable(() -> deployer.deploy(NAME));

        if (refusal == null) {
            assertThatBothAreCached();
        } else {
            assertThat(log.text()).contains("CC-0218 Setting cached-connection.key-prefix");
        }
    }

    /** By the settings of each. */
    private void assertThatBothAreCached() {
        try (REDIS) {
            REDIS.start();
            new WordsApplication(ONE).assertThatItCaches(1);
            new WordsApplication(TWO).assertThatItCaches(2);
            assertThat(REDIS.keys()).contains("one:words:1", "two:words:2");
        } finally {
            deployer.undeploy(NAME);
        }
    }
}
