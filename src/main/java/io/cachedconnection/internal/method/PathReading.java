package io.cachedconnection.internal.method;

import io.cachedconnection.internal.message.MethodMessage;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Finds the path that a placeholder names; a name that leads nowhere is a problem. */
final class PathReading {

    private static final int NOWHERE = -1;

    private final List<Root> roots;
    private final int counted;
    private final Problems problems;
    private final PropertyReading properties;

    /** Paths that begin at {@code roots}; the first {@code counted} of them are arguments and have an index as well. */
    PathReading(List<Root> roots, int counted, Problems problems) {
        this.roots = roots;
        this.counted = counted;
        this.problems = problems;
        this.properties = new PropertyReading(problems);
    }

    @Nullable Path read(List<String> names) {
        int argument = KeyTemplate.isIndex(names.get(0)) ? counted(names.get(0)) : named(names.get(0));
        Path path = argument == NOWHERE
                ? null
                : new Path(argument, List.of(), roots.get(argument).type());
        for (int i = 1; path != null && i < names.size(); i++) {
            Property next = properties.named(names.get(i), path.type());
            path = next == null ? null : path.then(next);
        }
        return path;
    }

    private int counted(String digits) {
        int index = Integer.parseInt(digits);
        if (index < counted) {
            return index;
        }
        problems.add(MethodMessage.INDEX_OUT_OF_RANGE, digits, counted);
        return NOWHERE;
    }

    private int named(String name) {
        int index = IntStream.range(0, roots.size())
                .filter(i -> name.equals(roots.get(i).name()))
                .findFirst()
                .orElse(NOWHERE);
        if (index == NOWHERE) {
            unknown(name);
        }
        return index;
    }

    private void unknown(String name) {
        if (roots.stream().anyMatch(root -> root.name() == null)) {
            problems.add(MethodMessage.NAMES_NOT_COMPILED, name);
            return;
        }
        String known = roots.stream().map(root -> Objects.toString(root.name())).collect(Collectors.joining(", "));
        problems.add(MethodMessage.UNKNOWN_PARAMETER, name, known.isEmpty() ? "none" : known);
    }
}
