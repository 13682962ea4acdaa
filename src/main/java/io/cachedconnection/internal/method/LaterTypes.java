package io.cachedconnection.internal.method;

import io.cachedconnection.internal.types.ClassDescription;
import io.cachedconnection.internal.types.TypeBindings;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.net.URL;
import java.security.CodeSource;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds types that may do their work after the method has returned: a write that returns such an object may not have written
 * yet, and a lookup that returns one has no value. Some are known by name. By rule, interfaces and abstract classes of
 * libraries also count, and so do types of the JDK that are not plain values.
 */
final class LaterTypes {

    /** By name, because not every class path has all of them. Their subtypes count, too. */
    private static final Set<String> LATER = Set.of(
            "java.util.concurrent.CompletionStage",
            "java.util.concurrent.Future",
            "java.util.concurrent.Flow$Publisher",
            "java.util.concurrent.Callable",
            "java.lang.Runnable",
            "java.util.function.Supplier",
            "org.reactivestreams.Publisher",
            "io.smallrye.mutiny.Uni",
            "io.smallrye.mutiny.Multi",
            "io.vertx.core.Future",
            "io.reactivex.Single",
            "io.reactivex.Maybe",
            "io.reactivex.Completable",
            "io.reactivex.Observable",
            "io.reactivex.Flowable",
            "io.reactivex.rxjava3.core.Single",
            "io.reactivex.rxjava3.core.Maybe",
            "io.reactivex.rxjava3.core.Completable",
            "io.reactivex.rxjava3.core.Observable",
            "kotlin.Function",
            "kotlin.Lazy",
            "kotlin.sequences.Sequence",
            "kotlinx.coroutines.Job",
            "kotlinx.coroutines.flow.Flow",
            "scala.concurrent.Future");

    private static final Set<String> ONCE = Set.of(
            "java.util.stream.BaseStream",
            "java.util.Iterator",
            "java.util.Spliterator",
            "java.util.Enumeration",
            "java.io.InputStream",
            "java.io.OutputStream",
            "java.io.Reader",
            "java.io.Writer");

    /** Subtypes of these are values, even if they come from libraries. */
    private static final Set<String> VALUES = Set.of(
            "java.lang.Number",
            "java.lang.CharSequence",
            "java.util.Collection",
            "java.util.Map",
            "java.util.Map$Entry",
            "java.time.temporal.TemporalAccessor",
            "java.time.temporal.TemporalAmount");

    /** The packages of the JDK with values, except the types excluded below. */
    private static final Set<String> VALUE_PACKAGES = Set.of(
            "java.lang",
            "java.util",
            "java.util.concurrent.atomic",
            "java.math",
            "java.net",
            "java.nio.file",
            "java.sql");

    /** Types in those packages that are not values, nor are their subtypes. */
    private static final Set<String> NO_VALUES = Set.of(
            "java.lang.AutoCloseable",
            "java.lang.Process",
            "java.lang.ThreadLocal",
            "java.sql.Blob",
            "java.sql.Clob",
            "java.util.ServiceLoader",
            "java.util.Timer");

    /** Interfaces and abstract classes of libraries that are values. */
    private static final List<String> VALUE_LIBRARIES = List.of(
            "jakarta.data.page.",
            "jakarta.json.",
            "jakarta.ws.rs.core.",
            "javax.money.",
            "org.joda.",
            "io.vavr.control.",
            "io.vavr.Tuple");

    private final Class<?> bean;
    private final Set<Type> seen = new HashSet<>(); // records may contain themselves

    private LaterTypes(Class<?> bean) {
        this.bean = bean;
    }

    static boolean isLater(Type type) {
        return isOneOf(LATER, TypeBindings.erased(type));
    }

    static boolean isOnce(Type type) {
        return isOneOf(ONCE, TypeBindings.erased(type));
    }

    /** Whether {@code method} is a suspend function of Kotlin, whose work a coroutine may do later. */
    static boolean isSuspended(Method method) {
        return Stream.of(method.getParameterTypes())
                .anyMatch(each -> each.getName().equals("kotlin.coroutines.Continuation"));
    }

