package io.cachedconnection.servertests.kinds;

import io.cachedconnection.CachedConnection;
import io.cachedconnection.EvictConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Repositories that have their methods, or the annotations on them, from elsewhere. */
public final class Inherited {

    private Inherited() {}

    /** Whatever is found by an id of some type; what the types are, the repositories say. */
    public abstract static class GenericRepository<K, V> {

        @CachedConnection(cache = "generic")
        public V find(K id) {
            return load(id);
        }

        @EvictConnection(cache = "generic")
        public void save(K id) {}

        abstract V load(K id);
    }

    /** The types are known here. */
    @ApplicationScoped
    public static class Generic extends GenericRepository<Integer, UUID> {

        @Override
        UUID load(Integer id) {
            return UUID.randomUUID();
        }
    }

    /** A class that is no bean, since it has no scope. */
    public static class Superclass {

        @CachedConnection(cache = "superclass")
        public UUID find(int id) {
            return UUID.randomUUID();
        }

        @EvictConnection(cache = "superclass")
        public void save(int id) {}
    }

    /** All that it can is inherited. */
    @ApplicationScoped
    public static class Subclass extends Superclass {}

    /** An annotation of a class is inherited. */
    @CachedConnection(cache = "annotated-class")
    public static class AnnotatedSuperclass {

        public UUID find(int id) {
            return UUID.randomUUID();
        }
    }

    /** The annotation is that of the superclass. */
    @ApplicationScoped
    public static class SubclassOfAnnotated extends AnnotatedSuperclass {

        @EvictConnection(cache = "annotated-class")
        public void save(int id) {}
    }

    /** Can all that is needed, but CDI does not look at annotations here. */
    public interface WithDefaults {

        default UUID find(int id) {
            return UUID.randomUUID();
        }

        default void save(int id) {}
    }

    /** Says the methods once more, with the annotations. */
    @ApplicationScoped
    public static class Repeating implements WithDefaults {

        @Override
        @CachedConnection(cache = "with-defaults")
        public UUID find(int id) {
            return WithDefaults.super.find(id);
        }

        @Override
        @EvictConnection(cache = "with-defaults")
        public void save(int id) {
            WithDefaults.super.save(id);
        }
    }
}
