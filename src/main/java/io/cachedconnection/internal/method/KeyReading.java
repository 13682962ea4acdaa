package io.cachedconnection.internal.method;

import io.cachedconnection.CacheKey;
import io.cachedconnection.NotInKey;
import io.cachedconnection.internal.message.MethodMessage;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Determines how the key of one method is made. */
final class KeyReading {

    private final KeyParameters parameters;
    private final List<PathReading.Root> roots;
    private final Problems problems;

    KeyReading(BeanClass bean, Method method, Problems problems) {
        this.parameters = new KeyParameters(bean, method);
        this.roots = parameters.roots();
        this.problems = problems;
    }

    private KeyReading(KeyParameters parameters, List<PathReading.Root> roots, Problems problems) {
        this.parameters = parameters;
        this.roots = roots;
        this.problems = problems;
    }

    /** Returns a reading in which keys may also begin at {@code more}, which follows the arguments. */
    KeyReading with(PathReading.Root more) {
        return new KeyReading(
                parameters, Stream.concat(roots.stream(), Stream.of(more)).toList(), problems);
    }

    /** Returns a reading that reports problems to {@code others}. */
    KeyReading telling(Problems others) {
        return new KeyReading(parameters, roots, others);
    }

    /** Whether a parameter has this name. */
    boolean hasParameter(String name) {
        return roots.stream().limit(parameters.count()).anyMatch(root -> name.equals(root.name()));
    }

    /** Whether parameters are marked as the key. */
    boolean isMarked() {
        return !parameters.marked().isEmpty();
    }

    /** Returns the key by {@code template}, or by the parameters if the template is empty. */
    @Nullable KeyText read(String template) {
        if (!template.isEmpty()) {
            return read(template, roots, parameters.count(), problems);
        }
        KeyTemplate ofParameters = ofParameters();
        return ofParameters == null ? null : keyText(ofParameters, roots, parameters.count(), problems);
    }

    /** Reads {@code template}; the first {@code counted} of {@code roots} also have an index. */
    static @Nullable KeyText read(String template, List<PathReading.Root> roots, int counted, Problems problems) {
        KeyTemplate parsed;
        try {
            parsed = KeyTemplate.parse(template);
        } catch (IllegalArgumentException e) {
            problems.add(MethodMessage.MALFORMED_TEMPLATE, template, Objects.toString(e.getMessage()));
            return null;
        }
        return keyText(parsed, roots, counted, problems);
    }

    private @Nullable KeyTemplate ofParameters() {
        List<List<Integer>> marked = parameters.marked();
        if (marked.size() > 1) {
            problems.add(MethodMessage.MARKS_DISAGREE);
            return null;
        }
        List<Integer> chosen = marked.isEmpty() ? all() : marked.get(0);
        if (chosen.isEmpty()) {
            problems.add(MethodMessage.NO_KEY);
            return null;
        }
        return KeyTemplate.ofParameters(chosen);
    }

    private List<Integer> all() {
        return IntStream.range(0, parameters.count())
                .filter(i -> !parameters.isNotInKey(i))
                .boxed()
                .toList();
    }

    /** Returns the names of the parameters that are neither in the key nor excluded from it. */
    List<String> unused(KeyText key) {
        return IntStream.range(0, parameters.count())
                .filter(i -> key.parts().stream().noneMatch(part -> part.path().argument() == i))
                .filter(i -> !parameters.isNotInKey(i))
                .mapToObj(this::name)
                .toList();
    }

    private String name(int parameter) {
        return name(roots, parameter);
    }

    private static String name(List<PathReading.Root> roots, int parameter) {
        return Objects.requireNonNullElse(roots.get(parameter).name(), "parameter " + parameter);
    }

    private static @Nullable KeyText keyText(
            KeyTemplate template, List<PathReading.Root> roots, int counted, Problems problems) {
        List<KeyText.KeyPart> parts = template.placeholders().stream()
                .map(names -> part(names, roots, counted, problems))
                .filter(Objects::nonNull)
                .toList();
        boolean complete = parts.size() == template.placeholders().size();
        return complete ? new KeyText(template.literals(), parts) : null;
    }

    private static KeyText.@Nullable KeyPart part(
            List<String> names, List<PathReading.Root> roots, int counted, Problems problems) {
        PathReading.Path path = new PathReading(roots, counted, problems).read(names);
        if (path == null) {
            return null;
        }
        String label = Stream.concat(
                        Stream.of(name(roots, path.argument())), names.stream().skip(1))
                .collect(Collectors.joining("."));
        PartFormat format = new FormatReading(problems).of(path.type(), label);
        return format == null ? null : new KeyText.KeyPart(path, format);
    }

    /**
     * The parameters of a method for its key. Information that the method lacks comes from the methods that it implements: a
     * class generated from an interface has no {@code @CacheKey} and may have no parameter names.
     *
     * @param bean the class of the bean
     * @param method its method
     */
    record KeyParameters(BeanClass bean, Method method) {

        int count() {
            return method.getParameterCount();
        }

        /** Returns one root for each parameter. */
        List<PathReading.Root> roots() {
            return IntStream.range(0, count()).mapToObj(this::root).toList();
        }

        private PathReading.Root root(int index) {
            return new PathReading.Root(
                    name(index), bean.types().resolve(method.getParameters()[index].getParameterizedType()));
        }

        private @Nullable String name(int index) {
            return Stream.concat(Stream.of(method), bean.implementedBy(method).stream())
                    .map(each -> each.getParameters()[index])
                    .filter(Parameter::isNamePresent)
                    .findFirst()
                    .map(Parameter::getName)
                    .orElse(null);
        }

        /** Whether the parameter is marked as not part of the key. */
        boolean isNotInKey(int index) {
            return Stream.concat(Stream.of(method), bean.implementedBy(method).stream())
                    .anyMatch(each -> each.getParameters()[index].isAnnotationPresent(NotInKey.class));
        }

        /** Returns the indices of the parameters marked as the key; several lists if the marks are ambiguous. */
        List<List<Integer>> marked() {
            List<Integer> own = marked(method);
            return own.isEmpty() ? markedElsewhere() : List.of(own);
        }

        private List<List<Integer>> markedElsewhere() {
            return bean.implementedBy(method).stream()
                    .map(KeyParameters::marked)
                    .filter(marked -> !marked.isEmpty())
                    .distinct()
                    .toList();
        }

        private static List<Integer> marked(Method method) {
            Parameter[] parameters = method.getParameters();
            return IntStream.range(0, parameters.length)
                    .filter(i -> Objects.requireNonNull(parameters[i]).isAnnotationPresent(CacheKey.class))
                    .boxed()
                    .toList();
        }
    }
}