    /**
     * Returns the type that may do its work later, within the return type of a method of {@code bean}; null if there is none.
     */
    static @Nullable Type find(Type returned, Class<?> bean) {
        return new LaterTypes(bean).find(returned, false);
    }

    private @Nullable Type find(Type type, boolean isInside) {
        if (!seen.add(type)) {
            return null;
        }
        Class<?> raw = TypeBindings.erased(type);
        if (raw.isArray()) {
            return find(
                    type instanceof GenericArrayType array ? array.getGenericComponentType() : raw.getComponentType(),
                    true);
        }
        if (isLater(raw) || isOnce(raw) || (mayBeLater(raw) && !(isInside && raw == Object.class))) {
            return type;
        }
        Stream<Type> inside = Stream.empty();
        if (type instanceof ParameterizedType generic) {
            inside = Stream.of(generic.getActualTypeArguments());
        } else if (type instanceof WildcardType wildcard) {
            inside = Stream.of(wildcard.getUpperBounds());
        }
        for (Type each : Stream.concat(inside, components(type, raw)).toList()) {
            Type later = find(each, true);
            if (later != null) {
                return later;
            }
        }
        return null;
    }

    /**
     * Returns the component types of a record. A component type without type parameters counts as a value, such as an amount of
     * money.
     */
    private static Stream<Type> components(Type type, Class<?> raw) {
        TypeBindings bindings = TypeBindings.of(type);
        return raw.isRecord()
                ? Stream.of(raw.getRecordComponents())
                        .map(RecordComponent::getGenericType)
                        .map(bindings::resolve)
                        .filter(each -> isLater(each) || isOnce(each) || !(each instanceof Class<?>))
                : Stream.empty();
    }

    private boolean mayBeLater(Class<?> type) {
        if (type.isPrimitive() || isOneOf(VALUES, type)) {
            return false;
        }
        if (isOfJdk(type)) {
            return type == Object.class
                    || type == Iterable.class
                    || isOneOf(NO_VALUES, type)
                    || !(type.isEnum()
                            || type.getPackageName().startsWith("java.time")
                            || VALUE_PACKAGES.contains(type.getPackageName()));
        }
        boolean isConcrete = !Modifier.isAbstract(type.getModifiers()); // interfaces and annotations are abstract
        return !isConcrete
                && !type.isEnum()
                && VALUE_LIBRARIES.stream().noneMatch(type.getName()::startsWith)
                && (type.isAnnotationPresent(FunctionalInterface.class) || !areOfOneApplication(type, bean));
    }

    private static boolean isOfJdk(Class<?> type) {
        String module = type.getModule().getName();
        return module != null && (module.startsWith("java.") || module.startsWith("jdk."));
    }

    /**
     * Whether the type comes from the same directory or jar as the bean, unless that jar contains this library, too, or from a
     * sibling package: {@code com.acme.shop} and {@code com.acme.stock}.
     */
    static boolean areOfOneApplication(Class<?> type, Class<?> bean) {
        URL location = location(type);
        return (location != null && location.equals(location(bean)) && !location.equals(location(LaterTypes.class)))
                || owner(type).equals(owner(bean));
    }

    private static @Nullable URL location(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        return source == null ? null : source.getLocation();
    }

    /** Returns the first two names of the package, or three if the second is generic, as in {@code com.github.someone}. */
    private static String owner(Class<?> type) {
        String[] names = type.getPackageName().split("\\.", -1);
        boolean isOfMany = names.length > 1
                && Set.of("co", "com", "org", "net", "github", "gitlab").contains(names[1]);
        return Arrays.stream(names).limit(isOfMany ? 3 : 2).collect(Collectors.joining("."));
    }

    private static boolean isOneOf(Set<String> names, Class<?> type) {
        return names.contains(type.getName())
                || new ClassDescription(type).ancestors().stream().anyMatch(each -> names.contains(each.getName()));
    }
}
