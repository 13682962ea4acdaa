package io.cachedconnection;

import jakarta.persistence.PostLoad;
import jakarta.persistence.PostPersist;
import jakarta.persistence.PostRemove;
import jakarta.persistence.PostUpdate;
import java.util.ServiceLoader;

/**
 * Evicts the entries that each write of a row makes stale. Register this Jakarta Persistence listener on entities that have
 * {@link EvictConnection} on the class. The methods that write then need no annotations.
 *
 * <pre>{@code
 * @Entity
 * @EntityListeners(EvictingEntityListener.class)
 * @EvictConnection(cache = "orders", key = "{id}")
 * @EvictConnection(cache = "orders-of-customer", key = "{customer.id}")
 * public class Order { ... }
 * }</pre>
 *
 * <p>A placeholder names an attribute of the entity, by its getter or public field, and then properties of its value.
 * Annotations of superclasses count. A key or tag that contains a null evicts nothing, because no lookup has it. When an
 * attribute other than the {@code @Id} changes, the entries of the old and of the new value are evicted. If the old value is
 * unknown, because this application did not load the entity, all entries of the cache are evicted; for a tag, all entries that
 * can have tags.
 *
 * <p>The eviction belongs to the JTA transaction or the {@link UnitOfWork} of the thread that flushes. Without either, the
 * commit is not visible: the keys are evicted, and not cached until {@code max-transaction-age} has passed. With {@code
 * evict.on-failure=FAIL} and Redis unavailable, the flush fails with {@link EvictionRefusedException}.
 *
 * <p>The listener does not see writes that do not go through single entities: bulk statements of JPQL and the criteria API,
 * native SQL, rows that the database changes itself, join tables, and foreign keys that only a collection writes. The
 * persistence provider creates the listener. Thread-safe.
 */
public class EvictingEntityListener {

    private static final Entities ENTITIES = ServiceLoader.load(
                    Entities.class, EvictingEntityListener.class.getClassLoader())
            .findFirst()
            .orElseThrow();

    /** Called by the persistence provider. */
    public EvictingEntityListener() {}

    /** Receives the events of the listener. The library implements it; applications do not. */
    public interface Entities {

        /**
         * Records the loaded state of an entity.
         *
         * @param entity the entity; not null
         */
        void loaded(Object entity);

        /**
         * Evicts the entries that the write of a row makes stale.
         *
         * @param entity the entity; not null
         * @param isNew true if the row was inserted
         * @throws EvictionRefusedException if Redis is unavailable and {@code evict.on-failure} is {@code FAIL}
         */
        void written(Object entity, boolean isNew);
    }

    /**
     * Records the attributes that keys are made of, so that a later change evicts the old key, too.
     *
     * @param entity the entity that was loaded or refreshed; not null
     */
    @PostLoad
    public void loaded(Object entity) {
        ENTITIES.loaded(entity);
    }

    /**
     * Evicts the entries that the new row makes stale: its absence, and lists that now contain it.
     *
     * @param entity the entity that was inserted; not null
     */
    @PostPersist
    public void inserted(Object entity) {
        ENTITIES.written(entity, true);
    }

    /**
     * Evicts the entries that the change makes stale.
     *
     * @param entity the entity that was updated; not null
     */
    @PostUpdate
    public void updated(Object entity) {
        ENTITIES.written(entity, false);
    }

    /**
     * Evicts the entries of the deleted row.
     *
     * @param entity the entity that was deleted; not null
     */
    @PostRemove
    public void deleted(Object entity) {
        ENTITIES.written(entity, false);
    }
}
