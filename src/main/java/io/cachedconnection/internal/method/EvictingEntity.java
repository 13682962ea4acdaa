package io.cachedconnection.internal.method;

import io.cachedconnection.EvictConnection;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.Target;
import io.cachedconnection.internal.message.MethodMessage;
import io.cachedconnection.internal.types.ClassDescription;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The evictions for writes of an entity's rows, by its annotations. Jakarta Persistence may be missing from the class path, so
 * its annotations are known by name. Immutable.
 */
public final class EvictingEntity {

    private static final Logger LOG = System.getLogger("io.cachedconnection");
    private static final String PERSISTENCE = "jakarta.persistence.";
    private static final Set<String> ENTITY = Set.of("Entity", "MappedSuperclass");
    private static final Set<String> ID = Set.of("Id", "EmbeddedId");
    private static final String ROOT = "entity";

    /** The eviction of one annotation; {@code mayMove} if its key may change, as an id never does. */
    private record Evicted(Eviction eviction, boolean mayMove) {

        @Nullable Target target(Object entity) {
            KeyText key = eviction.key();
            String parts = key == null ? "" : key.of(new Object[] {entity});
            return key == null
                    ? eviction.space().all()
                    : parts == null ? null : eviction.space().key(parts);
        }
    }

    private final Class<?> type;
    private final List<Evicted> evicted;
    private final List<String> problems;

    private EvictingEntity(Class<?> type, List<Evicted> evicted, List<String> problems) {
        this.type = type;
        this.evicted = List.copyOf(evicted);
        this.problems = List.copyOf(problems);
    }

    /** Reads the annotations of {@code type} and its superclasses. */
    static EvictingEntity of(Class<?> type) {
        Problems problems = new Problems(type.getSimpleName());
        ChoiceReading choices = new ChoiceReading(problems);
        List<Evicted> evicted = new ArrayList<>();
        for (EvictConnection annotation : annotations(type)) {
            if (!Tags.areAllOf(annotation)) {
                ChoiceReading.CacheChoice choice = choices.read(annotation.cache(), "");
                boolean isKeyed = !annotation.key().isEmpty();
                if (annotation.all() == isKeyed) {
                    problems.add(isKeyed ? MethodMessage.ALL_AND_KEY : MethodMessage.NO_KEY_OF_ENTITY);
                }
                KeyText key = isKeyed ? key(type, annotation.key(), problems) : null;
                if (choice != null && (key != null || !isKeyed)) {
                    evicted.add(evicted(type, choice.space(), key, annotation.key()));
                }
            }
            Tags.read(annotation.tags(), problems, (tag, found) -> {
                KeyText text = key(type, tag, found);
                if (text != null) {
                    evicted.add(evicted(type, Tags.UNBOUND, text, tag));
                }
                return text;
            });
        }
        return new EvictingEntity(type, evicted, problems.messages());
    }

    /** Returns the entity with the key spaces from the application's settings. */
    EvictingEntity bound(Function<String, KeySpace> keySpaces) {
        List<Evicted> bound = evicted.stream()
                .map(each -> new Evicted(each.eviction.bound(keySpaces), each.mayMove))
                .toList();
        return new EvictingEntity(type, bound, problems);
    }

    private static List<EvictConnection> annotations(Class<?> type) {
        return new ClassDescription(type)
                .classes().stream()
                        .flatMap(each -> AnnotationSearch.all(EvictConnection.class, each).stream())
                        .distinct()
                        .toList();
    }

    private static Evicted evicted(Class<?> type, KeySpace space, @Nullable KeyText key, String template) {
        boolean mayMove = key != null
                && KeyTemplate.parse(template).placeholders().stream().anyMatch(names -> !isId(type, names.get(0)));
        return new Evicted(new Eviction(space, key, null), mayMove);
    }

    /** Reads a key whose placeholders begin at the entity. */
    private static @Nullable KeyText key(Class<?> type, String text, Problems problems) {
        KeyTemplate template;
        try {
            template = KeyTemplate.parse(text);
        } catch (IllegalArgumentException e) {
            problems.add(MethodMessage.MALFORMED_TEMPLATE, text, Objects.toString(e.getMessage()));
            return null;
        }
        PathReading paths = new PathReading(List.of(new PathReading.Root(ROOT, type)), 0, problems);
        List<KeyText.KeyPart> parts = new ArrayList<>();
        for (List<String> names : template.placeholders()) {
            PathReading.Path path =
                    paths.read(Stream.concat(Stream.of(ROOT), names.stream()).toList());
            PartFormat format =
                    path == null ? null : new FormatReading(problems).of(path.type(), String.join(".", names));
            if (path == null || format == null) {
                return null;
            }
            parts.add(new KeyText.KeyPart(path, format));
        }
        return new KeyText(template.literals(), parts);
    }

