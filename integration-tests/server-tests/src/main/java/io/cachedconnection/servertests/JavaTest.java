package io.cachedconnection.servertests;

import static org.assertj.core.api.Assertions.assertThat;

import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The table of all servers names the Java of the tests; this shows that it is the server's. */
@ExtendWith(ArquillianExtension.class)
class JavaTest {

    @Deployment(testable = false)
    static WebArchive war() {
        return ShrinkWrap.create(WebArchive.class, "java.war").addClass(JavaServlet.class);
    }

    @Test
    void server_runsOnTheJavaOfTheTest() {
        assertThat(Http.get(Server.application("java").resolve("java"), ""))
                .isEqualTo(System.getProperty("java.version"));
    }
}
