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
 * One pass through the configuration, which keeps note of all that is wrong on its way. What is wrong counts as not set.
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

    /** Another pass through the same configuration, as it is by then. */
    ConfigReader again() {
        return new ConfigReader(config);
    }

    /** The setting for all caches. */
    <T> Optional<T> general(Setting<T> setting) {
        return at(setting.key(), setting.allowed());
    }

    /** The setting for this cache alone. */
    <T> Optional<T> own(Setting<T> setting, String cache) {
        return at(setting.key(cache), setting.allowed());
    }

    <T> Optional<T> at(String key, SettingType<T> settingType) {
        try {
            Optional<String> text = config.getOptionalValue(key, String.class);
            return text.isPresent() ? parsed(key, text.get(), settingType) : absent(key);
        } catch (RuntimeException e) { // of a source; what it says may quote a value
            problem(ConfigMessage.UNREADABLE, key, e.getClass().getName());
            return Optional.empty();
        }
    }

    /** Notes that only one of these two may be there. */
    void conflict(Setting<?> one, Setting<?> other) {
        conflict(one.key(), other.key());
    }

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

    List<String> warnings() {
        return List.copyOf(warnings);
    }

    List<String> problems() {
        return List.copyOf(problems);
    }

    /** Whether there is a value, right or wrong. */
    boolean isSet(Setting<?> setting) {
        return isSet(setting.key());
    }

    boolean isSet(String key) {
        return at(key, SettingType.NAME).isPresent();
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

    /** Notes that {@code value}, which by itself is allowed, cannot be used, and why: a reason that may be shown. */
    void refuse(Setting<?> setting, Object value, String reason) {
        refuse(setting.key(), setting.allowed(), value.toString(), reason);
    }

    /** Likewise for a setting under this {@code key}. */
    void refuse(String key, SettingType<?> settingType, String text, String reason) {
        problem(ConfigMessage.UNUSABLE, key, shown(settingType, text), source(key), reason, settingType.words());
    }

    private static String shown(SettingType<?> settingType, String text) {
        return settingType.shown() ? quotable(text) : "(not shown)";
    }

    private <T> Optional<T> parsed(String key, String text, SettingType<T> settingType) {
        try {
            return Optional.of(settingType.parse(text));
        } catch (InvalidValue e) {
            refuse(key, settingType, text, e.reason());
            return Optional.empty();
        } catch (IllegalArgumentException e) { // its reason is in what is allowed
            problem(ConfigMessage.BAD_VALUE, key, shown(settingType, text), source(key), settingType.words());
            return Optional.empty();
        }
    }

    // An expression without a value reads as absent; using the default then would hide the mistake.
    private <T> Optional<T> absent(String key) {
        @Nullable ConfigValue value = config.getConfigValue(key);
        @Nullable String raw = value == null ? null : value.getRawValue();
        if (raw != null && raw.contains("${")) {
            problem(ConfigMessage.UNRESOLVED, key, source(key));
        }
        return Optional.empty();
    }
}
