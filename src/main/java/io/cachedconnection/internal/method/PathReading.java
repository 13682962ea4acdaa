package io.cachedconnection.internal.method;

import io.cachedconnection.internal.message.MethodMessage;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the path of a placeholder. Reports a name that leads nowhere. */
final class PathReading {

    private static final int NOWHERE = -1;

    private final List<Root> roots;
    private final int counted;
    private final Problems problems;
    private final PropertyReading properties;

    /** Creates a reading of paths from {@code roots}; the first {@code counted} are arguments and also have an index. */
    PathReading(List<Root> roots, int counted, Problems problems) {
        this.roots = roots;
        this.counted = counted;
        this.problems = problems;
        this.properties = new PropertyReading(problems);
    }

    @Nullable Path read(List<String> names) {
        int argument = argument(names.get(0));
        Path path = argument == NOWHERE
                ? null
                : new Path(argument, List.of(), roots.get(argument).type());
        for (int i = 1; path != null && i < names.size(); i++) {
            PropertyReading.Property next = properties.named(names.get(i), path.type());
            path = next == null ? null : path.then(next);
        }
        return path;
    }

    private int argument(String name) {
        if (KeyTemplate.isIndex(name)) {
            int index = Integer.parseInt(name);
            if (index >= counted) {
                problems.add(MethodMessage.INDEX_OUT_OF_RANGE, name, counted);
            }
            return index < counted ? index : NOWHERE;
        }
        int index = IntStream.range(0, roots.size())
                .filter(i -> name.equals(roots.get(i).name()))
                .findFirst()
                .orElse(NOWHERE);
        if (index == NOWHERE && roots.stream().anyMatch(root -> root.name() == null)) {
            problems.add(MethodMessage.NAMES_NOT_COMPILED, name);
        } else if (index == NOWHERE) {
            String known =
                    roots.stream().map(root -> Objects.toString(root.name())).collect(Collectors.joining(", "));
            problems.add(MethodMessage.UNKNOWN_PARAMETER, name, known.isEmpty() ? "none" : known);
        }
        return index;
    }

    /**
     * The path from the arguments of a call to one value.
     *
     * @param argument the index of the argument where it begins
     * @param steps the properties along the path
     * @param type the declared type at its end
     */
    record Path(int argument, List<PropertyReading.Property> steps, Type type) {

        Path then(PropertyReading.Property next) {
            return new Path(
                    argument, Stream.concat(steps.stream(), Stream.of(next)).toList(), next.type());
        }

        /** Returns the value at its end; null if it or a value on the way is null. */
        @Nullable Object follow(@Nullable Object[] arguments) {
            Object value = arguments[argument];
            for (int i = 0; value != null && i < steps.size(); i++) { // no iterator, because it runs in every lookup
                value = steps.get(i).of(value);
            }
            return value;
        }
    }

    /**
     * The start of a path: a parameter, or another value that is passed like an argument.
     *
     * @param name its name; null if the class was compiled without parameter names
     * @param type its declared type, with type variables resolved
     */
    record Root(@Nullable String name, Type type) {}
}
