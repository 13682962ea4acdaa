package io.cachedconnection.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.configurationmetadata.ConfigurationMetadataProperty;
import org.springframework.boot.configurationmetadata.ConfigurationMetadataRepositoryJsonBuilder;

/**
 * What development environments know of the settings: {@link SettingsForTools} and a file of metadata, both made here from
 * {@link Setting} and the table in the document. {@code mvn test -Dtest=ConfigurationMetadataTest -Dmetadata=write} writes
 * them.
 */
class ConfigurationMetadataTest {

    private static final Path DOCUMENT = Path.of("docs/reference/configuration.md");
    private static final Path METADATA = Path.of("src/main/resources/META-INF/spring-configuration-metadata.json");
    private static final Path CLASS =
            Path.of("src/main/java/io/cachedconnection/internal/config/SettingsForTools.java");
    private static final Map<Setting<?>, Class<?>> TYPES = new HashMap<>();

    /** A setting's type is in the declaration of its constant only. */
    @BeforeAll
    static void readTypes() throws IllegalAccessException {
        for (Field field : Setting.class.getDeclaredFields()) {
            if (field.getType() == Setting.class) {
                Type type = ((ParameterizedType) field.getGenericType()).getActualTypeArguments()[0];
                TYPES.put((Setting<?>) field.get(null), type instanceof Class<?> known ? known : String.class);
            }
        }
    }

    private static Stream<Setting<?>> settings() {
        return Stream.concat(Setting.OF_ALL.stream(), Setting.OF_A_CACHE.stream());
    }

    /** The type that a tool shows. */
    private static Class<?> type(Setting<?> setting) {
        Class<?> type = TYPES.get(setting);
        boolean known = type.isEnum()
                || Set.of(Boolean.class, Integer.class, Double.class, Duration.class)
                        .contains(type);
        return known ? type : String.class;
    }

    /** The default as a user would write it; empty if there is none, or if it depends on other settings. */
    private static String preset(Setting<?> setting) {
        Object preset = setting.preset();
        if (preset == null || preset.equals("")) {
            return "";
        }
        String text = preset.equals(Duration.ZERO) || preset.equals(0.0) ? "0" : preset.toString();
        assertThat(setting.type().parse(text)).isEqualTo(preset);
        return text;
    }

