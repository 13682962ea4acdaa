package io.cachedconnection;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One cache for programmatic use: the same keys, entries and guarantees as the annotations. Take it from {@link ConnectionCaches}; it is
 * thread-safe.
 *
 * <p>A key reads as that of a {@link CachedConnection} method with this one parameter, so a lookup by annotation and one by
 * hand share their entries. In a transaction, what {@link #put}, {@link #evict} and {@link #clear} do belongs to it: done
 * after the commit, and meanwhile the transaction's own lookups of such a key find nothing and load. After a rollback all of
 * them evict, and a put does so after a commit, too, unless {@code @Transactional} began the transaction. Lookups do not throw
 * because of Redis: a failure is a miss. A key that holds a null is no key: nothing is found under it, and a write of it is refused.
 *
 * <pre>{@code
 * @Inject ConnectionCaches caches;
 * ...
 * ConnectionCache<UUID, Book> books = caches.cache("books", UUID.class, Book.class);
 * Book book = books.get(id, () -> entities.find(Book.class, id));
 * }</pre>
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public interface ConnectionCache<K, V> {

    /**
     * Loads the value of a key from where the truth is.
     *
     * @param <V> the type of the value
     * @param <E> what it may throw
     */
    @FunctionalInterface
    interface Loader<V, E extends Exception> {

        /**
         * Loads it.
         *
         * @return the value, or null if there is none
         * @throws E as it likes; it reaches whoever looked the value up
         */
        @Nullable V load() throws E;
    }

    /**
     * The value under {@code key}, if Redis has it.
     *
     * @param key the key
     * @return the value; empty on a miss, on a failure of Redis, and if what is remembered is that there is none
     */
    Optional<V> find(K key);

    /**
     * The value under {@code key}, from the cache or else from {@code loader}, which runs as the method of a {@link
     * CachedConnection} would: callers share a load, and what it loads is stored unless a write came in between. The safe
     * programmatic way to fill a cache.
     *
     * @param key the key
     * @param loader loads the value if the cache has none; not null
     * @param <E> what the loader may throw
     * @return the value; null if there is none
     * @throws E from the loader, as it is and unstored; a load that is shared may be that of another caller's loader
     * @throws IllegalStateException if the loader needs this very value on the same thread
     * @throws NullPointerException if {@code loader} is null
     */
    <E extends Exception> @Nullable V get(K key, Loader<? extends V, E> loader) throws E;

    /**
     * Puts a value under {@code key} for the configured time. It is the caller's word that the value is as the database
     * has it; {@link #get} is the safe way. If Redis fails, what it has under the key is evicted as soon as it is back.
     *
     * @param key the key
     * @param value the value; null means that there is none, which is stored if {@code negative-ttl} is set
     * @return true if it is stored, or, in a transaction, will be stored or only evicted after the commit; false if such a
     *     value is not stored, if another write overlapped this one, and if Redis failed
     * @throws IllegalArgumentException if the key holds a null
     * @throws EvictionRefusedException if Redis is away and {@code evict.on-failure} is {@code FAIL}, as {@link #evict}
     */
    boolean put(K key, @Nullable V value);

    /**
     * Puts a value under {@code key} for this time; otherwise as {@link #put(Object, Object)}.
     *
     * @param key the key
     * @param value the value
     * @param ttl how long it is kept; from 1 millisecond to 3650 days; not null
     * @return true if it is stored, or will be after the commit
     * @throws IllegalArgumentException if the key holds a null, or {@code ttl} is too short or too long
     * @throws NullPointerException if {@code ttl} is null
     */
    boolean put(K key, @Nullable V value, Duration ttl);

    /**
     * Evicts what is under {@code key}. Call it in the transaction of the write, or after the write.
     *
     * @param key the key
     * @throws IllegalArgumentException if the key holds a null
     * @throws EvictionRefusedException if Redis is away and {@code evict.on-failure} is {@code FAIL}: in a transaction at
     *     its commit, which is refused; else to say that the eviction comes as soon as Redis is back
     */
    void evict(K key);

    /**
     * Whether there is something under {@code key}.
     *
     * @param key the key
     * @return true if there is; false if not, or if Redis failed
     */
    boolean contains(K key);

    /**
     * This cache with tags for what it stores, and finds only what has them: as {@link CachedConnection#tags()}, for {@link
     * EvictConnection#tags()} and {@link ConnectionCaches#evictTags} to evict. The tags are templates made of the key, because a
     * lookup has to know them before there is a value, and because so they read as those of annotations. Make it once, with the
     * same tags wherever the cache is used, and keep it.
     *
     * <pre>{@code
     * record Page(UUID customerId, int number) {}
     *
     * ConnectionCache<Page, Accounts> accounts = caches.cache("accounts-of-customer", Page.class, Accounts.class)
     *         .tagged("customer:{key.customerId}");
     * }</pre>
     *
     * <p>A key with a null on the way to a tag is no key: nothing is found under it, and a write of it is refused. {@link #clear}
     * clears the whole cache, with any tags. The deployment refuses an {@link EvictConnection} of a tag that only caches by hand
     * have: evict that by {@link ConnectionCaches#evictTags}.
     *
     * @param tags at most 8 templates, none twice and none blank, in which <code>{key}</code> or <code>{0}</code> is the key and
     *     <code>{key.property}</code> one of its properties; with none, what it stores has no tags; not null, nor any of them
     * @return the cache with these tags instead of those that this one has; never null
     * @throws IllegalArgumentException if a tag is no such template, there are too many, or the cache cannot have tags, as one with
     *     {@code wire=JSON}
     * @throws NullPointerException if {@code tags} or one of them is null
     */
    ConnectionCache<K, V> tagged(String... tags);

    /**
     * Evicts all that the cache holds, under keys of any type: outside transactions in one round trip to Redis, else as {@link
     * EvictConnection#all()}.
     *
     * @throws EvictionRefusedException as {@link #evict}
     */
    void clear();
}
