package io.cachedconnection.internal.config;

import io.cachedconnection.internal.message.ConfigMessage;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The check for keys that nobody reads, which as a rule are slips of the pen. Only keys that begin with exactly the
 * prefix are judged: names of environment variables are listed in forms that differ by server.
 */
final class UnknownKeys {

    private static final String SEE = "See docs/configuration.md.";

    private final ConfigReader configReader;
    private final Set<String> caches;
    private final UnseenFiles files;
    private final Set<String> known = new TreeSet<>();

    /** A check for an application with these {@code caches}, whose own settings are in {@code files}. */
    UnknownKeys(ConfigReader configReader, Set<String> caches, UnseenFiles files) {
        this.configReader = configReader;
        this.caches = caches;
        this.files = files;
        Setting.OF_ALL.forEach(setting -> known.add(setting.key()));
        Setting.OF_A_CACHE.forEach(this::know);
    }

    private void know(Setting<?> setting) {
        known.add(setting.key());
        caches.forEach(cache -> known.add(setting.key(cache)));
    }

    /**
     * Notes a problem for each of these names that is ours and unknown; of one for a cache of which only a source outside
     * the application knows, a warning: such a source is for other applications, too, and they have other caches.
     */
    void check(Iterable<String> names) {
        Set<String> unknown = new TreeSet<>(); // in an order of its own: that of a configuration is no order
        names.forEach(unknown::add);
        unknown.removeAll(known);
        unknown.stream().filter(name -> name.startsWith(Setting.PREFIX)).forEach(this::refuse);
    }

    private void refuse(String key) {
        Optional<String> cache = cacheOf(key);
        String source = configReader.source(key);
        if (cache.isPresent() && !caches.contains(cache.get())) {
            String advice = advice(Suggestions.to(cache.get(), caches));
            Object[] particulars = {ConfigReader.quotable(key), source, ConfigReader.quotable(cache.get()), advice};
            if (source.contains(UnseenFiles.NAME) || files.hold(key)) {
                configReader.problem(ConfigMessage.UNKNOWN_CACHE, particulars);
            } else {
                configReader.warning(ConfigMessage.OTHERS_CACHE, particulars);
            }
            return;
        }
        configReader.problem(ConfigMessage.UNKNOWN_KEY, ConfigReader.quotable(key), source, advice(nearestKey(key)));
    }

    // Compared without what all have in common, which would make any two look alike.
    private Optional<String> nearestKey(String key) {
        int start = Setting.PREFIX.length();
        List<String> names = known.stream().map(name -> name.substring(start)).toList();
        return Suggestions.to(key.substring(start), names).map(Setting.PREFIX::concat);
    }

    private static String advice(Optional<String> nearest) {
        return nearest.map(name -> "Did you mean " + name + "?").orElse(SEE);
    }

    /** The cache that a key is for; the name of a cache has no point in it. */
    private static Optional<String> cacheOf(String key) {
        int start = Setting.CACHE_PREFIX.length();
        int end = key.startsWith(Setting.CACHE_PREFIX) ? key.indexOf('.', start) : -1;
        return end > start ? Optional.of(key.substring(start, end)) : Optional.empty();
    }
}
