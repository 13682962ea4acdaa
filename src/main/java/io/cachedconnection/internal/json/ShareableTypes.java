package io.cachedconnection.internal.json;

import io.cachedconnection.SharedValue;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.net.URL;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Finds types whose values are deeply immutable, as far as declarations tell: a type is one of them only if all its parts are.
 * Use one instance for one query.
 */
final class ShareableTypes {

    private final Set<Class<?>> records = new HashSet<>(); // records in progress; a recursive one is met again

    private ShareableTypes() {}

    static boolean contains(Type type) {
        try {
            return new ShareableTypes().has(type);
        } catch (LinkageError | TypeNotPresentException e) {
            return false; // a part of the type is missing
        }
    }

    private boolean has(Type type) {
        if (type instanceof Class<?> plain) {
            return plain.getTypeParameters().length == 0 && hasClass(plain); // a raw type may contain anything
        }
        if (type instanceof ParameterizedType generic) {
            Class<?> raw = (Class<?>) generic.getRawType();
            return hasAll(generic.getActualTypeArguments()) && (raw == Optional.class || hasClass(raw));
        }
        if (type instanceof WildcardType wildcard) {
            return hasAll(wildcard.getUpperBounds());
        }
        // A record is examined only after all its arguments qualified.
        return type instanceof TypeVariable<?> variable && records.contains(variable.getGenericDeclaration());
    }

    private boolean hasAll(Type... types) {
        return Arrays.stream(types).allMatch(this::has);
    }

    private boolean hasClass(Class<?> type) {
        return (type.isPrimitive() && type != void.class)
                || (ClassState.isUnchangingValue(type) && type != URL.class) // the equals of a URL queries DNS
                || type.isAnnotationPresent(SharedValue.class)
                || (type.isRecord() && hasRecord(type));
    }

    private boolean hasRecord(Class<?> type) {
        if (!records.add(type)) {
            return true; // so far; its other components are examined in the outer call
        }
        Type[] components = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getGenericType)
                .toArray(Type[]::new);
        // The JVM guarantees the class of a component; in other places a converter could put any object.
        return hasAll(components)
                && (Arrays.stream(components).allMatch(component -> component instanceof Class<?>)
                        || !JsonbAnnotations.convertedInAnyPart(type));
    }
}
