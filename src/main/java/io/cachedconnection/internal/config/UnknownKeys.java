package io.cachedconnection.internal.config;

import io.cachedconnection.internal.message.ConfigMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLConnection;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/**
 * Checks for configuration keys without a setting, usually typing errors. It checks only keys with exactly the prefix, because
 * servers list environment variables in different forms.
 */
final class UnknownKeys {

    private static final int MOST_CHANGES = 3;
    private static final int LETTERS_PER_CHANGE = 3;

    private final ConfigReader reader;
    private final Set<String> caches;
    private final ConfigFiles files;
    private final Set<String> known = new TreeSet<>();

    /** Creates a check for an application with these {@code caches}, whose own settings are in {@code files}. */
    UnknownKeys(ConfigReader reader, Set<String> caches, ConfigFiles files) {
        this.reader = reader;
        this.caches = caches;
        this.files = files;
        Setting.OF_ALL.forEach(setting -> known.add(setting.key()));
        for (Setting<?> setting : Setting.OF_A_CACHE) {
            known.add(setting.key());
            caches.forEach(cache -> known.add(setting.key(cache)));
        }
    }

    /**
     * Reports each of these names that is unknown. For a cache that only an external source knows, it warns: such a source may
     * serve other applications with other caches.
     */
    void check(Iterable<String> names) {
        Set<String> unknown = new TreeSet<>(); // sorted, because a configuration has no order
        names.forEach(unknown::add);
        unknown.removeAll(known);
        unknown.stream().filter(name -> name.startsWith(Setting.PREFIX)).forEach(this::refuse);
    }

    private void refuse(String key) {
        String shown = ConfigReader.quotable(key);
        String source = reader.source(key);
        int start = Setting.CACHE_PREFIX.length();
        int end = key.startsWith(Setting.CACHE_PREFIX)
                ? key.indexOf('.', start)
                : -1; // the name of a cache contains no dot
        if (end > start && !caches.contains(key.substring(start, end))) {
            String cache = key.substring(start, end);
            Object[] particulars = {shown, source, ConfigReader.quotable(cache), advice(cache, caches, "")};
            if (source.contains(ConfigFiles.NAME) || files.hold(key)) {
                reader.problem(ConfigMessage.UNKNOWN_CACHE, particulars);
            } else {
                reader.warning(ConfigMessage.OTHERS_CACHE, particulars);
            }
            return;
        }
        // Compared without the common prefix, which would make any two look alike.
        int common = Setting.PREFIX.length();
        List<String> names = known.stream().map(name -> name.substring(common)).toList();
        String advice = advice(key.substring(common), names, Setting.PREFIX);
        reader.problem(ConfigMessage.UNKNOWN_KEY, shown, source, advice);
    }

    private static String advice(String word, Collection<String> known, String prefix) {
        return suggestion(word, known)
                .map(nearest -> "Did you mean " + prefix + nearest + "?")
                .orElse("See docs/reference/configuration.md.");
    }

    /** Returns the known word with the smallest edit distance to {@code word}, if the distance is small. */
    static Optional<String> suggestion(String word, Collection<String> known) {
        // With more changes it is another word, not a typing error.
        int most = Math.min(MOST_CHANGES, (word.length() + LETTERS_PER_CHANGE - 1) / LETTERS_PER_CHANGE);
        return known.stream()
                .filter(candidate -> distance(word, candidate) <= most)
                .min(Comparator.<String>comparingInt(candidate -> distance(word, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    // The Levenshtein distance. A row holds the costs of turning a prefix of one word into each prefix of the other.
    private static int distance(String from, String into) {
        int[] row = new int[into.length() + 1];
        for (int column = 0; column < row.length; column++) {
            row[column] = column;
        }
        for (int letter = 1; letter <= from.length(); letter++) {
            int[] above = row.clone();
            row[0] = letter;
            for (int column = 1; column < row.length; column++) {
                int changed = above[column - 1] + (into.charAt(column - 1) == from.charAt(letter - 1) ? 0 : 1);
                row[column] = Math.min(changed, 1 + Math.min(above[column], row[column - 1]));
            }
        }
        return row[into.length()];
    }

    /**
     * The files of settings beside this library. The server may ignore them, usually those of the WARs of an EAR. Without a
     * problem for each, their settings would silently have no effect.
     */
    record ConfigFiles(List<URL> files) {

        static final String NAME = "META-INF/microprofile-config.properties";

        /** Finds the files by this class loader. */
        static ConfigFiles of(ClassLoader loader) {
            try {
                return new ConfigFiles(Collections.list(loader.getResources(NAME)));
            } catch (IOException e) {
                throw new UncheckedIOException("The class path cannot be read.", e);
            }
        }

        /** Whether one of them has this setting, so that it belongs to this application. */
        boolean hold(String key) {
            return files.stream().anyMatch(file -> properties(file).containsKey(key));
        }

        /** Reports each setting of this library that is in one of them but not in the configuration. */
        void check(ConfigReader reader, Iterable<String> names) {
            Set<String> known = new TreeSet<>();
            names.forEach(known::add);
            files.stream()
                    .flatMap(file -> properties(file).stringPropertyNames().stream())
                    .filter(key -> key.startsWith(Setting.PREFIX) && !known.contains(key) && !reader.isSet(key))
                    .sorted()
                    .forEach(key -> reader.problem(ConfigMessage.UNSEEN, ConfigReader.quotable(key), NAME));
        }

        private static Properties properties(URL file) {
            Properties properties = new Properties();
            try {
                URLConnection connection = file.openConnection();
                connection.setUseCaches(false); // the JVM's cache would keep the jar of an ended application open
                try (InputStream in = connection.getInputStream()) {
                    properties.load(in);
                }
            } catch (IOException | IllegalArgumentException e) {
                return new Properties(); // the server reads it, too, and reports its problems
            }
            return properties;
        }
    }
}
