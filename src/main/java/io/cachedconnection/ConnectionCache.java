package io.cachedconnection;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One cache for programmatic use, with the keys, entries and guarantees of the annotations. Obtain it from {@link
 * ConnectionCaches}. Thread-safe.
 *
 * <p>A key has the text that a {@link CachedConnection} method with this one parameter would give it, so annotated and
 * programmatic lookups share their entries. In a transaction, {@link #put}, {@link #evict} and {@link #clear} take effect after
 * the commit. Until then the transaction's own lookups of these keys miss and load. After a rollback all three evict. A put
 * also only evicts after a commit, unless {@code @Transactional} began the transaction. Lookups do not throw because of Redis:
 * a failure is a miss. A key that is null, or contains a null, is never cached: lookups find nothing under it, {@link #get}
 * runs the loader, and writes refuse it.
 *
 * <pre>{@code
 * @Inject ConnectionCaches caches;
 * ...
 * ConnectionCache<UUID, BookView> books = caches.cache("books", UUID.class, BookView.class);
 * BookView book = books.get(id, () -> repository.load(id)); // null if there is no such book
 * }</pre>
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public interface ConnectionCache<K, V> {

    /**
     * Loads the value of a key from the source of truth, such as the database.
     *
     * @param <V> the type of the value
     * @param <E> the exception that it may throw
     */
    @FunctionalInterface
    interface Loader<V, E extends Exception> {

        /**
         * Loads the value.
         *
         * @return the value, or null if there is none
         * @throws E for any reason; it reaches the caller of the lookup unchanged
         */
        @Nullable V load() throws E;
    }

    /**
     * Returns the value under {@code key} if the cache has it.
     *
     * @param key the key; if it is null or contains a null, the result is empty
     * @return the value; empty on a miss, on a failure of Redis, and if the entry says that there is no value
     */
    Optional<V> find(K key);

    /**
     * Returns the value under {@code key} from the cache, or else from {@code loader}. Concurrent callers share one load
     * (single flight). The loaded value is stored unless a write overlapped the load. This is the safe way to fill a cache
     * programmatically.
     *
     * @param key the key; if it is null or contains a null, the loader runs and nothing is stored
     * @param loader loads the value if the cache has none; not null
     * @param <E> the exception that the loader may throw
     * @return the value; null if there is none
     * @throws CacheLieException if {@code verify.fail} is true, as in tests, and a write has bypassed the cache
     * @throws E if the loader, or the loader of a caller whose load is shared, throws it; nothing is stored
     * @throws IllegalStateException if the loader looks up the same key on the same thread
     * @throws NullPointerException if {@code loader} is null
     */
    <E extends Exception> @Nullable V get(K key, Loader<? extends V, E> loader) throws E;

    /**
     * Puts a value under {@code key} for the configured TTL. Make sure that the value is the current one in the database;
     * {@link #get} does that for you. If Redis fails, the entry under the key is evicted as soon as Redis is available.
     *
     * @param key the key; not null, and without a null in it
     * @param value the value; null stores the fact that there is no value, if {@code negative-ttl} is set
     * @return true if the value is stored or, in a transaction, will be stored or evicted after the commit; false if it cannot
     *     be stored, another write overlapped this one, or Redis failed
     * @throws IllegalArgumentException if the key is null or contains a null
     * @throws EvictionRefusedException if Redis is unavailable and {@code evict.on-failure} is {@code FAIL}, as for {@link
     *     #evict}
     */
    boolean put(K key, @Nullable V value);

    /**
     * Puts a value under {@code key} for the given TTL; in all else like {@link #put(Object, Object)}.
     *
     * @param key the key; not null, and without a null in it
     * @param value the value; null is stored for {@code negative-ttl}, if that is set, and not for {@code ttl}
     * @param ttl the TTL in place of the configured one; 1 millisecond to 3650 days; not null
     * @return true or false as for {@link #put(Object, Object)}
     * @throws IllegalArgumentException if the key is null or contains a null, or {@code ttl} is out of range
     * @throws EvictionRefusedException in the same cases as {@link #put(Object, Object)}
     * @throws NullPointerException if {@code ttl} is null
     */
    boolean put(K key, @Nullable V value, Duration ttl);

    /**
     * Evicts the entry under {@code key}. Call it in the transaction of the write, or after the write.
     *
     * @param key the key; not null, and without a null in it
     * @throws IllegalArgumentException if the key is null or contains a null
     * @throws EvictionRefusedException if Redis is unavailable and {@code evict.on-failure} is {@code FAIL}. In a transaction,
     *     the commit fails with it. Outside, the eviction is kept and delivered as soon as Redis is available
     */
    void evict(K key);

    /**
     * Whether Redis has an entry under {@code key}.
     *
     * @param key the key; if it is null or contains a null, the result is false
     * @return true if there is an entry; false if not, or if Redis failed
     */
    boolean contains(K key);

    /**
     * Returns a view of this cache that stores its entries with tags and finds only entries with these tags. {@link
     * EvictConnection#tags()} and {@link ConnectionCaches#evictTags} evict them. As for {@link CachedConnection#tags()}, tags
     * are templates made of the key, because a lookup needs them before there is a value. Create the view once, use the same
     * tags everywhere, and keep it.
     *
     * <pre>{@code
     * record Page(UUID customerId, int number) {}
     *
     * ConnectionCache<Page, Accounts> accounts = caches.cache("accounts-of-customer", Page.class, Accounts.class)
     *         .tagged("customer:{key.customerId}");
     * }</pre>
     *
     * <p>If a property on the way to a tag is null, lookups find nothing and writes are refused. {@link #clear} clears the
     * whole cache, with all tags. An {@link EvictConnection} of a tag that only programmatic caches have stops the deployment:
     * evict such a tag by {@link ConnectionCaches#evictTags}.
     *
     * @param tags at most 8 different, non-blank templates, in which <code>{key}</code> or <code>{0}</code> is the key and
     *     <code>{key.property}</code> a property of it; none removes all tags; not null, and no element null
     * @return the cache with exactly these tags; never null
     * @throws IllegalArgumentException if a tag is malformed, there are too many tags, or the cache cannot have tags because of
     *     {@code wire=JSON}
     * @throws NullPointerException if {@code tags} or one of them is null
     */
    ConnectionCache<K, V> tagged(String... tags);

    /**
     * Evicts all entries of the cache, under keys of any type. Outside a transaction it takes one round trip to Redis, except
     * for caches whose keys must be scanned: see {@link EvictConnection#all()}. In a transaction it works like that member.
     *
     * @throws EvictionRefusedException in the same cases as {@link #evict}
     */
    void clear();
}
