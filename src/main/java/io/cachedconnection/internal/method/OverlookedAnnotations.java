package io.cachedconnection.internal.method;

import io.cachedconnection.CachedConnection;
import io.cachedconnection.EvictConnection;
import io.cachedconnection.EvictConnections;
import io.cachedconnection.PutConnection;
import io.cachedconnection.internal.message.MethodMessage;
import io.cachedconnection.internal.types.ClassDescription;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.List;
import java.util.stream.Stream;

/** The annotations with one of ours on them that are no interceptor bindings: they would do nothing. */
final class OverlookedAnnotations {

    static final List<Class<? extends Annotation>> OURS =
            List.of(CachedConnection.class, EvictConnection.class, EvictConnections.class, PutConnection.class);

    private OverlookedAnnotations() {}

    /** A message for each on the bean, on what it implements, and on their methods. */
    static List<String> problems(BeanClass bean) {
        return Stream.concat(onClasses(bean), onMethods(bean)).distinct().toList();
    }

    private static Stream<String> onClasses(BeanClass bean) {
        return new ClassDescription(bean.type())
                .ancestors().stream().flatMap(each -> problems(each.getSimpleName(), each));
    }

    private static Stream<String> onMethods(BeanClass bean) {
        return Stream.concat(bean.methods().stream(), bean.unseenMethods().stream())
                .flatMap(method -> problems(bean.name(method), method));
    }

    private static Stream<String> problems(String subject, AnnotatedElement element) {
        return AnnotationSearch.overlooked(OURS, element).stream()
                .map(Class::getSimpleName)
                .map(name -> MethodMessage.OVERLOOKED.with(subject, name, name));
    }
}
