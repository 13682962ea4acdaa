package io.cachedconnection.internal.cdi;

import io.cachedconnection.TypeCodec;
import io.cachedconnection.internal.message.ValueMessage;
import io.cachedconnection.internal.profile.CacheProfiles;
import io.cachedconnection.internal.types.ResolvedType;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.Bean;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The codecs that beans of the application contribute, by the type of their values. Thread-safe. */
final class TypeCodecs {

    private final Map<ResolvedType, Contributed<?>> byType;
    private final List<String> problems;

    private TypeCodecs(Map<ResolvedType, Contributed<?>> byType, List<String> problems) {
        this.byType = Map.copyOf(byType);
        this.problems = List.copyOf(problems);
    }

    /** Creates the codecs of these beans. */
    static TypeCodecs of(Instance<TypeCodec<?>> beans) {
        List<Declared> found = new ArrayList<>();
        IdentityHashMap<Declared, Instance.Handle<TypeCodec<?>>> handles =
                new IdentityHashMap<>(); // one class may produce two codecs
        for (Instance.Handle<TypeCodec<?>> each : beans.handles()) {
            Declared.ofBean(each.getBean()).ifPresent(declared -> {
                found.add(declared);
                handles.put(declared, each);
            });
        }
        List<String> problems = new ArrayList<>(problems(found));
        Map<ResolvedType, Contributed<?>> byType = new HashMap<>();
        for (Declared each : chosen(found)) {
            try {
                TypeCodec<?> codec = Objects.requireNonNull(handles.get(each)).get();
                @Nullable String version = codec.version();
                if (version == null || version.isBlank()) {
                    problems.add(ValueMessage.CODEC_UNUSABLE.with(
                            each.bean(), each.shown(), "its version is empty. Give it one, such as \"book/1\""));
                } else {
                    byType.put(each.type(), new Contributed<>(each.bean(), version, codec.isImmutable(), codec));
                }
            } catch (RuntimeException | LinkageError e) {
                String reason = "it throws " + e.getClass().getName() + " when the application starts. Mend it";
                problems.add(ValueMessage.CODEC_UNUSABLE.with(each.bean(), each.shown(), reason));
            }
        }
        return new TypeCodecs(byType, problems);
    }

    /** Returns the codec of {@code type}; null if it has none. The caller vouches that {@code V} is the type. */
    @SuppressWarnings("unchecked")
    <V> @Nullable Contributed<V> of(Type type) {
        return byType.isEmpty() ? null : (Contributed<V>) byType.get(ResolvedType.of(type, Map.of()));
    }

    /** Returns the problems that prevent the start of the application. */
    List<String> problems() {
        return problems;
    }

    /** Returns the problems of the codecs of an application. */
    static List<String> problems(Collection<Declared> all) {
        List<String> problems = new ArrayList<>();
        Map<ResolvedType, Declared> met = new HashMap<>();
        for (Declared each : chosen(all)) {
            Declared other = met.putIfAbsent(each.type(), each);
            if (!each.isWhole()) {
                problems.add(ValueMessage.CODEC_OF_UNKNOWN.with(each.bean(), each.shown()));
            } else if (CacheProfiles.prescribe(each.type().erasure())) {
                problems.add(ValueMessage.CODEC_UNUSABLE.with(
                        each.bean(), each.shown(), "this library prescribes its format. Remove the bean"));
            } else if (other != null) {
                problems.add(ValueMessage.CODEC_TWICE.with(other.bean(), each.bean(), each.shown()));
            }
        }
        return problems;
    }

    /** Returns the codecs without those that an alternative replaces. */
    private static List<Declared> chosen(Collection<Declared> all) {
        return all.stream()
                .filter(each -> each.isAlternative()
                        || all.stream()
                                .noneMatch(other ->
                                        other.isAlternative() && other.type().equals(each.type())))
                .toList();
    }

    /**
     * A codec that the engine may use.
     *
     * @param name the name of the codec in messages
     * @param version the version of its format
     * @param isImmutable whether its values are immutable
     * @param codec the bean
     */
    record Contributed<V>(String name, String version, boolean isImmutable, TypeCodec<V> codec) {}

    /**
     * A bean that is a codec.
     *
     * @param bean its class, or the class that has its producer
     * @param shown the type of its values, in Java syntax
     * @param type the type of its values
     * @param isWhole whether that type is complete
     * @param isAlternative whether it replaces other codecs
     */
    record Declared(String bean, String shown, ResolvedType type, boolean isWhole, boolean isAlternative) {

        /** Returns the bean as a codec; empty if it is no codec. */
        static Optional<Declared> ofBean(Bean<?> bean) {
            for (Type each : bean.getTypes()) {
                boolean isGeneric =
                        each instanceof ParameterizedType generic && generic.getRawType() == TypeCodec.class;
                if (isGeneric || each == TypeCodec.class) {
                    Type type = isGeneric ? ((ParameterizedType) each).getActualTypeArguments()[0] : Object.class;
                    return Optional.of(new Declared(
                            bean.getBeanClass().getName(),
                            isGeneric ? type.getTypeName() : "no type",
                            ResolvedType.of(type, Map.of()),
                            isGeneric && isWhole(type),
                            bean.isAlternative()));
                }
            }
            return Optional.empty();
        }

        /** Returns a bean of this class as a codec, as far as the class shows; empty if it is no codec. */
        static Optional<Declared> ofClass(Class<?> beanClass) {
            return TypeCodec.class.isAssignableFrom(beanClass)
                    ? ResolvedType.of(beanClass, Map.of())
                            .supertypes(TypeCodec.class)
                            .map(codec -> codec.arguments().get(0))
                            .map(type -> new Declared(beanClass.getName(), type.toString(), type, true, false))
                            .findFirst()
                    : Optional.empty();
        }

        private static boolean isWhole(Type type) {
            if (type instanceof ParameterizedType generic) {
                return Stream.of(generic.getActualTypeArguments()).allMatch(Declared::isWhole);
            }
            if (type instanceof GenericArrayType array) {
                return isWhole(array.getGenericComponentType());
            }
            return type instanceof Class<?> plain && plain.getTypeParameters().length == 0;
        }
    }
}
