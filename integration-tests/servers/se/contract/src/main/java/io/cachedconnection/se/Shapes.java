package io.cachedconnection.se;

import io.cachedconnection.CachedConnection;
import io.cachedconnection.EvictConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Repositories whose methods stand in classes and interfaces in all the ways that Java has, and for which it makes bridges. */
final class Shapes {

    static final Map<Long, Row> ROWS = new ConcurrentHashMap<>();
    static final AtomicInteger LOADS = new AtomicInteger();

    private Shapes() {}

    static @Nullable Row load(Long id) {
        LOADS.incrementAndGet();
        return ROWS.get(id);
    }

    static void store(Row row) {
        ROWS.put(row.id(), row);
    }

    /** What rows have in common. */
    public interface HasId {
        Long id();
    }

    /** What they hold. */
    public record Row(Long id, String text) implements HasId {}

    /** Called on a bean, by one of its types. */
    interface Access {
        @Nullable Row find(long id);

        void save(Row row);
    }

    public interface Generic<T, I> {
        @Nullable T find(I id);

        void save(T row);
    }

    static Access of(Generic<Row, Long> bean) {
        return new Access() {
            @Override
            public @Nullable Row find(long id) {
                return bean.find(id);
            }

            @Override
            public void save(Row row) {
                bean.save(row);
            }
        };
    }

    public interface Bounded<T extends HasId, I extends Serializable> {
        @Nullable T find(I id);

        void save(T row);
    }

    static Access of(Bounded<Row, Long> bean) {
        return new Access() {
            @Override
            public @Nullable Row find(long id) {
                return bean.find(id);
            }

            @Override
            public void save(Row row) {
                bean.save(row);
            }
        };
    }

    /** A method of it has a type variable of its own. */
    public interface OfMethods<T> {
        @Nullable T find(Long id);

        <S extends T> void save(S row);
    }

    static Access of(OfMethods<Row> bean) {
        return new Access() {
            @Override
            public @Nullable Row find(long id) {
                return bean.find(id);
            }

            @Override
            public void save(Row row) {
                bean.save(row);
            }
        };
    }

    /** Its results are of other types than those of the beans. */
    public interface Covariant {
        @Nullable Object find(Long id);

        void save(Row row);
    }

    static Access of(Covariant bean) {
        return new Access() {
            @Override
            public @Nullable Row find(long id) {
                return (Row) bean.find(id);
            }

            @Override
            public void save(Row row) {
                bean.save(row);
            }
        };
    }

    public interface WithDefaults<T, I> extends Generic<T, I> {
        @Override
        default @Nullable T find(I id) {
            throw new IllegalStateException();
        }

        @Override
        default void save(T row) {
            throw new IllegalStateException();
        }
    }

    /** A default method that the compiler makes a bridge for, in an interface. */
    public interface RowsWithDefaults extends Generic<Row, Long> {
        @Override
        default @Nullable Row find(Long id) {
            throw new IllegalStateException();
        }

        @Override
        default void save(Row row) {
            throw new IllegalStateException();
        }
    }

    @ApplicationScoped
    public static class OfGeneric implements Generic<Row, Long> {
        @Override
        @CachedConnection(cache = "rows")
        public @Nullable Row find(Long id) {
            return load(id);
        }

        @Override
        @EvictConnection(cache = "rows", key = "{row.id}")
        public void save(Row row) {
            store(row);
        }
    }

    @ApplicationScoped
    public static class OfBounded implements Bounded<Row, Long> {
        @Override
        @CachedConnection(cache = "rows")
        public @Nullable Row find(Long id) {
            return load(id);
        }

        @Override
        @EvictConnection(cache = "rows", key = "{row.id}")
        public void save(Row row) {
            store(row);
        }
    }

    @ApplicationScoped
    public static class OfCovariant implements Covariant {
        @Override
        @CachedConnection(cache = "rows")
        public @Nullable Row find(Long id) {
            return load(id);
        }

        @Override
        @EvictConnection(cache = "rows", key = "{row.id}")
        public void save(Row row) {
            store(row);
        }
    }

    @ApplicationScoped
    public static class OfDefaults implements WithDefaults<Row, Long> {
        @Override
        @CachedConnection(cache = "rows")
        public @Nullable Row find(Long id) {
            return load(id);
        }

        @Override
        @EvictConnection(cache = "rows", key = "{row.id}")
        public void save(Row row) {
            store(row);
        }
    }

    @ApplicationScoped
    public static class OfRowsWithDefaults implements RowsWithDefaults {
        @Override
        @CachedConnection(cache = "rows")
        public @Nullable Row find(Long id) {
            return load(id);
        }

        @Override
        @EvictConnection(cache = "rows", key = "{row.id}")
        public void save(Row row) {
            store(row);
        }
    }

    /** Abstract and generic, with the annotations. */
    public abstract static class Base<T extends HasId, I extends Serializable> implements Bounded<T, I> {
        abstract @Nullable T loaded(I id);

        abstract void stored(T row);

        @Override
        @CachedConnection(cache = "rows")
        public @Nullable T find(I id) {
            return loaded(id);
        }

        @Override
        @EvictConnection(cache = "rows", key = "{row.id}")
        public void save(T row) {
            stored(row);
        }
    }

    @ApplicationScoped
    public static class OfBase extends Base<Row, Long> {
        @Override
        @Nullable Row loaded(Long id) {
            return load(id);
        }

        @Override
        void stored(Row row) {
            store(row);
        }
    }

    /** Overrides both, and repeats the annotations. */
    @ApplicationScoped
    public static class Overriding extends Base<Row, Long> {
        @Override
        @Nullable Row loaded(Long id) {
            return load(id);
        }

