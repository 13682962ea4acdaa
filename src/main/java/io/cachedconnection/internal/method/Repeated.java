package io.cachedconnection.internal.method;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * The methods that the compiler repeats in a public class because the superclass that has them is not public. A container
 * calls these, with the annotations that the compiler has copied; they do nothing but call the other on {@code super}.
 */
final class Repeated {

    private Repeated() {}

    /** The method that was written: {@code method} itself, as a rule. */
    static Method original(Method method) {
        if (!method.isBridge()) {
            return method;
        }
        return Ancestry.classes(method.getDeclaringClass()).stream()
                .flatMap(each -> Stream.of(each.getDeclaredMethods()))
                .filter(each -> !each.isBridge() && isSame(each, method))
                .findFirst()
                .orElse(method);
    }

    private static boolean isSame(Method one, Method other) {
        return one.getName().equals(other.getName())
                && one.getReturnType() == other.getReturnType()
                && Arrays.equals(one.getParameterTypes(), other.getParameterTypes());
    }
}
