package io.cachedconnection.internal.method;

import io.cachedconnection.CachedConnection;
import io.cachedconnection.EvictConnection;
import io.cachedconnection.EvictConnections;
import io.cachedconnection.PutConnection;
import io.cachedconnection.internal.message.MethodMessage;
import io.cachedconnection.internal.types.ClassDescription;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads one bean class: finds its cached and writing methods. For one use by one thread. */
public final class BeanReading {

    private final BeanClass bean;
    private final @Nullable Method aroundInvoke;
    private final List<String> problems = new ArrayList<>();
    private final Map<Method, CachedMethod> methods = new LinkedHashMap<>();
    private final Set<String> unread = new TreeSet<>();
    private final Map<Method, WriteMethod> writes = new LinkedHashMap<>();

    private BeanReading(BeanClass bean) {
        this.bean = bean;
        this.aroundInvoke = OtherInterceptors.aroundInvoke(bean.type());
    }

    /**
     * Reads a bean class.
     *
     * @param beanClass the class itself, not a proxy
     */
    public static CachedMethods of(Class<?> beanClass) {
        return new BeanReading(BeanClass.of(beanClass)).read();
    }

    private CachedMethods read() {
        CachedConnection onClass = AnnotationSearch.lookup(bean.type());
        ChoiceReading.CacheChoice ofClass = onClass == null ? null : choiceOfClass(onClass);
        for (Method method : bean.methods()) {
            CachedConnection own = AnnotationSearch.lookup(method);
            if (WriteReading.isWrite(method)) {
                readWrite(method);
            } else if (own != null) {
                readLookup(method, own, true, null);
            } else if (onClass != null && isCoveredByClass(method)) {
                readLookup(method, onClass, false, ofClass);
            }
        }
        readUnseen();
        Map<Method, Method> originals = methods.isEmpty() && writes.isEmpty() ? Map.of() : bean.originals();
        return new CachedMethods(bean.type(), methods, writes, originals, unread, problems);
    }

    private void readWrite(Method method) {
        WriteReading reading = new WriteReading(bean, method);
        writes.put(method, reading.read());
        problems.addAll(reading.problems());
    }

    /** Finds annotations that CDI does not see. */
    private void readUnseen() {
        WriteReading.problemsOfClass(bean).forEach(problems::add);
        problems.addAll(new UnseenAnnotations(
                        bean, element -> AnnotationSearch.lookup(element) != null, MethodMessage.NOT_REPEATED)
                .problems());
        UnseenAnnotations writes = new UnseenAnnotations(bean, WriteReading::isWrite, MethodMessage.WRITE_NOT_REPEATED);
        problems.addAll(writes.problems());
        problems.addAll(
                writes.problemsOfOverriding()); // without its annotation a lookup is only slower, but a write leaves
        // stale values
        problems.addAll(OverlookedAnnotations.problems(bean));
    }

    private ChoiceReading.@Nullable CacheChoice choiceOfClass(CachedConnection onClass) {
        Problems found = new Problems(bean.name());
        checkAmbiguity(bean.type(), found);
        ChoiceReading.CacheChoice choice = new ChoiceReading(found).read(onClass);
        problems.addAll(found.messages());
        return choice;
    }

    private static void checkAmbiguity(AnnotatedElement element, Problems found) {
        if (AnnotationSearch.winners(CachedConnection.class, element).size() > 1) {
            found.add(MethodMessage.DIFFERENT_ANNOTATIONS, "@CachedConnection");
        }
    }

    /** Reads a method by its own annotation, or by the annotation of the class, whose choice is {@code ofClass}. */
    private void readLookup(
            Method method, CachedConnection annotation, boolean isOwn, ChoiceReading.@Nullable CacheChoice ofClass) {
        Problems found = new Problems(bean.name(method));
        ChoiceReading.CacheChoice choice = ofClass;
        if (isOwn) {
            checkAmbiguity(method, found);
            choice = found.isEmpty() ? new ChoiceReading(found).read(annotation) : null;
        }
        CachedMethod read = new MethodReading(bean, method, found).read(choice, annotation.key(), annotation.tags());
        if (aroundInvoke != null) {
            found.add(MethodMessage.AROUND_INVOKE, bean.name(aroundInvoke));
        }
        problems.addAll(found.messages());
        if (read != null) {
            methods.put(method, read);
        } else if (ChoiceReading.isName(annotation.cache())) {
            unread.add(annotation.cache());
        }
    }

    private boolean isCoveredByClass(Method method) {
        return Modifier.isPublic(method.getModifiers())
                && !Modifier.isStatic(method.getModifiers())
                && !ReturnReading.isVoid(bean.types().resolve(method.getGenericReturnType()))
                && !BeanClass.isOfEveryObject(method);
    }

    /** Finds annotations on interfaces and abstract methods of a bean, which CDI does not see. */
    record UnseenAnnotations(BeanClass bean, Predicate<AnnotatedElement> carries, MethodMessage message) {

        /** Returns a message for each such annotation that the bean does not repeat. */
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

        /** Returns a message for each annotated superclass method that the bean overrides without the annotation. */
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

    /** Finds annotations that carry one of this library but are not interceptor bindings, so that they have no effect. */
    static final class OverlookedAnnotations {

        static final List<Class<? extends Annotation>> OURS =
                List.of(CachedConnection.class, EvictConnection.class, EvictConnections.class, PutConnection.class);

        private OverlookedAnnotations() {}

        /** Returns a message for each on the bean, its supertypes and their methods. */
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
}
