package io.cachedconnection.internal.method;

import io.cachedconnection.CacheKey;
import io.cachedconnection.internal.message.MethodMessage;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds out how the key of one method is made. */
final class KeyReading {

    private final Method method;
    private final List<Root> roots;
    private final Problems problems;

    KeyReading(Method method, TypeBindings types, Problems problems) {
        this.method = method;
        this.roots = Stream.of(method.getParameters())
                .map(parameter -> Root.of(parameter, types))
                .toList();
        this.problems = problems;
    }

    /** The key by {@code template}, or by the parameters if that is empty. */
    @Nullable KeyText read(String template) {
        KeyTemplate parsed = template.isEmpty() ? ofParameters() : parsed(template);
        return parsed == null ? null : keyText(parsed);
    }

    private @Nullable KeyTemplate ofParameters() {
        List<Integer> marked = marked();
        List<Integer> chosen =
                marked.isEmpty() ? IntStream.range(0, roots.size()).boxed().toList() : marked;
        if (chosen.isEmpty()) {
            problems.add(MethodMessage.NO_KEY);
            return null;
        }
        return KeyTemplate.ofParameters(chosen);
    }

    private @Nullable KeyTemplate parsed(String template) {
        if (!marked().isEmpty()) {
            problems.add(MethodMessage.KEY_TWICE);
        }
        try {
            return KeyTemplate.parse(template);
        } catch (IllegalArgumentException e) {
            problems.add(MethodMessage.MALFORMED_TEMPLATE, template, Objects.toString(e.getMessage()));
            return null;
        }
    }

    private List<Integer> marked() {
        return IntStream.range(0, roots.size())
                .filter(i -> method.getParameters()[i].isAnnotationPresent(CacheKey.class))
                .boxed()
                .toList();
    }

    private @Nullable KeyText keyText(KeyTemplate template) {
        List<KeyPart> parts = template.placeholders().stream()
                .map(this::part)
                .filter(Objects::nonNull)
                .toList();
        boolean complete = parts.size() == template.placeholders().size();
        return complete ? new KeyText(template.literals(), parts) : null;
    }

    private @Nullable KeyPart part(List<String> names) {
        Path path = new PathReading(roots, problems).read(names);
        PartFormat format = path == null ? null : new FormatReading(problems).of(path.type(), label(path, names));
        return path == null || format == null ? null : new KeyPart(path, format);
    }

    private String label(Path path, List<String> names) {
        String root = Objects.requireNonNullElse(roots.get(path.argument()).name(), "parameter " + path.argument());
        return Stream.concat(Stream.of(root), names.stream().skip(1))
                .reduce((a, b) -> a + "." + b)
                .orElseThrow();
    }
}
