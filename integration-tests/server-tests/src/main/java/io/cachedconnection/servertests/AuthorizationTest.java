package io.cachedconnection.servertests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cachedconnection.servertests.secured.SalariesServlet;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lookups that not everybody may do: what is in the cache is for those only who get it from the method as well. */
@ExtendWith(ArquillianExtension.class)
class AuthorizationTest {

    private static final String NAME = "secured";

    private final URI salaries = Server.application(NAME).resolve("salaries");
    private final String cold = "cold" + UUID.randomUUID();
    private final String warm = "warm" + UUID.randomUUID();

    @Deployment(testable = false)
    static WebArchive war() {
        return ShrinkWrap.create(WebArchive.class, NAME + ".war")
                .addPackage(SalariesServlet.class.getPackage())
                .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml")
                .addAsLibraries(WordsApplication.libraries())
                .addAsResource(
                        WordsApplication.settings(TestRedis.uri(), "cached-connection.key-prefix=" + NAME),
                        WordsApplication.SETTINGS);
    }

    /** Redis may not be connected yet. */
    @BeforeEach
    void awaitRedis() {
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            keep("intercepted", warm);
            return salary("intercepted", "admin", warm).equals("from the cache");
        });
    }

    private void keep(String cache, String name) {
        Http.post(salaries, "cache=" + cache + "&name=" + name);
    }

    private String salary(String cache, String user, String name) {
        return Http.get(salaries, "cache=" + cache + "&user=" + user + "&name=" + name);
    }

    @Test
    void lookup_interceptorOfTheApplication_decidesForAHitAsForAMiss() {
        assertThat(salary("intercepted", "guest", warm)).isEqualTo("refused");
        assertThat(salary("intercepted", "admin", warm)).isEqualTo("from the cache");
        assertThat(salary("intercepted", "guest", cold)).isEqualTo("refused");
        assertThat(salary("intercepted", "admin", cold)).isEqualTo("100000");
        assertThat(salary("intercepted", "guest", cold)).isEqualTo("refused");
    }

    /** Who has not logged in has no role. Not every server heeds roles everywhere; it is to do so for a hit if for a miss. */
    @ParameterizedTest
    @ValueSource(strings = {"by-role", "of-session-bean"})
    void lookup_roleThatTheCallerDoesNotHave_isRefusedForAHitAsForAMiss(String cache) {
        if (cache.equals("of-session-bean") && Server.lacks(Needs.SESSION_BEANS)) {
            return;
        }
        keep(cache, warm);

        boolean isRefused = salary(cache, "guest", cold).equals("refused");

        assertThat(salary(cache, "guest", warm)).isEqualTo(isRefused ? "refused" : "from the cache");
    }
}
