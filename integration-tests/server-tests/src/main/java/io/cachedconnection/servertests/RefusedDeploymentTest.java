package io.cachedconnection.servertests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A deployment with wrong annotations and a wrong setting: it is refused, and the server says all that is wrong. */
@ExtendWith(ArquillianExtension.class)
class RefusedDeploymentTest {

    private static final String NAME = "wrong";

    @ArquillianResource
    private Deployer deployer;

    @Deployment(name = NAME, managed = false, testable = false)
    static WebArchive wrong() {
        return SampleWar.with(SampleWar.named(NAME, TestRedis.uri()), "cached-connection.tll=PT5M")
                .addClasses(WrongRepository.class, RowRepository.class);
    }

    @Test
    void deployment_withWrongAnnotationsAndSettings_isRefusedWithAllOfThem() {
        var log = new ServerLog();

        Throwable refusal = catchThrowable(() -> deployer.deploy(NAME));

        assertThat(refusal).isNotNull();
        assertThat(log.text())
                .contains("CC-0501")
                .containsPattern("CC-0101 .*WrongRepository.touch")
                .containsPattern("CC-0106 .*WrongRepository.unknownName")
                .containsPattern("CC-0110 .*WrongRepository.noText")
                .containsPattern("CC-0111 .*WrongRepository.noKey")
                .containsPattern("CC-0113 .*WrongRepository.malformedTtl")
                .containsPattern("CC-0170 .*RowRepository.find.*ConnectionRow")
                .contains("cached-connection.tll");
        assertThat(new Application(NAME).get("cache").status()).isEqualTo(404);
    }
}
