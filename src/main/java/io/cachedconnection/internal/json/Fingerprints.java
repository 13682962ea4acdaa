package io.cachedconnection.internal.json;

import java.lang.reflect.Type;

/** Placeholder until J2's is here. */
public final class Fingerprints {
    private Fingerprints() {}

    /** Of the name only. */
    public static long of(Type type) {
        return type.getTypeName().hashCode();
    }
}
