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
 * The types whose values never change, nor anything that can be reached from them, as far as their declarations tell. A
 * type belongs to them only if all that it is made of does. One instance is for one question.
 */
final class ShareableTypes {

    private final Set<Class<?>> records = new HashSet<>(); // looked at; one that holds itself is met again

    private ShareableTypes() {}

    static boolean contains(Type type) {
        try {
            return new ShareableTypes().has(type);
        } catch (LinkageError | TypeNotPresentException e) {
            return false; // a part of it is not there to be looked at
        }
    }

    private boolean has(Type type) {
        if (type instanceof Class<?> plain) {
            return plain.getTypeParameters().length == 0 && hasClass(plain); // a raw type may hold anything
        }
        if (type instanceof ParameterizedType generic) {
            Class<?> raw = (Class<?>) generic.getRawType();
            return hasAll(generic.getActualTypeArguments()) && (raw == Optional.class || hasClass(raw));
        }
        if (type instanceof WildcardType wildcard) {
            return hasAll(wildcard.getUpperBounds());
        }
        // A record is looked at only after all its arguments were found to belong to these types.
        return type instanceof TypeVariable<?> variable && records.contains(variable.getGenericDeclaration());
    }

    private boolean hasAll(Type... types) {
        return Arrays.stream(types).allMatch(this::has);
    }

    private boolean hasClass(Class<?> type) {
        return (type.isPrimitive() && type != void.class)
                || (ClassState.isUnchangingValue(type) && type != URL.class) // whose equals asks the network
                || type.isAnnotationPresent(SharedValue.class)
                || (type.isRecord() && hasRecord(type));
    }

    private boolean hasRecord(Class<?> type) {
        if (!records.add(type)) {
            return true; // as far as it goes: what else it holds is looked at further up
        }
        Type[] components = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getGenericType)
                .toArray(Type[]::new);
        // The JVM sees to it that a component is of its class; a converter could put anything into the others.
        return hasAll(components)
                && (Arrays.stream(components).allMatch(component -> component instanceof Class<?>)
                        || !JsonbAnnotations.convertedInAnyPart(type));
    }
}
