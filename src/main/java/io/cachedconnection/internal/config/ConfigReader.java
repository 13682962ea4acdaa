package io.cachedconnection.internal.config;

import io.cachedconnection.internal.message.ConfigMessage;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;
import org.jspecify.annotations.Nullable;

/**
 * Reads the configuration in one pass and collects all problems. A wrong value counts as not set. Values are read as text,
 * because a converter of the server would throw at the first wrong one. For one thread.
 */
final class ConfigReader {

    private static final int LONGEST_QUOTE = 100;
    private static final String UNNAMED = "an unnamed source";

    private final Config config;
    private final Set<String> problems = new LinkedHashSet<>(); // a general setting is read once per cache
    private final List<String> warnings = new ArrayList<>();

    ConfigReader(Config config) {
        this.config = config;
    }

    /**
     * The result of one pass.
     *
     * @param problems one line each; if there are any, the value has defaults in place of wrong settings
     */
    record Validated<T>(T value, List<String> problems) {}

    /** Returns the result of this pass with its problems. */
    <T> Validated<T> validated(T value) {
        return new Validated<>(value, problems());
    }

    /** Starts another pass through the same configuration in its current state. Thread-safe. */
    ConfigReader again() {
        return new ConfigReader(config);
    }

    /** Returns the setting for all caches, or else its default. */
    <T> T get(Setting<T> setting) {
        return find(setting, Setting.GENERAL).orElseGet(setting::fallback);
    }

    /** Returns the cache's own setting, or else the general one, or else the default. */
    <T> T get(Setting<T> setting, String cache) {
        T general = get(setting); // always read, so that a wrong one is found even if each cache has its own
        return find(setting, cache).orElse(general);
    }

    /** Returns the setting for all caches, if it is set and valid. */
    <T> Optional<T> find(Setting<T> setting) {
        return find(setting, Setting.GENERAL);
    }

    /** Returns the setting for {@code cache} alone, if it is set and valid. */
    <T> Optional<T> find(Setting<T> setting, String cache) {
        return find(setting.key(cache), setting.type());
    }

    <T> Optional<T> find(String key, SettingType<T> type) {
        try {
            Optional<String> text = config.getOptionalValue(key, String.class);
            if (text.isPresent()) {
                return parsed(key, text.get(), type);
            }
            // An unresolved expression reads as absent. Using the default then would hide the mistake.
            @Nullable ConfigValue value = config.getConfigValue(key);
            @Nullable String raw = value == null ? null : value.getRawValue();
            if (raw != null && raw.contains("${")) {
                problem(ConfigMessage.UNRESOLVED, key, source(key));
            }
        } catch (RuntimeException e) { // of a configuration source; its message may quote a value
            problem(ConfigMessage.UNREADABLE, key, e.getClass().getName());
        }
        return Optional.empty();
    }

    private <T> Optional<T> parsed(String key, String text, SettingType<T> type) {
        try {
            return Optional.of(type.parse(text));
        } catch (InvalidValue e) {
            refuse(key, type, text, e.reason());
        } catch (IllegalArgumentException e) { // the list of allowed values explains it
            problem(ConfigMessage.BAD_VALUE, key, shown(type, text), source(key), type.words());
        }
        return Optional.empty();
    }

    /** Whether there is a value, valid or not. */
    boolean isSet(Setting<?> setting) {
        return isSet(setting.key());
    }

    boolean isSet(String key) {
        return find(key, Setting.TEXT).isPresent();
    }

    /** Returns the name of the source that provides this key. */
    String source(String key) {
        try {
            @Nullable String name = config.getConfigValue(key).getSourceName();
            return name == null ? UNNAMED : quotable(name);
        } catch (RuntimeException e) { // of a configuration source, which is reported elsewhere
            return UNNAMED;
        }
    }

    /** Returns a text that cannot break a line or flood a log. */
    static String quotable(String text) {
        String line = text.replaceAll("\\p{Cntrl}", "?");
        return line.length() <= LONGEST_QUOTE ? line : line.substring(0, LONGEST_QUOTE) + "...";
    }

    private static String shown(SettingType<?> type, String text) {
        return type.shown() ? quotable(text) : "(not shown)";
    }

    /** Reports that an allowed value cannot be used; {@code reason} may be shown. */
    void refuse(Setting<?> setting, Object value, String reason) {
        refuse(setting.key(), setting.type(), value.toString(), reason);
    }

    void refuse(String key, SettingType<?> type, String text, String reason) {
        problem(ConfigMessage.UNUSABLE, key, shown(type, text), source(key), reason, type.words());
    }

    /** Reports that only one of these two may be set. */
    void conflict(String one, String other) {
        problem(ConfigMessage.ONE_OF_TWO, one, source(one), other, source(other));
    }

    /** Reports that these two contradict each other; {@code reason} may be shown. */
    void contradiction(String one, String other, String reason) {
        problem(ConfigMessage.CONTRADICTION, one, source(one), other, source(other), reason);
    }

    /** Reports that {@code one} has no effect without {@code missing}. */
    void incomplete(String one, String missing) {
        problem(ConfigMessage.INCOMPLETE, one, source(one), missing);
    }

    void problem(ConfigMessage message, Object... particulars) {
        problems.add(message.with(particulars));
    }

    /** Reports a warning, which does not stop the deployment. */
    void warning(ConfigMessage message, Object... particulars) {
        warnings.add(message.with(particulars));
    }

    List<String> problems() {
        return List.copyOf(problems);
    }

    List<String> warnings() {
        return List.copyOf(warnings);
    }
}
