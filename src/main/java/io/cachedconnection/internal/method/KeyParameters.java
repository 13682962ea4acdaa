package io.cachedconnection.internal.method;

import io.cachedconnection.CacheKey;
import io.cachedconnection.NotInKey;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a method as its key sees them. What the method does not tell of them is what those tell that it
 * implements: a class that was generated from an interface has no {@code @CacheKey} and perhaps no names.
 *
 * @param bean the class of the bean
 * @param method its method
 */
record KeyParameters(BeanClass bean, Method method) {

    int count() {
        return method.getParameterCount();
    }

    /** One for each parameter. */
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

    /** Whether the parameter is marked to be no part of the key. */
    boolean isNotInKey(int index) {
        return Stream.concat(Stream.of(method), bean.implementedBy(method).stream())
                .anyMatch(each -> each.getParameters()[index].isAnnotationPresent(NotInKey.class));
    }

    /** The indices of the parameters that are marked to be the key; more than one list if it is not clear which ones. */
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