        @Override
        void stored(Row row) {
            store(row);
        }

        @Override
        @CachedConnection(cache = "rows")
        public @Nullable Row find(Long id) {
            return super.find(id);
        }

        @Override
        @EvictConnection(cache = "rows", key = "{row.id}")
        public void save(Row row) {
            super.save(row);
        }
    }

    /** Between an abstract class and the bean. */
    public abstract static class Middle<T extends HasId> extends Base<T, Long> {}

    @ApplicationScoped
    public static class Deep extends Middle<Row> {
        @Override
        @Nullable Row loaded(Long id) {
            return load(id);
        }

        @Override
        void stored(Row row) {
            store(row);
        }
    }

    /** Knows nothing of the interface that the bean puts on its methods. */
    public static class Plain {
        @CachedConnection(cache = "rows")
        public @Nullable Row find(Long id) {
            return load(id);
        }

        @EvictConnection(cache = "rows", key = "{row.id}")
        public void save(Row row) {
            store(row);
        }
    }

    @ApplicationScoped
    public static class Adopting extends Plain implements Bounded<Row, Long> {}

    @ApplicationScoped
    public static class AdoptingCovariant extends Plain implements Covariant {}

    /** An interface that fixes the types, and a class that overrides only one of the methods, with more known of them. */
    public interface RowRepository extends Bounded<Row, Long> {}

    public abstract static class Partly<T extends Row> extends Base<T, Long> {
        @Override
        @EvictConnection(cache = "rows", key = "{row.id}")
        public void save(T row) {
            super.save(row);
        }
    }

    @ApplicationScoped
    public static class OfPartly extends Partly<Row> implements RowRepository {
        @Override
        @Nullable Row loaded(Long id) {
            return load(id);
        }

        @Override
        void stored(Row row) {
            store(row);
        }
    }

    /** Not public, so that the compiler repeats its methods. */
    static class Hidden implements Bounded<Row, Long> {
        @Override
        @CachedConnection(cache = "rows")
        public @Nullable Row find(Long id) {
            return load(id);
        }

        @Override
        @EvictConnection(cache = "rows", key = "{row.id}")
        public void save(Row row) {
            store(row);
        }
    }

    @ApplicationScoped
    public static class Shown extends Hidden {}

    /** The annotation of the lookup is on the class. */
    @ApplicationScoped
    @CachedConnection(cache = "rows")
    public static class OnClass implements Bounded<Row, Long> {
        @Override
        public @Nullable Row find(Long id) {
            return load(id);
        }

        @Override
        @EvictConnection(cache = "rows", key = "{row.id}")
        public void save(Row row) {
            store(row);
        }
    }

    @ApplicationScoped
    public static class OfBoth implements Generic<Row, Long>, Covariant {
        @Override
        @CachedConnection(cache = "rows")
        public @Nullable Row find(Long id) {
            return load(id);
        }

        @Override
        @EvictConnection(cache = "rows", key = "{row.id}")
        public void save(Row row) {
            store(row);
        }
    }

    @ApplicationScoped
    public static class OfGenericMethods implements OfMethods<Row> {
        @Override
        @CachedConnection(cache = "rows")
        public @Nullable Row find(Long id) {
            return load(id);
        }

        @Override
        @EvictConnection(cache = "rows", key = "{row.id}")
        public <S extends Row> void save(S row) {
            store(row);
        }
    }

    /** How a bean is called. */
    record Shape<B>(Class<B> bean, List<Function<B, Access>> accesses) {

        static <B> Shape<B> of(Class<B> bean, Function<B, Access> byClass, Function<B, Access> byInterface) {
            return new Shape<>(bean, List.of(byClass, byInterface));
        }

        @Override
        public String toString() {
            return bean.getSimpleName();
        }
    }

    private record ByClass(LongFunction<@Nullable Row> finding, Consumer<Row> saving) implements Access {
        @Override
        public @Nullable Row find(long id) {
            return finding.apply(id);
        }

        @Override
        public void save(Row row) {
            saving.accept(row);
        }
    }

    /** Those that not every container intercepts. */
    static List<Class<?>> refused() {
        return List.of(Adopting.class, AdoptingCovariant.class);
    }

    static List<Shape<?>> all() {
        return List.of(
                Shape.of(OfGeneric.class, b -> new ByClass(b::find, b::save), Shapes::of),
                Shape.of(OfBounded.class, b -> new ByClass(b::find, b::save), Shapes::of),
                Shape.of(OfCovariant.class, b -> new ByClass(b::find, b::save), Shapes::of),
                Shape.of(OfDefaults.class, b -> new ByClass(b::find, b::save), Shapes::of),
                Shape.of(OfRowsWithDefaults.class, b -> new ByClass(b::find, b::save), Shapes::of),
                Shape.of(OfBase.class, b -> new ByClass(b::find, b::save), Shapes::of),
                Shape.of(Overriding.class, b -> new ByClass(b::find, b::save), Shapes::of),
                Shape.of(Deep.class, b -> new ByClass(b::find, b::save), Shapes::of),
                Shape.of(OfPartly.class, b -> new ByClass(b::find, b::save), Shapes::of),
                Shape.of(OfGenericMethods.class, b -> new ByClass(b::find, b::save), Shapes::of),
                Shape.of(Shown.class, b -> new ByClass(b::find, b::save), Shapes::of),
                Shape.of(OnClass.class, b -> new ByClass(b::find, b::save), Shapes::of),
                new Shape<OfBoth>(
                        OfBoth.class,
                        List.of(
                                b -> new ByClass(b::find, b::save),
                                b -> of((Generic<Row, Long>) b),
                                b -> of((Covariant) b))));
    }
}
