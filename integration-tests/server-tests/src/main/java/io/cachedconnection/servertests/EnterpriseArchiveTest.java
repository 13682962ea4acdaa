package io.cachedconnection.servertests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An EAR with this library and the settings in {@code lib/}, and two WARs that have classes of the same names. */
@ExtendWith(ArquillianExtension.class)
@Tag(Needs.ENTERPRISE_ARCHIVES)
class EnterpriseArchiveTest {

    private static final String NAME = "enterprise";
    private static final String WRONG = "wrong-enterprise";
    private static final String ONE = "war-one";
    private static final String TWO = "war-two";
    private static final OwnedRedis REDIS = new OwnedRedis();

    @ArquillianResource
    private Deployer deployer;

    @Deployment(name = NAME, managed = false, testable = false)
    static EnterpriseArchive ear() {
        return ear(NAME, "cached-connection.key-prefix=ear")
                .addAsModule(WordsApplication.bare(ONE))
                .addAsModule(WordsApplication.bare(TWO));
    }

    @Deployment(name = WRONG, managed = false, testable = false)
    static EnterpriseArchive wrong() {
        return ear(WRONG, "cached-connection.tll=PT5M") // some servers look at one WAR after the other
                .addAsModule(WordsApplication.bare(ONE).addClass(WrongRepository.class))
                .addAsModule(WordsApplication.bare(TWO).addClass(WrongRepository.class));
    }

    private static EnterpriseArchive ear(String name, String setting) {
        JavaArchive settings = ShrinkWrap.create(JavaArchive.class, "settings.jar")
                .addAsResource(WordsApplication.settings(REDIS.uri(), setting), WordsApplication.SETTINGS);
        return ShrinkWrap.create(EnterpriseArchive.class, name + ".ear")
                .addAsLibraries(WordsApplication.libraries())
                .addAsLibrary(settings);
    }

    @Test
    void wars_libraryInTheEar_areBothCached() {
        try (REDIS) {
            REDIS.start();
            deployer.deploy(NAME);
            new WordsApplication(ONE).assertThatItCaches(1);
            new WordsApplication(TWO).assertThatItCaches(2);
            assertThat(REDIS.keys()).contains("ear:words:1", "ear:words:2").allMatch(key -> key.matches("\\{?ear:.*"));
        } finally {
            deployer.undeploy(NAME);
        }
    }

    @Test
    void deployment_withWrongAnnotationsAndSettings_isRefusedWithAllOfThem() {
        var log = new ServerLog();

        Throwable refusal = catchThrowable(() -> deployer.deploy(WRONG));

        assertThat(refusal).isNotNull();
        assertThat(log.text())
                .contains("CC-0501")
                .containsPattern("CC-0101 .*WrongRepository.touch")
                .containsPattern("CC-0113 .*WrongRepository.malformedTtl")
                .contains("cached-connection.tll");
    }
}
