package io.cachedconnection.internal.method;

import io.cachedconnection.internal.message.MethodMessage;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads one annotated method, or reports all its problems. */
final class MethodReading {

    private final BeanClass bean;
    private final Method method;
    private final Problems problems;

    MethodReading(BeanClass bean, Method method, Problems problems) {
        this.bean = bean;
        this.method = method;
        this.problems = problems;
    }

    /**
     * Returns the method's record; null without a cache, key or type. A record with problems serves for comparison with others,
     * so that all problems are reported at once.
     */
    @Nullable CachedMethod read(ChoiceReading.@Nullable CacheChoice choice, String template, String[] tags) {
        checkModifiers(method.getModifiers(), problems);
        if (bean.isAdopted(method)) {
            problems.add(MethodMessage.ADOPTED);
        }
        if (SessionBean.beginsTransaction(bean.type(), method)) {
            problems.add(MethodMessage.IN_A_NEW_TRANSACTION);
        }
        Type type = bean.types().resolve(method.getGenericReturnType());
        int before = problems.messages().size();
        ReturnReading.ReturnedValue returned = new ReturnReading(problems).read(type);
        boolean isKept = problems.messages().size() == before;
        Type later = bean.laterIn(type);
        if (LaterTypes.isSuspended(method)) {
            problems.add(MethodMessage.SUSPENDED);
        } else if (later != null && before == 0 && problems.isEmpty()) { // otherwise its problem is already reported
            problems.add(MethodMessage.MAY_RETURN_LATER, type.getTypeName(), later.getTypeName());
        }
        KeyReading keys = new KeyReading(bean, method, problems);
        KeyText keyText = keyText(keys, template);
        Tags read =
                Tags.ofEntry(tags, problems, (tag, found) -> keys.telling(found).read(tag));
        if (choice == null || keyText == null || !isKept) {
            return null;
        }
        return new CachedMethod(
                bean.name(method),
                source(),
                choice,
                new Tags.KeyAndTags(keyText, read),
                returned,
                OtherInterceptors.isAny(bean, method),
                OwnTransaction.isBegun(bean.type(), method));
    }

    /**
     * Returns the identity of the lookup. A subclass of a concrete superclass inherits the same lookup; an abstract superclass
     * leaves open what is looked up.
     */
    private String source() {
        boolean isOpen = Modifier.isAbstract(method.getDeclaringClass().getModifiers());
        return isOpen ? bean.type().getName() + " " + method : method.toString();
    }

    private @Nullable KeyText keyText(KeyReading keys, String template) {
        boolean isSaidTwice = !template.isEmpty() && keys.isMarked();
        if (isSaidTwice) {
            problems.add(MethodMessage.KEY_TWICE);
        }
        KeyText keyText = keys.read(template);
        if (keyText != null && !isSaidTwice && !LaterTypes.isSuspended(method)) {
            keys.unused(keyText).forEach(name -> problems.add(MethodMessage.UNUSED_PARAMETER, name));
        }
        return keyText;
    }

    /** Checks that a subclass can override the method, which CDI needs to intercept it. */
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

    /**
     * The transaction that {@code @Transactional} begins for a method. Jakarta Transactions may be absent, so its annotation is
     * known by name.
     */
    static final class OwnTransaction {

        private static final String TRANSACTIONAL = "jakarta.transaction.Transactional";
        private static final Set<String> BEGINNING = Set.of("REQUIRED", "REQUIRES_NEW");

        private OwnTransaction() {}

        /** Whether the annotation of the method, or else of the bean, begins a transaction if there is none. */
        static boolean isBegun(Class<?> bean, Method method) {
            return Stream.of(method, bean)
                    .flatMap(element -> AnnotationSearch.whereCdiLooks(element).stream())
                    .flatMap(each -> Stream.of(each.getAnnotations()))
                    .filter(each -> each.annotationType().getName().equals(TRANSACTIONAL))
                    .map(SessionBean::value)
                    .findFirst()
                    .map(BEGINNING::contains)
                    .orElse(false);
        }
    }
}
