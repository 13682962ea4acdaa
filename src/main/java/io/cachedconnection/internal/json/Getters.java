package io.cachedconnection.internal.json;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;

/** The names of methods that JSON-B takes for the getters of properties. */
final class Getters {

    private static final String GET = "get";
    private static final String IS = "is";

    private Getters() {}

    /** Whether {@code method} may be one, whoever may call it. */
    static boolean isGetter(Method method) {
        String name = method.getName();
        return method.getParameterCount() == 0
                && !Modifier.isStatic(method.getModifiers())
                && method.getReturnType() != void.class
                && (hasPrefix(name, GET) || (hasPrefix(name, IS) && isTruth(method.getReturnType())));
    }

    private static boolean hasPrefix(String name, String prefix) {
        return name.length() > prefix.length() && name.startsWith(prefix);
    }

    private static boolean isTruth(Class<?> type) {
        return type == boolean.class || type == Boolean.class;
    }
}
