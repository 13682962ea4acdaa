package io.cachedconnection.testing;

import java.lang.invoke.MethodType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** Tells whether a value conforms to a type, with all it consists of. */
public final class TypeConformance {

    private TypeConformance() {}

    /** Whether the value is of the type, down to the last component; by other means than the codec's own. */
    public static boolean conforms(Type type, Object value) {
        if (value == null) {
            return !(type instanceof Class<?> plain && plain.isPrimitive());
        }
        if (type instanceof ParameterizedType generic) {
            return ((Class<?>) generic.getRawType()).isInstance(value) && contentIsA(generic, value);
        }
        Class<?> plain = MethodType.methodType((Class<?>) type).wrap().returnType();
        return plain.isInstance(value)
                && (!plain.isRecord() || componentsAre(plain, value))
                && (!(value instanceof Object[] array) || elementsAre(plain.getComponentType(), array));
    }

    private static boolean contentIsA(ParameterizedType type, Object value) {
        Type[] arguments = type.getActualTypeArguments();
        if (value instanceof Map<?, ?> map) {
            return map.keySet().stream().allMatch(key -> conforms(arguments[0], key))
                    && map.values().stream().allMatch(content -> conforms(arguments[1], content));
        }
        Collection<?> elements =
                value instanceof Optional<?> optional ? optional.stream().toList() : (Collection<?>) value;
        return elements.stream().allMatch(element -> conforms(arguments[0], element));
    }

    private static boolean componentsAre(Class<?> type, Object value) {
        return Arrays.stream(type.getRecordComponents())
                .allMatch(component -> conforms(component.getGenericType(), component(component, value)));
    }

    private static Object component(RecordComponent component, Object value) {
        try {
            return component.getAccessor().invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    private static boolean elementsAre(Class<?> type, Object[] elements) {
        return Arrays.stream(elements).allMatch(element -> conforms(type, element));
    }
}
