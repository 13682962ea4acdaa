package io.cachedconnection.internal.method;

import io.cachedconnection.internal.message.MethodMessage;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** Works one annotated method out, or all that is wrong with it. */
final class MethodReading {

    private final BeanClass bean;
    private final Method method;
    private final Problems problems;

    MethodReading(BeanClass bean, Method method, Problems problems) {
        this.bean = bean;
        this.method = method;
        this.problems = problems;
    }

    /** The method's record; null if it, or the annotation that {@code choice} comes from, has problems. */
    @Nullable CachedMethod read(@Nullable CacheChoice choice, String template) {
        checkModifiers(method.getModifiers());
        Type type = bean.types().resolve(method.getGenericReturnType());
        ReturnedValue returned = new ReturnReading(problems).read(type);
        KeyText keyText = new KeyReading(method, bean.types(), problems).read(template);
        return choice == null || keyText == null || !problems.isEmpty()
                ? null
                : new CachedMethod(bean.name(method), choice, keyText, returned);
    }

    private void checkModifiers(int modifiers) {
        if (Modifier.isPrivate(modifiers)) {
            problems.add(MethodMessage.PRIVATE_METHOD);
        }
        if (Modifier.isStatic(modifiers)) {
            problems.add(MethodMessage.STATIC_METHOD);
        }
        if (Modifier.isFinal(modifiers)) {
            problems.add(MethodMessage.FINAL_METHOD);
        }
    }
}
