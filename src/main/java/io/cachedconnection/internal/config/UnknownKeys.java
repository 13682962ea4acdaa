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
 * The check for keys that no setting has, as a rule typing errors. Only keys that begin with exactly the prefix are
 * judged: names of environment variables are listed in forms that differ by server.
 */
final class UnknownKeys {

    private static final int MOST_CHANGES = 3;
    private static final int LETTERS_PER_CHANGE = 3;

    private final ConfigReader reader;
    private final Set<String> caches;
    private final ConfigFiles files;
    private final Set<String> known = new TreeSet<>();

    /** A check for an application with these {@code caches}, whose own settings are in {@code files}. */
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
     * Notes a problem for each of these names that is ours and unknown; a warning where it is for a cache that only a
     * source outside the application knows: such a source is for other applications, too, and they have other caches.
     */
    void check(Iterable<String> names) {
        Set<String> unknown = new TreeSet<>(); // in an order of its own: a configuration has none
        names.forEach(unknown::add);
        unknown.removeAll(known);
        unknown.stream().filter(name -> name.startsWith(Setting.PREFIX)).forEach(this::refuse);
    }

    private void refuse(String key) {
        String shown = ConfigReader.quotable(key);
        String source = reader.source(key);
        int start = Setting.CACHE_PREFIX.length();
        int end = key.startsWith(Setting.CACHE_PREFIX) ? key.indexOf('.', start) : -1; // a cache's name has no point
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
        // Compared without what all have in common, which would make any two look alike.
        int common = Setting.PREFIX.length();
        List<String> names = known.stream().map(name -> name.substring(common)).toList();
        String advice = advice(key.substring(common), names, Setting.PREFIX);
        reader.problem(ConfigMessage.UNKNOWN_KEY, shown, source, advice);
    }

    private static String advice(String word, Collection<String> known, String prefix) {
        return suggestion(word, known)
                .map(nearest -> "Did you mean " + prefix + nearest + "?")
                .orElse("See docs/configuration.md.");
    }

    /** The known word that the fewest changed, added and removed letters turn {@code word} into, if they are few. */
    static Optional<String> suggestion(String word, Collection<String> known) {
        // With more changes it is another word, not a slip.
        int most = Math.min(MOST_CHANGES, (word.length() + LETTERS_PER_CHANGE - 1) / LETTERS_PER_CHANGE);
        return known.stream()
                .filter(candidate -> distance(word, candidate) <= most)
                .min(Comparator.<String>comparingInt(candidate -> distance(word, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    // Levenshtein's; a row says what it costs to turn a head of the one word into each head of the other.
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
     * The files of settings beside this library. The server may not have made them a part of the configuration: as a rule those
     * of the WARs of an EAR. Without a problem for each, their settings would silently not be in force.
     */
    record ConfigFiles(List<URL> files) {

        static final String NAME = "META-INF/microprofile-config.properties";

        /** The files that this class loader finds. */
        static ConfigFiles of(ClassLoader loader) {
            try {
                return new ConfigFiles(Collections.list(loader.getResources(NAME)));
            } catch (IOException e) {
                throw new UncheckedIOException("The class path cannot be read.", e);
            }
        }

        /** Whether one of them has this setting, so that it is one of this application itself. */
        boolean hold(String key) {
            return files.stream().anyMatch(file -> properties(file).containsKey(key));
        }

        /** Notes a problem for each setting of ours that is in one of them and not in the configuration. */
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
                connection.setUseCaches(
                        false); // the JVM's cache would hold on to the jar of an application that has ended
                try (InputStream in = connection.getInputStream()) {
                    properties.load(in);
                }
            } catch (IOException | IllegalArgumentException e) {
                return new Properties(); // the server reads it, too, and says what is wrong with it
            }
            return properties;
        }
    }
}
