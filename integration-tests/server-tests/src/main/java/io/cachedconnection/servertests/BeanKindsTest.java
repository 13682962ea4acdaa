package io.cachedconnection.servertests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.cachedconnection.servertests.kinds.wrong.NewTransaction;
import org.assertj.core.api.AbstractStringAssert;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The annotations on each kind of bean that an application may have: they work, or the deployment is refused. */
@ExtendWith(ArquillianExtension.class)
class BeanKindsTest {

    private static final String WAR = "bean-kinds";
    private static final String EAR = "bean-kinds-enterprise";
    private static final String IN_EAR = "bean-kinds-in-ear";
    private static final String WRONG = "bean-kinds-wrong";

    @ArquillianResource
    private Deployer deployer;

    @Deployment(name = WAR, managed = false, testable = false)
    static WebArchive war() {
        return KindsApplication.war(WAR);
    }

    @Deployment(name = EAR, managed = false, testable = false)
    static EnterpriseArchive ear() {
        return KindsApplication.ear(EAR, IN_EAR);
    }

    @Deployment(name = WRONG, managed = false, testable = false)
    static WebArchive wrong() {
        return KindsApplication.war(WRONG).addPackage(NewTransaction.class.getPackage());
    }

    @Test
    void beans_ofEachKind_areCached() {
        assertThatAllAreCached(WAR, WAR);
    }

    @Test
    @Tag(Needs.ENTERPRISE_ARCHIVES)
    void beans_ofEachKindInAnEar_areCached() {
        assertThatAllAreCached(EAR, IN_EAR);
    }

    private void assertThatAllAreCached(String deployment, String context) {
        deployer.deploy(deployment);
        try {
            var application = new KindsApplication(context);
            application.awaitHit();
            var outcomes = application.outcomes();
            assertThat(outcomes)
                    .hasSizeGreaterThan(12)
                    .as("%s", outcomes)
                    .allSatisfy((kind, outcome) -> assertThat(outcome).as(kind).isEqualTo(expected(kind)));
        } finally {
            deployer.undeploy(deployment);
        }
    }

    private static String expected(String kind) {
        boolean isNoBean = kind.equals(KindsApplication.WITHOUT_SCOPE) && Server.lacks(Needs.RESOURCES_WITHOUT_SCOPE);
        return isNoBean ? KindsApplication.NOT_CACHED : KindsApplication.CACHED;
    }

    @Test
    void beans_whoseAnnotationsWouldDoNothing_areRefused() {
        var log = new ServerLog();

        Throwable refusal = catchThrowable(() -> deployer.deploy(WRONG));

        assertThat(refusal).isNotNull();
        AbstractStringAssert<?> text = assertThat(log.text())
                .containsPattern("CC-0121 Inheriting.find.*DefaultMethods")
                .containsPattern("CC-0125 Inheriting.save.*DefaultMethods");
        if (!Server.lacks(Needs.SESSION_BEANS)) {
            text.containsPattern("CC-0121 ViewOnly.find.*AnnotatedView").containsPattern("CC-0146 NewTransaction.find");
        }
    }
}
