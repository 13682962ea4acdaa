package io.cachedconnection.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A provider of JSON-B with its JSON-P, in a class loader of its own, where it is found first. */
public enum Provider {
    /** With Parsson, both among the libraries of the run. */
    YASSON("org.eclipse.yasson."),
    /** With its own JSON-P, beside them. */
    JOHNZON("org.apache.johnzon.");

    private final String home;

    Provider(String home) {
        this.home = home;
    }

    /** What {@link CodecCalls} has for this sample. */
    @SuppressWarnings("unchecked") // as CodecCalls says
    Map<String, Supplier<Object>> calls(Sample sample) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        ClassLoader loader = loader();
        thread.setContextClassLoader(loader); // through which JSON-B looks for its provider
        try {
            Class<?> type = Class.forName(CodecCalls.class.getName(), true, loader);
            Object calls = type.getConstructor().newInstance();
            return checked(((Function<String, Map<String, Supplier<Object>>>) calls).apply(sample.name()));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private Map<String, Supplier<Object>> checked(Map<String, Supplier<Object>> calls) {
        Object found = calls.get(CodecCalls.PROVIDER).get();
        if (!found.toString().startsWith(home)) {
            throw new IllegalStateException("Another provider than " + this + ": " + found);
        }
        return calls;
    }

    /** The jar of the run names its libraries, so that what stands before it in the path is found before them. */
    private ClassLoader loader() {
        try {
            Path jar = Path.of(Provider.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            List<URL> path = new ArrayList<>();
            if (this == JOHNZON) {
                path.addAll(jars(jar.resolveSibling("johnzon")));
            }
            path.add(url(jar));
            return new URLClassLoader(path.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
        } catch (URISyntaxException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<URL> jars(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .map(Provider::url)
                    .toList();
        }
    }

    private static URL url(Path file) {
        try {
            return file.toUri().toURL();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
