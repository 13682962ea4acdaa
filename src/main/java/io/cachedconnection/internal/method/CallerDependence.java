package io.cachedconnection.internal.method;

import io.cachedconnection.internal.types.ClassDescription;
import io.cachedconnection.internal.types.TypeBindings;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Finds what a bean can use to identify its caller, on whom its values may depend. By name, because no server has all APIs. */
final class CallerDependence {

    private static final Set<String> CALLERS = Set.of(
            "java.security.Principal",
            "javax.security.auth.Subject",
            "jakarta.security.enterprise.SecurityContext",
            "jakarta.ws.rs.core.SecurityContext",
            "jakarta.ws.rs.core.HttpHeaders",
            "jakarta.ws.rs.core.UriInfo",
            "jakarta.ejb.EJBContext",
            "jakarta.servlet.ServletRequest",
            "jakarta.servlet.http.HttpSession",
            "org.eclipse.microprofile.jwt.JsonWebToken",
            "org.eclipse.microprofile.jwt.ClaimValue");

    /** Types of servers, known by their simple names. */
    private static final Set<String> IDENTITIES = Set.of("SecurityIdentity", "CurrentIdentityAssociation");

    private static final Set<String> INJECTIONS = Set.of(
            "jakarta.inject.Inject", "jakarta.annotation.Resource", "jakarta.ejb.EJB", "jakarta.ws.rs.core.Context");

    private static final Set<String> SCOPES_OF_CALLERS = Set.of(
            "jakarta.enterprise.context.RequestScoped",
            "jakarta.enterprise.context.SessionScoped",
            "jakarta.enterprise.context.ConversationScoped",
            "jakarta.faces.view.ViewScoped",
            "jakarta.ejb.Stateful");

    private CallerDependence() {}

    /** Returns the names of injected types that identify the caller, or of the bean's own scope if it has state. */
    static Set<String> of(Class<?> bean) {
        Set<String> reasons = new LinkedHashSet<>();
        boolean hasState = false;
        for (Class<?> type : new ClassDescription(bean).classes()) {
            for (Field field : type.getDeclaredFields()) {
                boolean isInjected = hasOneOf(INJECTIONS, field);
                hasState |= !isInjected && !Modifier.isStatic(field.getModifiers()) && !field.isSynthetic();
                if (isInjected && hasOneOf(Set.of("org.eclipse.microprofile.jwt.Claim"), field)) {
                    reasons.add("@Claim");
                } else if (isInjected) {
                    tellers(field.getGenericType()).forEach(reasons::add);
                }
            }
            Stream<Constructor<?>> constructors = Stream.of(type.getDeclaredConstructors());
            Stream<Method> methods = Stream.of(type.getDeclaredMethods());
            Stream.<Executable>concat(constructors, methods)
                    .filter(each -> hasOneOf(INJECTIONS, each))
                    .map(each -> List.of(each.getGenericParameterTypes()))
                    .flatMap(Collection::stream)
                    .flatMap(CallerDependence::tellers)
                    .forEach(reasons::add);
        }
        if (hasState) {
            annotations(bean)
                    .filter(each -> SCOPES_OF_CALLERS.contains(each.getName()))
                    .forEach(scope -> reasons.add("@" + scope.getSimpleName()));
        }
        return reasons;
    }

    private static Stream<Class<? extends Annotation>> annotations(AnnotatedElement element) {
        return Stream.of(element.getAnnotations()).map(Annotation::annotationType);
    }

    private static boolean hasOneOf(Set<String> names, AnnotatedElement element) {
        return annotations(element).anyMatch(each -> names.contains(each.getName()));
    }

    /** Returns the type or those inside it, as in {@code Instance<Principal>}, that identify the caller. */
    private static Stream<String> tellers(Type type) {
        Class<?> raw = TypeBindings.erased(type);
        boolean tells =
                new ClassDescription(raw).ancestors().stream().anyMatch(each -> CALLERS.contains(each.getName()))
                        || IDENTITIES.contains(raw.getSimpleName())
                        || hasOneOf(SCOPES_OF_CALLERS, raw);
        Stream<Type> inside = type instanceof ParameterizedType generic
                ? Stream.of(generic.getActualTypeArguments())
                : Stream.empty();
        return Stream.concat(
                tells ? Stream.of(raw.getSimpleName()) : Stream.empty(), inside.flatMap(CallerDependence::tellers));
    }
}
