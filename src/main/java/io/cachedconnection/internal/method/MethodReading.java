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
        checkModifiers(method.getModifiers(), problems);
        if (SessionBean.beginsTransaction(bean.type(), method)) {
            problems.add(MethodMessage.IN_A_NEW_TRANSACTION);
        }
        Type type = bean.types().resolve(method.getGenericReturnType());
        ReturnedValue returned = new ReturnReading(problems).read(type);
        KeyText keyText = keyText(template);
        return choice == null || keyText == null || !problems.isEmpty()
                ? null
                : new CachedMethod(bean.name(method), choice, keyText, returned);
    }

    private @Nullable KeyText keyText(String template) {
        KeyReading keys = new KeyReading(new KeyParameters(bean, method), problems);
        if (!template.isEmpty() && keys.isMarked()) {
            problems.add(MethodMessage.KEY_TWICE);
        }
        return keys.read(template);
    }

    /** CDI intercepts only what a subclass can override. */
    static void checkModifiers(int modifiers, Problems problems) {
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
