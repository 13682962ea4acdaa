package io.cachedconnection.internal.json;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;

/** A generic type as a declaration has it: {@code new Types<List<UUID>>() {}.type()}. */
public abstract class Types<T> {

    public final Type type() {
        return ((ParameterizedType) getClass().getGenericSuperclass()).getActualTypeArguments()[0];
    }
}
