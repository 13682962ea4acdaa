package io.cachedconnection.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/** The newest JDK that is installed where the JDK of the tests is, or in the usual places: it may have virtual threads. */
public final class NewestJdk {

    private static final List<Path> PLACES = List.of(
            Path.of(System.getProperty("java.home")).toAbsolutePath().getParent(),
            Path.of("/usr/lib/jvm"),
            Path.of("/opt/java"),
            Path.of(System.getProperty("user.home"), ".sdkman", "candidates", "java"),
            Path.of(System.getProperty("user.home"), ".jdks"));

    private NewestJdk() {}

    /** Its {@code java}, if its version is {@code least} or later. */
    public static Optional<Path> java(int least) {
        Stream<Path> siblings = PLACES.stream().filter(Files::isDirectory).flatMap(NewestJdk::children);
        Stream<Path> named = System.getenv().entrySet().stream()
                .filter(variable -> variable.getKey().startsWith("JAVA_HOME"))
                .map(Map.Entry::getValue)
                .map(Path::of);
        return Stream.concat(siblings, named)
                .filter(home -> version(home) >= least)
                .max(Comparator.comparingInt(NewestJdk::version))
                .map(home -> home.resolve("bin").resolve("java"));
    }

    private static Stream<Path> children(Path place) {
        try (Stream<Path> children = Files.list(place)) {
            return children.toList().stream();
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    /** Zero if there is no JDK, or one that does not tell. */
    private static int version(Path home) {
        Properties release = new Properties();
        try (var text = Files.newBufferedReader(home.resolve("release"))) {
            release.load(text);
        } catch (IOException e) {
            return 0;
        }
        String version = release.getProperty("JAVA_VERSION", "0").replace("\"", "");
        return Files.isExecutable(home.resolve("bin").resolve("java"))
                ? Runtime.Version.parse(version).feature()
                : 0;
    }
}
