package io.cachedconnection.internal.config;

import io.cachedconnection.internal.message.ConfigMessage;
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
final class Reading {

    private static final int LONGEST_QUOTE = 100;

    private final Config config;
    private final Set<String> problems = new LinkedHashSet<>(); // a general setting is read once for each cache

    Reading(Config config) {
        this.config = config;
    }

    /** The setting for all caches. */
    <T> Optional<T> general(Setting<T> setting) {
        return at(setting.key(), setting.allowed());
    }

    /** The setting for this cache alone. */
    <T> Optional<T> own(Setting<T> setting, String cache) {
        return at(setting.key(cache), setting.allowed());
    }

    <T> Optional<T> at(String key, Allowed<T> allowed) {
        try {
            Optional<String> text = config.getOptionalValue(key, String.class);
            return text.isPresent() ? parsed(key, text.get(), allowed) : absent(key);
        } catch (RuntimeException e) { // of a source; what it says may quote a value
            problem(ConfigMessage.UNREADABLE, key, e.getClass().getName());
            return Optional.empty();
        }
    }

    void problem(ConfigMessage message, Object... particulars) {
        problems.add(message.with(particulars));
    }

    List<String> problems() {
        return List.copyOf(problems);
    }

    /** The name of the source that wins for this key. */
    String source(String key) {
        @Nullable String name = config.getConfigValue(key).getSourceName();
        return name == null ? "an unnamed source" : quotable(name);
    }

    /** A text that cannot break a line or fill a log. */
    static String quotable(String text) {
        String line = text.replaceAll("\\p{Cntrl}", "?");
        return line.length() <= LONGEST_QUOTE ? line : line.substring(0, LONGEST_QUOTE) + "...";
    }

    private <T> Optional<T> parsed(String key, String text, Allowed<T> allowed) {
        try {
            return Optional.of(allowed.parse(text));
        } catch (IllegalArgumentException e) { // its reason is in what is allowed
            String shown = allowed.shown() ? quotable(text) : "(not shown)";
            problem(ConfigMessage.BAD_VALUE, key, shown, source(key), allowed.words());
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
