package io.cachedconnection;

import jakarta.persistence.PostLoad;
import jakarta.persistence.PostPersist;
import jakarta.persistence.PostRemove;
import jakarta.persistence.PostUpdate;
import java.util.ServiceLoader;

/**
 * Evicts what each write of a row makes old: a listener of Jakarta Persistence, for entities with {@link
 * EvictConnection} on the class. With it, the methods that write need no annotations.
 *
 * <pre>{@code
 * @Entity
 * @EntityListeners(EvictingEntityListener.class)
 * @EvictConnection(cache = "orders", key = "{id}")
 * @EvictConnection(cache = "orders-of-customer", key = "{customer.id}")
 * public class Order { ... }
 * }</pre>
 *
 * <p>A placeholder names an attribute of the entity by its getter or public field, and from there on properties. Annotations
 * of superclasses count, too. A key or tag with a null in it evicts nothing, since no lookup has it. Where an attribute other than
 * the {@code @Id} changes, the entries of both its old and its new value are evicted; if the old one is not known, because the
 * entity was not loaded in this application, all entries of the cache are, or, of a tag, all that can have tags.
 *
 * <p>The eviction belongs to the JTA transaction or the {@link UnitOfWork} of the thread that flushes. Where there is neither,
 * the commit cannot be seen: then the keys are evicted, and not cached until {@code max-transaction-age} has passed. With {@code
 * evict.on-failure=FAIL} and without Redis, the flush fails with {@link EvictionRefusedException}.
 *
 * <p>What does not write entities one by one is not seen: bulk statements of JPQL and the criteria API, native SQL, rows that
 * the database changes itself, associations in a table of their own, and foreign keys that only a collection writes. The
 * persistence provider makes it; it is thread-safe.
 */
public class EvictingEntityListener {

    private static final Entities ENTITIES = ServiceLoader.load(
                    Entities.class, EvictingEntityListener.class.getClassLoader())
            .findFirst()
            .orElseThrow();

    /** For the persistence provider. */
    public EvictingEntityListener() {}

    /** Where the listener reports to. This library implements it; applications do not. */
    public interface Entities {

        /**
         * Takes note of an entity as its row is.
         *
         * @param entity the entity; not null
         */
        void loaded(Object entity);

        /**
         * Evicts what the write of a row makes old.
         *
         * @param entity the entity; not null
         * @param isNew whether there was no row before
         * @throws EvictionRefusedException if Redis is away and {@code evict.on-failure} is {@code FAIL}
         */
        void written(Object entity, boolean isNew);
    }

    /**
     * Takes note of the attributes that keys are made of, for the case that they change.
     *
     * @param entity the entity that was loaded or refreshed; not null
     */
    @PostLoad
    public void loaded(Object entity) {
        ENTITIES.loaded(entity);
    }

    /**
     * Evicts what the new row makes old: that there is none, and lists of it.
     *
     * @param entity the entity that was inserted; not null
     */
    @PostPersist
    public void inserted(Object entity) {
        ENTITIES.written(entity, true);
    }

    /**
     * Evicts what the change makes old.
     *
     * @param entity the entity that was updated; not null
     */
    @PostUpdate
    public void updated(Object entity) {
        ENTITIES.written(entity, false);
    }

    /**
     * Evicts what was known of the row.
     *
     * @param entity the entity that was deleted; not null
     */
    @PostRemove
    public void deleted(Object entity) {
        ENTITIES.written(entity, false);
    }
}
