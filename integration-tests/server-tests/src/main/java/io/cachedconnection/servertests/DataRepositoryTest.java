package io.cachedconnection.servertests;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.RedisClient;

/** A repository of Jakarta Data, of which only the interface is written. */
@Tag("jakarta-data")
@ExtendWith(ArquillianExtension.class)
class DataRepositoryTest {

    private static final URI CATALOGUE = Server.application("data-repository").resolve("catalogue");

    private final String slug = "s" + UUID.randomUUID();
    private final String country = "c" + UUID.randomUUID();

    @Deployment(testable = false)
    static WebArchive sample() {
        return SampleWar.with(
                SampleWar.built("data.war", "data-repository"), "cached-connection.redis.uri=" + TestRedis.uri());
    }

    private static String name(String slug) {
        return Http.get(CATALOGUE, "slug=" + slug);
    }

    private String namesInCountry() {
        return Http.get(CATALOGUE, "country=" + country);
    }

    private void post(String how, String slug, String name) {
        assertThat(Http.post(CATALOGUE, "how=" + how + "&slug=" + slug + "&name=" + name + "&country=" + country))
                .isEqualTo("done");
    }

    private void assertThatRedisHas(String key) {
        try (RedisClient redis = RedisClient.create(TestRedis.uri())) {
            assertThat(redis.exists(key)).isTrue();
        }
    }

    @Test
    void lookup_twice_isAnsweredFromRedisUnderTheNameOfTheParameter() {
        post("save", slug, "old");

        assertThat(name(slug)).isEqualTo("old");
        post("rename-unseen", slug, "new");

        assertThat(name(slug)).isEqualTo("old");
        assertThatRedisHas("providers:" + slug);
    }

    @Test
    void lookupOfAList_twice_isAnsweredFromRedisUnderTheMarkedParameter() {
        post("save", slug, "b");
        post("save", slug + "2", "a");

        assertThat(namesInCountry()).isEqualTo("a b");
        post("rename-unseen", slug, "c");

        assertThat(namesInCountry()).isEqualTo("a b");
        assertThatRedisHas("provider-lists:" + country);
    }

    @Test
    void lookup_nothingThere_isNotRemembered() {
        assertThat(name(slug)).isEqualTo("nobody");

        post("save", slug, "new");

        assertThat(name(slug)).isEqualTo("new");
    }

    @Test
    void write_committed_evicts() {
        post("save", slug, "old");
        assertThat(name(slug)).isEqualTo("old");
        assertThat(namesInCountry()).isEqualTo("old");

        post("save", slug, "new");

        assertThat(name(slug)).isEqualTo("new");
        assertThat(namesInCountry()).isEqualTo("new");
    }

    @Test
    void write_rolledBack_evictsWhatTheDatabaseMayHave() {
        post("save", slug, "old");
        assertThat(name(slug)).isEqualTo("old");
        post("rename-unseen", slug, "unseen");

        post("in-vain", slug, "never");

        assertThat(name(slug)).isEqualTo("unseen");
    }
}
