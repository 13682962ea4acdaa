package io.cachedconnection.internal.method;

import io.cachedconnection.internal.message.MethodMessage;
import java.lang.reflect.Method;
import java.util.List;
import java.util.stream.Stream;

/** The annotations on interfaces and abstract methods that a bean implements: CDI does not see them there. */
record UnseenAnnotations(BeanClass bean) {

    /** A message for each that the bean does not repeat. */
    List<String> problems() {
        return Stream.concat(onInterfaces(), onMethods()).toList();
    }

    private Stream<String> onInterfaces() {
        return CachedConnectionSearch.on(bean.type()) != null
                ? Stream.of()
                : Ancestry.interfaces(bean.type()).stream()
                        .filter(each -> CachedConnectionSearch.on(each) != null)
                        .map(each -> MethodMessage.NOT_REPEATED.with(bean.name(), each.getSimpleName()));
    }

    private Stream<String> onMethods() {
        List<Method> seen = bean.methods();
        return bean.unseenMethods().stream()
                .filter(unseen -> CachedConnectionSearch.on(unseen) != null)
                .filter(unseen -> seen.stream().noneMatch(method -> repeats(method, unseen)))
                .map(unseen -> MethodMessage.NOT_REPEATED.with(
                        bean.name(unseen), unseen.getDeclaringClass().getSimpleName()));
    }

    private boolean repeats(Method method, Method unseen) {
        return bean.signature(method).equals(bean.signature(unseen)) && CachedConnectionSearch.on(method) != null;
    }
}
