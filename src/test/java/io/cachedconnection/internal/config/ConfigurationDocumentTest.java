package io.cachedconnection.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.internal.message.ConfigMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigurationDocumentTest {

    @ParameterizedTest
    @MethodSource("general")
    void document_ofEachSetting_hasARow(Setting<?> setting) throws IOException {
        assertThat(rows()).anyMatch(row -> row.startsWith(start(setting.key(), setting.key())));
    }

    @ParameterizedTest
    @MethodSource("ofACache")
    void document_ofEachSettingOfACache_hasARow(Setting<?> setting) throws IOException {
        assertThat(rows()).anyMatch(row -> row.startsWith(start(setting.key("<name>"), setting.key("[NAME]"))));
    }

    @Test
    void document_rows_areNotAboutSettingsThatDoNotExist() throws IOException {
        long rows = rows().stream()
                .filter(row -> row.startsWith("| `cached-connection."))
                .count();

        assertThat(rows).isEqualTo(general().count() + ofACache().count());
    }

    @ParameterizedTest
    @EnumSource
    void messages_ofThisRoom_haveAHeading(ConfigMessage message) throws IOException {
        assertThat(Files.readAllLines(Path.of("docs/reference/messages.md"))).contains("## " + message.id());
    }

    private static Stream<Setting<?>> general() {
        return Stream.concat(Setting.OF_ALL.stream(), Setting.OF_A_CACHE.stream());
    }

    private static Stream<Setting<?>> ofACache() {
        return Setting.OF_A_CACHE.stream();
    }

    private static List<String> rows() throws IOException {
        return Files.readAllLines(Path.of("docs/reference/configuration.md"));
    }

    // The name in the environment is the key in capitals, by the rules of MicroProfile Config.
    private static String start(String key, String forEnvironment) {
        String environment = forEnvironment
                .toUpperCase(Locale.ROOT)
                .replaceAll("[^A-Z0-9\\[\\]]", "_")
                .replace('[', '<')
                .replace(']', '>');
        return "| `" + key + "` | `" + environment + "` |";
    }
}
