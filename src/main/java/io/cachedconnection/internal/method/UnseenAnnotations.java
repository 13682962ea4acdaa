package io.cachedconnection.internal.method;

import io.cachedconnection.internal.message.MethodMessage;
import io.cachedconnection.internal.types.ClassDescription;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The annotations on interfaces and abstract methods that a bean implements: CDI does not see them there. */
record UnseenAnnotations(BeanClass bean, Predicate<AnnotatedElement> carries, MethodMessage message) {

    /** A message for each that the bean does not repeat. */
    List<String> problems() {
        return Stream.concat(onInterfaces(), onMethods()).toList();
    }

    private Stream<String> onInterfaces() {
        return carries.test(bean.type())
                ? Stream.of()
                : new ClassDescription(bean.type())
                        .interfaces().stream()
                                .filter(carries)
                                .map(each -> message.with(bean.name(), each.getSimpleName()));
    }

    private Stream<String> onMethods() {
        return notRepeated(bean.unseenMethods());
    }

    /** A message for each method of a superclass that the bean overrides without what it carries. */
    List<String> problemsOfOverriding() {
        return notRepeated(bean.overriddenMethods()).toList();
    }

    private Stream<String> notRepeated(List<Method> methods) {
        List<Method> seen = bean.methods();
        return methods.stream()
                .filter(carries)
                .filter(unseen -> seen.stream().noneMatch(method -> repeats(method, unseen)))
                .map(unseen -> message.with(
                        bean.name(unseen), unseen.getDeclaringClass().getSimpleName()));
    }

    private boolean repeats(Method method, Method unseen) {
        return bean.signature(method).equals(bean.signature(unseen)) && carries.test(method);
    }
}
