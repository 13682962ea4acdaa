package io.cachedconnection.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.internal.config.UnknownKeys.ConfigFiles;
import io.cachedconnection.testing.ScannedLog;
import io.cachedconnection.testing.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnknownKeysTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "cached-connection.tll, cached-connection.ttl",
        "cached-connection.redis.url, cached-connection.redis.uri",
        "cached-connection.redis.pool.maxi, cached-connection.redis.pool.max",
        "cached-connection.Enabled, cached-connection.enabled",
        "cached-connection.cache.users.tl, cached-connection.cache.users.ttl",
        "cached-connection.cache.provider-connection.max-bytes, ",
        "cached-connection.colour, ",
        "cached-connection.cache.users, ",
        "cached-connection., ",
        "cached-connection.cache..ttl, cached-connection.cache.a.ttl",
    })
    void check_unknownKey_namesTheNearestThatIsRight(String key, String nearest) {
        String advice = nearest == null ? "See docs/reference/configuration.md." : "Did you mean " + nearest + "?";

        assertThat(problems(key)).containsExactly("CC-0201 Unknown setting " + key + " in the map. " + advice);
    }

    @ParameterizedTest
    @CsvSource({"cached-connection.cache.user.ttl, user, users", "cached-connection.cache.orders.nonsense, orders, "})
    void check_unknownCacheInAFileOfTheApplication_namesTheNearestThatIsUsed(String key, String cache, String nearest)
            throws IOException {
        String advice = nearest == null ? "See docs/reference/configuration.md." : "Did you mean " + nearest + "?";
        Path file = directory.resolve("microprofile-config.properties");
        Files.writeString(file, key + "=1");

        ParsedConfig reading = read(key, new ConfigFiles(List.of(file.toUri().toURL())));

        assertThat(reading.warnings()).isEmpty();
        assertThat(ScannedLog.texts(reading.problems()))
                .containsExactly("CC-0203 Setting " + key + " in the map is for the cache '" + cache
                        + "', which no method uses. " + advice);
    }

    @Test
    void check_unknownCacheInAFileThatOnlyTheServerSees_isAProblem() {
        MapConfig config = MapConfig.of("cached-connection.cache.user.ttl", "1");
        config.isCalled("PropertiesConfigSource[source=vfs:/shop.war/META-INF/microprofile-config.properties]");

        assertThat(new SettingsReader(config).read(Set.of("users")).problems())
                .singleElement()
                .asString()
                .startsWith("CC-0203");
    }

    /** An operator has set it for all applications of a server, of which another one has that cache. */
    @Test
    void check_unknownCacheOutsideTheApplication_isAWarning() {
        ParsedConfig reading = read("cached-connection.cache.user.enabled", new ConfigFiles(List.of()));

        assertThat(reading.problems()).isEmpty();
        assertThat(ScannedLog.texts(reading.warnings()))
                .containsExactly(
                        "CC-0222 Setting cached-connection.cache.user.enabled in the map is for the cache 'user',"
                                + " which no method of this application uses. It has an effect here only if the application"
                                + " opens that cache by ConnectionCaches. Did you mean users?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cached.connection.tll",
                "CACHED_CONNECTION_TLL",
                "cached-connection-ttl",
                "%dev.cached-connection.tll",
                "cached-connections.tll",
                "cache.provider.tll",
                "cached-connection.cache.provider-connection.ttl",
            })
    void check_keyThatIsNotOursOrRight_isLeftAlone(String key) {
        assertThat(problems(key)).isEmpty();
    }

    @Test
    void check_unknownKey_doesNotShowItsValue() {
        MapConfig config = MapConfig.of("cached-connection.redis.pasword", Seeds.PASSWORD);

        assertThat(ScannedLog.text(new SettingsReader(config).read(Set.of()))
                        .problems()
                        .toString())
                .contains("redis.password")
                .doesNotContain(Seeds.PASSWORD);
    }

    private static List<String> problems(String key) {
        return ScannedLog.texts(read(key, new ConfigFiles(List.of())).problems());
    }

    private static ParsedConfig read(String key, ConfigFiles files) {
        return new SettingsReader(MapConfig.of(key, "1"), files).read(Set.of("users", "a"));
    }
}
