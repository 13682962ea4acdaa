package io.cachedconnection.internal.method;

import io.cachedconnection.EvictConnection;
import io.cachedconnection.PutConnection;
import io.cachedconnection.internal.message.MethodMessage;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads one method that writes, or reports all its problems. */
final class WriteReading {

    private static final String RESULT = "result";

    private final BeanClass bean;
    private final Method method;
    private final Problems problems;
    private final ChoiceReading choices;
    private final KeyReading keys;

    WriteReading(BeanClass bean, Method method) {
        this.bean = bean;
        this.method = method;
        this.problems = new Problems(bean.name(method));
        this.choices = new ChoiceReading(problems);
        this.keys = new KeyReading(bean, method, problems);
    }

    /** Whether {@code element} is annotated as a write. */
    static boolean isWrite(AnnotatedElement element) {
        return !evictionsOn(element).isEmpty() || !putsOn(element).isEmpty();
    }

    private static List<EvictConnection> evictionsOn(AnnotatedElement element) {
        return AnnotationSearch.all(EvictConnection.class, element);
    }

    private static List<PutConnection> putsOn(AnnotatedElement element) {
        return AnnotationSearch.winners(PutConnection.class, element);
    }

    /** Returns the method's record, without unreadable parts. */
    WriteMethod read() {
        MethodReading.checkModifiers(method.getModifiers(), problems);
        if (bean.isAdopted(method)) {
            problems.add(MethodMessage.ADOPTED);
        }
        if (AnnotationSearch.lookup(method) != null) {
            problems.add(MethodMessage.LOOKUP_AND_WRITE);
        }
        Type type = bean.types().resolve(method.getGenericReturnType());
        if (putsOn(method).size() > 1) {
            problems.add(MethodMessage.DIFFERENT_ANNOTATIONS, "@PutConnection");
        }
        Type later = bean.laterIn(type);
        if (LaterTypes.isSuspended(method)) {
            problems.add(MethodMessage.SUSPENDED);
        } else if (later != null) {
            problems.add(MethodMessage.WRITES_LATER, type.getTypeName(), later.getTypeName());
        }
        List<Eviction> evictions = evictionsOn(method).stream()
                .flatMap(annotation -> Stream.concat(eviction(annotation, type), tags(annotation, type)))
                .toList();
        Put put = putsOn(method).stream()
                .findFirst()
                .map(annotation -> put(bean.name(method), annotation, type))
                .orElse(null);
        return new WriteMethod(bean.name(method), evictions, put);
    }

    List<String> problems() {
        return problems.messages();
    }

    /** Reads an eviction; empty if it has problems. */
    private Stream<Eviction> eviction(EvictConnection annotation, Type type) {
        if (Tags.areAllOf(annotation)) {
            return Stream.of();
        }
        ChoiceReading.CacheChoice choice = choices.read(annotation.cache(), "");
        if (annotation.all() && !annotation.key().isEmpty()) {
            problems.add(MethodMessage.ALL_AND_KEY);
        }
        if (annotation.all()) {
            return choice == null ? Stream.of() : Stream.of(new Eviction(choice.space(), null, null));
        }
        ReturnReading.ReturnedValue result = evicted(type);
        KeyText key = keysOf(annotation.key(), type, result).read(annotation.key());
        return choice == null || key == null
                ? Stream.of()
                : Stream.of(new Eviction(choice.space(), key, isOfResult(key) ? result : null));
    }

    private Stream<Eviction> tags(EvictConnection annotation, Type type) {
        ReturnReading.ReturnedValue result = evicted(type);
        return Tags.read(
                        annotation.tags(),
                        problems,
                        (tag, found) -> keysOf(tag, type, result).telling(found).read(tag))
                .stream()
                .map(tag -> new Eviction(Tags.UNBOUND, tag, isOfResult(tag) ? result : null));
    }

    /** Reads a result that only determines keys to evict, which may be of a type that cannot be put. */
    private static ReturnReading.ReturnedValue evicted(Type type) {
        return new ReturnReading(new Problems("")).read(type);
    }

    private KeyReading keysOf(String template, Type type, ReturnReading.ReturnedValue result) {
        return isOfResult(template) && !ReturnReading.isVoid(type) ? keysWithResult(template, result) : keys;
    }

    private static boolean isOfResult(String template) {
        return template.contains("{" + RESULT + "}") || template.contains("{" + RESULT + ".");
    }

    private @Nullable Put put(String name, PutConnection annotation, Type type) {
        ChoiceReading.CacheChoice choice = choices.read(annotation.cache(), annotation.ttl());
        if (ReturnReading.isVoid(type)) {
            problems.add(MethodMessage.PUTS_NOTHING);
            return null;
        }
        ReturnReading.ReturnedValue returned = new ReturnReading(problems).read(type);
        KeyText key = keysWithResult(annotation.key(), returned).read(annotation.key());
        Tags tags = Tags.ofEntry(
                annotation.tags(),
                problems,
                (tag, found) -> keysWithResult(tag, returned).telling(found).read(tag));
        boolean areTagsOfResult = tags.texts().stream().anyMatch(this::isOfResult);
        return choice == null || key == null
                ? null
                : new Put(name, choice, key, returned, isOfResult(key), tags, areTagsOfResult);
    }

    private KeyReading keysWithResult(String template, ReturnReading.ReturnedValue returned) {
        if (isOfResult(template) && keys.hasParameter(RESULT)) {
            problems.add(MethodMessage.RESULT_TWICE);
        }
        return keys.with(new PathReading.Root(RESULT, returned.kept()));
    }

    private boolean isOfResult(KeyText key) {
        return key.parts().stream().anyMatch(part -> part.path().argument() == method.getParameterCount());
    }

    /** Returns the problems of annotations of writes on the class, where none is allowed. */
    static Stream<String> problemsOfClass(BeanClass bean) {
        Class<?> type = Objects.requireNonNull(bean.type());
        boolean isMeant = EvictingEntity.isEntity(type) && putsOn(type).isEmpty();
        return isWrite(type) && !isMeant ? Stream.of(MethodMessage.WRITE_ON_CLASS.with(bean.name())) : Stream.of();
    }
}
