package io.cachedconnection.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.internal.endpoint.RedisSettings;
import io.cachedconnection.testing.Seeds;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

/** Whatever somebody writes for a URI, nothing that may be shown has its password. */
class RedisUriPrivacyTest {

    private static final String PASSWORD = Seeds.PASSWORD; // in none of our own texts, and nothing that a host is named

    @Property(tries = 1000)
    void problems_ofAnyUri_haveNoPassword(@ForAll("uris") String uri) {
        ParsedConfig reading = read(uri);

        assertThat(reading.problems())
                .allSatisfy(problem -> assertThat(problem).startsWith("CC-02").doesNotContain(PASSWORD));
    }

    // What is no URI reads as the default, so its place has nothing to hide.
    @Property(tries = 1000)
    void place_ofAnyUri_hasNoPassword(@ForAll("logins") String uri) {
        RedisSettings redis = read(uri).redis();

        assertThat(redis.address() + redis + redis.access().login() + redis.access() + redis.place())
                .doesNotContain(PASSWORD);
    }

    @Tag("proof")
    @Property(tries = 20_000)
    void problems_ofManyUris_haveNoPassword(@ForAll("uris") String uri) {
        problems_ofAnyUri_haveNoPassword(uri);
    }

    @Tag("proof")
    @Property(tries = 20_000)
    void place_ofManyUris_hasNoPassword(@ForAll("logins") String uri) {
        place_ofAnyUri_hasNoPassword(uri);
    }

    private static ParsedConfig read(String uri) {
        return new SettingsReader(MapConfig.of("cached-connection.redis.uri", uri)).read(Set.of());
    }

    /** A URI with the password anywhere in it. */
    @Provide
    Arbitrary<String> uris() {
        return Combinators.combine(schemes(), noise(), noise())
                .as((scheme, before, after) -> scheme + before + PASSWORD + after);
    }

    /** A URI with the password after a colon, and an at sign after it: whoever writes that means a login. */
    @Provide
    Arbitrary<String> logins() {
        return Combinators.combine(schemes(), noise(), noise(), noise())
                .as((scheme, before, between, after) -> scheme + before + ":" + PASSWORD + between + "@" + after);
    }

    private static Arbitrary<String> schemes() {
        Arbitrary<String> right = Arbitraries.of(
                "redis://",
                "rediss://",
                "redis-cluster://",
                "rediss-cluster://",
                "redis-sentinel://",
                "rediss-sentinel://",
                "redis+unix://",
                "redis+unix:///");
        return Arbitraries.oneOf(right, right, noise());
    }

    private static Arbitrary<String> noise() {
        return Arbitraries.of(
                        ":", "/", "@", ",", "?", "#", "%", "%41", "[::1]", "[", "]", "a", "one", "6379", "\n", "$", "{")
                .list()
                .ofMaxSize(6)
                .map(parts -> String.join("", parts));
    }
}
