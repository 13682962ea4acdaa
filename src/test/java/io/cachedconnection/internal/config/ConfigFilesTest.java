package io.cachedconnection.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.internal.config.UnknownKeys.ConfigFiles;
import io.cachedconnection.testing.ScannedLog;
import io.cachedconnection.testing.Seeds;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFilesTest {

    private static final String FILE = "META-INF/microprofile-config.properties";

    @TempDir
    Path directory;

    @Test
    void check_settingThatTheConfigurationHasNot_isNotedWithoutItsValue() throws IOException {
        assertThat(problems("cached-connection.redis.password=" + Seeds.PASSWORD, MapConfig.of()))
                .singleElement()
                .asString()
                .startsWith("CC-0218 Setting cached-connection.redis.password is in a " + FILE)
                .doesNotContain(Seeds.PASSWORD);
    }

    @Test
    void check_settingThatTheConfigurationHas_isRight() throws IOException {
        MapConfig config = MapConfig.of("cached-connection.ttl", "PT1M", "cached-connection.key-prefix", "");

        assertThat(problems("cached-connection.ttl=PT5M\ncached-connection.key-prefix=", config))
                .isEmpty();
    }

    @Test
    void check_settingsOfOthers_areLeftAlone() throws IOException {
        assertThat(problems("mp.config.profile=dev\n%dev.cached-connection.ttl=PT5M", MapConfig.of()))
                .isEmpty();
    }

    @Test
    void check_fileThatIsMalformed_isLeftToTheServer() throws IOException {
        assertThat(problems("cached-connection.ttl=\\u12", MapConfig.of())).isEmpty();
    }

    private List<String> problems(String content, MapConfig config) throws IOException {
        Files.createDirectories(directory.resolve("META-INF"));
        Files.writeString(directory.resolve(FILE), content);
        URL[] found = {directory.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(found, null)) {
            return ScannedLog.texts(new SettingsReader(config, ConfigFiles.of(loader))
                    .read(Set.of())
                    .problems());
        }
    }
}
