package io.cachedconnection.servertests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The servers of the tests listen on loopback only, as CONTRIBUTING.md says: also where a server has listeners of its own. */
@ExtendWith(ArquillianExtension.class)
class ListenersTest {

    private static final Pattern ADDRESS = Pattern.compile("started in: .* bound to \\[/([^]]+)]");

    @Deployment(testable = false)
    static WebArchive war() {
        return ShrinkWrap.create(WebArchive.class, "listeners.war").addClass(JavaServlet.class);
    }

    /** Payara and GlassFish log the address of each listener; the others are told theirs. */
    @Test
    void log_ofTheServer_namesAddressesOfLoopbackOnly() throws IOException {
        String log = Files.readString(Path.of(Server.property("server.log")));

        assertThat(ADDRESS.matcher(log).results().map(found -> found.group(1)))
                .allSatisfy(address -> assertThat(address).startsWith("127.0.0.1:"));
    }
}
