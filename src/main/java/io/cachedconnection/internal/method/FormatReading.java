package io.cachedconnection.internal.method;

import io.cachedconnection.internal.message.MethodMessage;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the format of a type; a type without an unambiguous text is a problem. */
final class FormatReading {

    /** A record in a record in a record, and so on: at most as deep as anyone needs, since a type may grow for ever. */
    private static final int DEEPEST = 16;

    private final Problems problems;
    private final PropertyReading properties;
    private final Deque<Type> within = new ArrayDeque<>();

    FormatReading(Problems problems) {
        this.problems = problems;
        this.properties = new PropertyReading(problems);
    }

    /** The format of {@code type}, which is that of the parameter or property {@code what}. */
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
        PartFormat composed = raw.isRecord() ? ofRecord(type, raw, what) : ofContainer(type, what);
        within.pop();
        return composed;
    }

    private @Nullable PartFormat ofContainer(Type type, String what) {
        if (!(type instanceof ParameterizedType generic)) {
            return none(type, what);
        }
        Type inner = generic.getActualTypeArguments()[0];
        if (generic.getRawType() == List.class) {
            PartFormat element = of(inner, "an element of " + what);
            return element == null ? null : new ListFormat(element);
        }
        if (generic.getRawType() == Optional.class && TypeBindings.erased(inner) != Optional.class) {
            PartFormat present = of(inner, "the value of " + what);
            return present == null ? null : new OptionalFormat(present);
        }
        return none(type, what);
    }

    private @Nullable PartFormat ofRecord(Type type, Class<?> raw, String what) {
        List<RecordFormat.Component> components = Stream.of(raw.getRecordComponents())
                .map(component -> component(component, type, what))
                .filter(Objects::nonNull)
                .toList();
        return components.size() == raw.getRecordComponents().length ? new RecordFormat(components) : null;
    }

    private RecordFormat.@Nullable Component component(RecordComponent component, Type owner, String what) {
        Property property = properties.of(component, owner);
        PartFormat format = property == null ? null : of(property.type(), what + "." + component.getName());
        return property == null || format == null ? null : new RecordFormat.Component(property, format);
    }

    private @Nullable PartFormat none(Type type, String what) {
        problems.add(MethodMessage.NO_TEXT, what, type.getTypeName());
        return null;
    }
}