    private static Map<String, String> descriptions() throws IOException {
        Map<String, String> all = new HashMap<>();
        for (String row : Files.readAllLines(DOCUMENT)) {
            String[] cells = row.split(" \\| ", 5);
            if (row.startsWith("| `cached-connection.") && cells.length == 5) {
                String words = cells[4].replaceFirst(" *\\|$", "")
                        .replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
                        .replace("`", "")
                        .strip();
                if (!words.isEmpty()) {
                    all.put(
                            cells[0].replaceAll("[| `]", ""),
                            Character.toUpperCase(words.charAt(0)) + words.substring(1) + ".");
                }
            }
        }
        return all;
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String metadata() throws IOException {
        Map<String, String> descriptions = descriptions();
        List<String> properties = new ArrayList<>();
        List<String> hints = new ArrayList<>();
        settings().forEach(setting -> {
            Class<?> type = type(setting);
            String words = setting.type().words();
            String allowed = type == Boolean.class || type.isEnum() || words.equals("any text")
                    ? ""
                    : " Allowed: " + words + ".";
            String preset = preset(setting);
            boolean bare = type == Boolean.class || type == Integer.class || type == Double.class;
            properties.add("""
                        {
                          "name": %s,
                          "type": %s,
                          "description": %s%s
                        }""".formatted(
                            quoted(setting.key()),
                            quoted((type.isEnum() ? String.class : type).getName()),
                            quoted(descriptions.get(setting.key()) + allowed),
                            preset.isEmpty() ? "" : ",\n  \"defaultValue\": " + (bare ? preset : quoted(preset))));
            if (type.isEnum()) {
                hints.add("""
                        {
                          "name": %s,
                          "values": [%s]
                        }""".formatted(
                                quoted(setting.key()),
                                Arrays.stream(type.getEnumConstants())
                                        .map(value -> "{\"value\": " + quoted(value.toString()) + "}")
                                        .collect(Collectors.joining(", "))));
            }
        });
        properties.add("""
                {
                  "name": "cached-connection.cache",
                  "type": "java.util.Map<java.lang.String,java.lang.Object>",
                  "description": "Settings of one cache: cached-connection.cache.<name>.ttl and so on."
                }""");
        return """
                {
                  "properties": [
                %s
                  ],
                  "hints": [
                %s
                  ]
                }
                """.formatted(indented(properties), indented(hints));
    }

    private static String indented(List<String> items) {
        return String.join(",\n", items).indent(4).stripTrailing();
    }

    /** For the tools of MicroProfile, which look for annotated fields; {@code {*}} stands for a name there. */
    private static String forTools() {
        Set<String> imports =
                new TreeSet<>(Set.of(ConfigProperty.class.getName(), "org.jspecify.annotations.Nullable"));
        StringBuilder fields = new StringBuilder();
        Stream.concat(
                        settings().map(setting -> Map.entry(setting, setting.key())),
                        Setting.OF_A_CACHE.stream().map(setting -> Map.entry(setting, setting.key("{*}"))))
                .forEach(entry -> {
                    Setting<?> setting = entry.getKey();
                    Class<?> type = type(setting);
                    String preset = entry.getValue().contains("{*}") ? "" : preset(setting);
                    if (!type.getPackageName().equals("java.lang")
                            && !type.getName().startsWith(Setting.class.getPackageName() + ".E")) {
                        imports.add(type.getCanonicalName());
                    }
                    fields.append("\n    @ConfigProperty(name = ").append(quoted(entry.getValue()));
                    if (!preset.isEmpty()) {
                        fields.append(", defaultValue = ").append(quoted(preset));
                    }
                    fields.append(")\n    @Nullable ")
                            .append(type.getSimpleName())
                            .append(' ');
                    fields.append(entry.getValue().contains("{*}") ? "ofACache" : "of");
                    Arrays.stream(setting.name().split("[.-]"))
                            .forEach(word -> fields.append(Character.toUpperCase(word.charAt(0)))
                                    .append(word.substring(1)));
                    fields.append(";\n");
                });
        return "package io.cachedconnection.internal.config;\n\n"
                + imports.stream().map(name -> "import " + name + ";\n").collect(Collectors.joining())
                + """

                /**
                 * Tells development environments which settings there are: tools for MicroProfile offer the names in annotations of
                 * fields, also of those in jars. The library never loads it. {@code ConfigurationMetadataTest} writes it.
                 */
                @SuppressWarnings("unused")
                abstract class SettingsForTools {
                """
                + fields + "}\n";
    }

    private static void compare(Path file, String made) throws IOException {
        if ("write".equals(System.getProperty("metadata"))) {
            Files.writeString(file, made);
        }
        assertThat(file)
                .as("-Dtest=ConfigurationMetadataTest -Dmetadata=write")
                .content()
                .isEqualTo(made);
    }

    @Test
    void file_ofMetadata_isMadeFromTheSettings() throws IOException {
        compare(METADATA, metadata());
    }

    @Test
    void fieldsForTools_areMadeFromTheSettings() throws IOException {
        compare(CLASS, forTools());
    }

    /** The parser that development environments use. */
    @Test
    void file_ofMetadata_isReadByItsConsumers() throws IOException {
        Map<String, ConfigurationMetadataProperty> read;
        try (InputStream file = Files.newInputStream(METADATA)) {
            read = ConfigurationMetadataRepositoryJsonBuilder.create(file)
                    .build()
                    .getAllProperties();
        }

        assertThat(read.keySet()).containsAll(settings().map(Setting::key).toList());
        assertThat(read.get("cached-connection.ttl").getDefaultValue()).isEqualTo("PT5M");
        assertThat(read.get("cached-connection.ttl").getType()).isEqualTo("java.time.Duration");
        assertThat(read.get("cached-connection.breaker.failures").getDefaultValue())
                .isEqualTo(5);
        assertThat(read.get("cached-connection.evict.on-failure").getHints().getValueHints())
                .extracting(hint -> hint.getValue())
                .containsExactly("RETRY", "FAIL");
        assertThat(read.values())
                .allSatisfy(property -> assertThat(property.getDescription()).matches("(?s)[A-Z'].*[.]"));
    }

    @Test
    void fieldsForTools_nameEachSetting() {
        assertThat(Arrays.stream(SettingsForTools.class.getDeclaredFields())
                        .map(field -> field.getAnnotation(ConfigProperty.class).name()))
                .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                settings().map(Setting::key),
                                Setting.OF_A_CACHE.stream().map(setting -> setting.key("{*}")))
                        .toList());
    }
}
