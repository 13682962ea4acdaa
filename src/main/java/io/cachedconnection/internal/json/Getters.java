package io.cachedconnection.internal.json;

import jakarta.json.bind.annotation.JsonbTransient;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;

/** The names of methods that JSON-B takes for the getters and setters of properties. */
final class Getters {

    private static final String GET = "get";
    private static final String IS = "is";
    private static final String SET = "set";

    private Getters() {}

    /** Whether {@code method} may be one, whoever may call it. */
    static boolean isGetter(Method method) {
        String name = method.getName();
        return method.getParameterCount() == 0
                && !Modifier.isStatic(method.getModifiers())
                && method.getReturnType() != void.class
                && (hasPrefix(name, GET) || (hasPrefix(name, IS) && isTruth(method.getReturnType())));
    }

    /** Whether {@code method} may be the setter of one, whoever may call it. */
    static boolean isSetter(Method method) {
        return method.getParameterCount() == 1
                && !Modifier.isStatic(method.getModifiers())
                && hasPrefix(method.getName(), SET);
    }

    /** Whether {@code method} is a getter of {@code type} that has neither a field of its name nor a setter. */
    static boolean isLone(Method method, Class<?> type) {
        if (!isGetter(method)
                || method.isBridge()
                || ResolvedType.isOfPlatform(method.getDeclaringClass())
                || method.isAnnotationPresent(JsonbTransient.class)) {
            return false;
        }
        String name = method.getName().substring(method.getName().startsWith(GET) ? GET.length() : IS.length());
        boolean settable = Arrays.stream(type.getMethods())
                .anyMatch(other -> isSetter(other) && other.getName().equals(SET + name));
        return !settable && Property.of(type).stream().noneMatch(property -> method.equals(property.getter()));
    }

    private static boolean hasPrefix(String name, String prefix) {
        return name.length() > prefix.length() && name.startsWith(prefix);
    }

    private static boolean isTruth(Class<?> type) {
        return type == boolean.class || type == Boolean.class;
    }
}
