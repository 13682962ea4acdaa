package io.cachedconnection.internal.method;

import io.cachedconnection.internal.message.MethodMessage;
import io.cachedconnection.internal.types.TypeBindings;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the format of a type in a key. Reports a type without an unambiguous text. */
final class FormatReading {

    /** The maximum nesting of records, because a recursive generic type may be infinite. */
    private static final int DEEPEST = 16;

    private static final int MOST_SHOWN = 3;
    private static final Set<Class<?>> SETS = Set.of(Set.class, SortedSet.class, NavigableSet.class);
    private static final String ORDER = "jakarta.data.Order";
    private static final String SORT = "jakarta.data.Sort";

    private final Problems problems;
    private final PropertyReading properties;
    private final Deque<Type> within = new ArrayDeque<>();

    FormatReading(Problems problems) {
        this.problems = problems;
        this.properties = new PropertyReading(problems);
    }

    /** Returns the format of {@code type}, the type of the parameter or property {@code what}. */
    @Nullable PartFormat of(Type type, String what) {
        Class<?> raw = TypeBindings.erased(type);
        PartFormat simple = type instanceof Class<?> ? SimpleFormats.of(raw) : null;
        if (simple != null) {
            return simple;
        }
        if (within.contains(type) || within.size() == DEEPEST) {
            return none(type, what);
        }
        within.push(type);
        PartFormat composed = raw.isRecord() ? ofRecord(type, raw, what) : ofContainer(type, raw, what);
        within.pop();
        return composed;
    }

    private @Nullable PartFormat ofContainer(Type type, Class<?> raw, String what) {
        if (raw.isArray()) {
            Type element = type instanceof GenericArrayType generic
                    ? generic.getGenericComponentType()
                    : Objects.requireNonNull(raw.getComponentType());
            return ofElements(Texts.LIST, element, what);
        }
        if (!(type instanceof ParameterizedType generic)) {
            return none(type, what);
        }
        Type inner = generic.getActualTypeArguments()[0];
        if (raw == List.class) {
            return ofElements(Texts.LIST, inner, what);
        }
        if (SETS.contains(raw)) {
            return ofElements(Texts.SET, inner, what);
        }
        if (raw.getName().equals(ORDER)) {
            return ofElements(Texts.LIST, TypeBindings.parameterized(sort(raw), null, inner), what);
        }
        if (raw == Optional.class && TypeBindings.erased(inner) != Optional.class) {
            PartFormat present = of(inner, "the value of " + what);
            return present == null ? null : new PartFormat.OptionalFormat(present);
        }
        return none(type, what);
    }

    private @Nullable PartFormat ofElements(Texts texts, Type element, String what) {
        PartFormat format = of(element, "an element of " + what);
        return format == null ? null : new PartFormat.ListFormat(texts, format);
    }

    /** Returns the element type of an {@code Order} of Jakarta Data, which may be absent. */
    private static Class<?> sort(Class<?> order) {
        try {
            return Class.forName(SORT, false, order.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("Jakarta Data has " + ORDER + " but no " + SORT + ".", e);
        }
    }

    private @Nullable PartFormat ofRecord(Type type, Class<?> raw, String what) {
        List<PartFormat.RecordFormat.Component> components = Stream.of(raw.getRecordComponents())
                .map(component -> component(component, type, what))
                .filter(Objects::nonNull)
                .toList();
        return components.size() == raw.getRecordComponents().length
                ? new PartFormat.RecordFormat(raw, components)
                : null;
    }

    private PartFormat.RecordFormat.@Nullable Component component(RecordComponent component, Type owner, String what) {
        PropertyReading.Property property = properties.of(component, owner);
        PartFormat format = property == null ? null : of(property.type(), what + "." + component.getName());
        return property == null || format == null ? null : new PartFormat.RecordFormat.Component(property, format);
    }

    private @Nullable PartFormat none(Type type, String what) {
        problems.add(MethodMessage.NO_TEXT, what, type.getTypeName(), byParts(type, what));
        return null;
    }

    /** Suggests a template for parts of the value: its id, or its other one-word properties. */
    private String byParts(Type type, String what) {
        boolean isOfJava = TypeBindings.erased(type).getName().startsWith("java.");
        if (isOfJava || what.contains(" of ")) {
            return "{parameter.id}";
        }
        String owner = what.substring(what.lastIndexOf(' ') + 1); // "parameter 0"
        List<String> words = properties.words(type);
        Stream<String> named = words.isEmpty() || words.contains("id") ? Stream.of("id") : words.stream();
        return named.limit(MOST_SHOWN)
                .map(word -> "{" + owner + "." + word + "}")
                .collect(Collectors.joining(":"));
    }
}
