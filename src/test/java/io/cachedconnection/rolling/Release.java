package io.cachedconnection.rolling;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A type as one version of an application has it, together with what its repository makes of a row. Thread-safe. */
final class Release {

    private final Method of;
    private final Map<String, Integer> rows = new ConcurrentHashMap<>(); // by what their values look like
    private int known; // how many rows are there; guarded by this

    private Release(Method of) {
        this.of = of;
    }

    static Release of(ClassLoader loader, TypeChange change) {
        try {
            return new Release(loader.loadClass("made.Made$" + change.name()).getMethod("of", int.class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(e);
        }
    }

    Type type() {
        return of.getGenericReturnType();
    }

    /** The value that its repository makes of the row, when that is in version {@code row}. */
    Object value(int row) {
        try {
            return of.invoke(null, row);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Of which version of the row, up to the {@code last}, {@code value} is; -1 if of none. */
    int row(Object value, int last) {
        addUpTo(last);
        return rows.getOrDefault(portrait(value), -1);
    }

    private synchronized void addUpTo(int last) {
        for (; known <= last; known++) {
            rows.put(portrait(value(known)), known);
        }
    }

    String portrait(Object value) {
        return new Portrait(of.getDeclaringClass().getClassLoader()).of(value);
    }
}