    private static boolean isId(Class<?> type, String attribute) {
        String getter = "get" + Character.toUpperCase(attribute.charAt(0)) + attribute.substring(1);
        return new ClassDescription(type)
                .classes().stream()
                        .flatMap(each -> Stream.<AnnotatedElement>concat(
                                Stream.of(each.getDeclaredFields())
                                        .filter(field -> field.getName().equals(attribute)),
                                Stream.of(each.getDeclaredMethods())
                                        .filter(method -> method.getParameterCount() == 0
                                                && (method.getName().equals(getter)
                                                        || method.getName().equals(attribute)))))
                        .anyMatch(member -> isAnnotated(member, ID));
    }

    private static boolean isAnnotated(AnnotatedElement element, Set<String> names) {
        return Stream.of(element.getAnnotations())
                .map(each -> each.annotationType().getName())
                .anyMatch(name -> name.startsWith(PERSISTENCE) && names.contains(name.substring(PERSISTENCE.length())));
    }

    /** Whether {@code type} is mapped by annotations. */
    static boolean isEntity(Class<?> type) {
        return isAnnotated(type, ENTITY);
    }

    /** Whether {@code type} is an entity and has annotations of this library on the class. */
    public static boolean isEvicting(Class<?> type) {
        return isEntity(type) && !annotations(type).isEmpty();
    }

    /** Whether {@code listener} is among the entity listeners that its annotations name. */
    public boolean listensBy(Class<?> listener) {
        return new ClassDescription(type)
                .classes().stream()
                        .flatMap(each -> Stream.of(each.getAnnotations()))
                        .filter(each -> each.annotationType().getName().equals(PERSISTENCE + "EntityListeners"))
                        .anyMatch(each -> names(each, listener));
    }

    private static boolean names(Annotation listeners, Class<?> listener) {
        try {
            Object named = listeners.annotationType().getMethod("value").invoke(listeners);
            return IntStream.range(0, Array.getLength(named))
                    .anyMatch(i -> listener.isAssignableFrom((Class<?>) Objects.requireNonNull(Array.get(named, i))));
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    /** Returns its name in messages. */
    public String name() {
        return type.getSimpleName();
    }

    /** Returns its own problems, as complete messages. */
    List<String> problems() {
        return problems;
    }

    /** Returns it as a method that writes. */
    WriteMethod asWrite() {
        return new WriteMethod(name(), evicted.stream().map(Evicted::eviction).toList(), null);
    }

    /** Whether it evicts nothing. */
    public boolean isEmpty() {
        return evicted.isEmpty();
    }

    /** Whether a change of the entity may concern other keys than its current ones. */
    public boolean mayMove() {
        return evicted.stream().anyMatch(Evicted::mayMove);
    }

    /** Returns the targets that contain {@code entity} in its current state. */
    public Set<Target> targets(Object entity) {
        return targets(entity, evicted.stream());
    }

    /** Returns those of its targets that may change; null if they cannot be computed. */
    public @Nullable Set<Target> movingTargets(Object entity) {
        Set<Target> targets = new LinkedHashSet<>();
        try {
            for (Evicted each : evicted) {
                Target target = each.mayMove() ? each.target(entity) : null;
                if (target != null) {
                    targets.add(target);
                }
            }
            return targets;
        } catch (RuntimeException e) { // a lazy attribute without a session, for example
            return null;
        }
    }

    /** Returns the targets that may contain an entity with an unknown earlier state. */
    public Set<Target> targetsOfUnknownPast() {
        Set<Target> targets = new LinkedHashSet<>();
        evicted.stream()
                .filter(Evicted::mayMove)
                .forEach(each -> targets.add(each.eviction().space().all()));
        return targets;
    }

    /**
     * Returns the targets. A key or tag with a null has none, because no lookup has it. One that cannot be computed targets the
     * whole cache or all tags.
     */
    private static Set<Target> targets(Object entity, Stream<Evicted> evicted) {
        Set<Target> targets = new LinkedHashSet<>();
        evicted.forEach(each -> {
            try {
                Target target = each.target(entity);
                if (target != null) {
                    targets.add(target);
                }
            } catch (RuntimeException e) { // a lazy attribute without a session, for example
                LOG.log(Level.WARNING, each.eviction().unknown(e));
                targets.add(each.eviction().space().all());
            }
        });
        return targets;
    }
}
