package io.cachedconnection.internal.config;

import io.cachedconnection.internal.message.ConfigMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLConnection;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

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
            connection.setUseCaches(false); // the JVM's cache would hold on to the jar of an application that has ended
            try (InputStream in = connection.getInputStream()) {
                properties.load(in);
            }
        } catch (IOException | IllegalArgumentException e) {
            return new Properties(); // the server reads it, too, and says what is wrong with it
        }
        return properties;
    }
}
