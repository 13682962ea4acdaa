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
 * One pass through the configuration, which collects all problems on its way. A wrong value counts as not set.
 * Values are read as text: a converter of the server would throw at the first wrong one. Used by one thread.
 */
final class ConfigReader {

    private static final int LONGEST_QUOTE = 100;
    private static final String UNNAMED = "an unnamed source";

    private final Config config;
    private final Set<String> problems = new LinkedHashSet<>(); // a general setting is read once for each cache
    private final List<String> warnings = new ArrayList<>();

    ConfigReader(Config config) {
        this.config = config;
    }

    /**
     * What was read in one pass.
     *
     * @param problems one line each; if there are any, the value has defaults in place of what is wrong
     */
    record Validated<T>(T value, List<String> problems) {}

    /** What this pass has read, with the problems it has met. */
    <T> Validated<T> validated(T value) {
        return new Validated<>(value, problems());
    }

    /** Another pass through the same configuration, as it is by then. Thread-safe. */
    ConfigReader again() {
        return new ConfigReader(config);
    }

    /** The setting for all caches, else its default. */
    <T> T get(Setting<T> setting) {
        return find(setting, Setting.GENERAL).orElseGet(setting::fallback);
    }

    /** The cache's own setting, else the general one, else the default. */
    <T> T get(Setting<T> setting, String cache) {
        T general = get(setting); // read in any case, so that a wrong one is found even where each cache has its own
        return find(setting, cache).orElse(general);
    }

    /** The setting for all caches, if it is set and right. */
    <T> Optional<T> find(Setting<T> setting) {
        return find(setting, Setting.GENERAL);
    }

    /** The setting for {@code cache} alone, if it is set and right. */
    <T> Optional<T> find(Setting<T> setting, String cache) {
        return find(setting.key(cache), setting.type());
    }

    <T> Optional<T> find(String key, SettingType<T> type) {
        try {
            Optional<String> text = config.getOptionalValue(key, String.class);
            if (text.isPresent()) {
                return parsed(key, text.get(), type);
            }
            // An expression without a value reads as absent; using the default then would hide the mistake.
            @Nullable ConfigValue value = config.getConfigValue(key);
            @Nullable String raw = value == null ? null : value.getRawValue();
            if (raw != null && raw.contains("${")) {
                problem(ConfigMessage.UNRESOLVED, key, source(key));
            }
        } catch (RuntimeException e) { // of a source; what it says may quote a value
            problem(ConfigMessage.UNREADABLE, key, e.getClass().getName());
        }
        return Optional.empty();
    }

    private <T> Optional<T> parsed(String key, String text, SettingType<T> type) {
        try {
            return Optional.of(type.parse(text));
        } catch (InvalidValue e) {
            refuse(key, type, text, e.reason());
        } catch (IllegalArgumentException e) { // its reason is in what is allowed
            problem(ConfigMessage.BAD_VALUE, key, shown(type, text), source(key), type.words());
        }
        return Optional.empty();
    }

    /** Whether there is a value, right or wrong. */
    boolean isSet(Setting<?> setting) {
        return isSet(setting.key());
    }

    boolean isSet(String key) {
        return find(key, Setting.TEXT).isPresent();
    }

    /** The name of the source that wins for this key. */
    String source(String key) {
        try {
            @Nullable String name = config.getConfigValue(key).getSourceName();
            return name == null ? UNNAMED : quotable(name);
        } catch (RuntimeException e) { // of a source, which is a problem of its own
            return UNNAMED;
        }
    }

    /** A text that cannot break a line or fill a log. */
    static String quotable(String text) {
        String line = text.replaceAll("\\p{Cntrl}", "?");
        return line.length() <= LONGEST_QUOTE ? line : line.substring(0, LONGEST_QUOTE) + "...";
    }

    private static String shown(SettingType<?> type, String text) {
        return type.shown() ? quotable(text) : "(not shown)";
    }

    /** Notes that the value, which by itself is allowed, cannot be used, and why: a reason that may be shown. */
    void refuse(Setting<?> setting, Object value, String reason) {
        refuse(setting.key(), setting.type(), value.toString(), reason);
    }

    void refuse(String key, SettingType<?> type, String text, String reason) {
        problem(ConfigMessage.UNUSABLE, key, shown(type, text), source(key), reason, type.words());
    }

    /** Notes that only one of these two may be set. */
    void conflict(String one, String other) {
        problem(ConfigMessage.ONE_OF_TWO, one, source(one), other, source(other));
    }

    /** Notes that these two contradict each other, and why: a reason that may be shown. */
    void contradiction(String one, String other, String reason) {
        problem(ConfigMessage.CONTRADICTION, one, source(one), other, source(other), reason);
    }

    /** Notes that {@code one} has no effect as long as {@code missing} is not set. */
    void incomplete(String one, String missing) {
        problem(ConfigMessage.INCOMPLETE, one, source(one), missing);
    }

    void problem(ConfigMessage message, Object... particulars) {
        problems.add(message.with(particulars));
    }

    /** Notes what stops nothing, but should be known. */
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
