package io.cachedconnection.rolling;

import io.cachedconnection.internal.json.CompiledSources;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Two versions of an application, in which each type is changed that can be; each in a class loader of its own. */
final class Releases {

    private final ClassLoader before;
    private final ClassLoader after;

    Releases(Path folder) {
        before = loader(folder, TypeChange::before);
        after = loader(folder, TypeChange::after);
    }

    private static ClassLoader loader(Path folder, Function<TypeChange, String> side) {
        String classes = Arrays.stream(TypeChange.values()).map(side).collect(Collectors.joining());
        return new CompiledSources(folder)
                .made("public class Made {\n" + classes + "}")
                .getClassLoader();
    }

    Release before(TypeChange change) {
        return Release.of(before, change);
    }

    Release after(TypeChange change) {
        return Release.of(after, change);
    }
}
