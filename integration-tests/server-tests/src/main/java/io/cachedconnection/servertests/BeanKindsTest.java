package io.cachedconnection.servertests;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.servertests.kinds.Kinds;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The annotations on each kind of bean that an application may have: they work. */
@ExtendWith(ArquillianExtension.class)
class BeanKindsTest {

    private static final String WAR = "bean-kinds";

    @Deployment(name = WAR, testable = false)
    static WebArchive war() {
        return ShrinkWrap.create(WebArchive.class, WAR + ".war")
                .addPackage(Kinds.class.getPackage())
                .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml")
                .addAsLibraries(WordsApplication.libraries())
                .addAsLibrary(KindsApplication.library())
                .addAsResource(KindsApplication.settings(WAR), WordsApplication.SETTINGS);
    }

    @Test
    @OperateOnDeployment(WAR)
    void beans_ofEachKind_areCached() {
        var application = new KindsApplication(WAR);
        application.awaitHit();

        assertThat(application.outcomes())
                .hasSizeGreaterThan(15)
                .allSatisfy((kind, outcome) -> assertThat(outcome).as(kind).isEqualTo(KindsApplication.CACHED));
    }
}
