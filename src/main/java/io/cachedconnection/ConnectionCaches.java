package io.cachedconnection;

import java.lang.reflect.Type;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All caches of the application. Inject it. Thread-safe.
 *
 * <pre>{@code
 * @Inject ConnectionCaches caches;
 * ...
 * long hits = caches.statistics().get("books").hits(); // "books" is the cache of an annotated method
 * }</pre>
 */
public interface ConnectionCaches {

    /**
     * Returns what each cache has done on this node since the application started. A programmatic cache appears once it has
     * been opened.
     *
     * @return the statistics by the name of the cache, in alphabetical order; unmodifiable, never null
     */
    Map<String, CacheStatistics> statistics();

    /**
     * Returns how each cache writes and reads its values: by a direct codec or by the server's JSON-B provider, and why. A
     * programmatic cache appears once it has been opened.
     *
     * @return the codecs by the name of the cache, in alphabetical order; unmodifiable, never null
     */
    Map<String, CacheCodec> codecs();

    /**
     * Opens a cache for programmatic use. Open it once and keep it.
     *
     * <p>The name may be one that no annotation uses. Set the TTL and the like of such a cache by the general settings, or by
     * {@code cached-connection.cache.<name>.*} in a source outside the application, such as a system property: in the
     * application's own file these settings stop the deployment. No {@link EvictConnection} can name such a cache.
     *
     * @param name the name of the cache, as in {@link CachedConnection#cache()}; not null
     * @param keyType the type of its keys, one that a key parameter may have; primitives are boxed; not null
     * @param valueType the type of its values, the same that the lookups of the cache return, without {@code Optional}; not
     *     null
     * @param <K> the type of its keys
     * @param <V> the type of its values
     * @return the cache; never null
     * @throws IllegalArgumentException if the name is malformed, the keys have no unambiguous text, the values cannot be
     *     cached, the cache has values of another type, or its settings are wrong
     * @throws NullPointerException if an argument is null; the message says which
     */
    <K, V> ConnectionCache<K, V> cache(String name, Class<K> keyType, Class<V> valueType);

    /**
     * Opens a cache for programmatic use whose keys or values have type arguments, such as {@code List<Book>}; in all else like
     * {@link #cache(String, Class, Class)}. Make sure that {@code K} and {@code V} match the given types: the compiler does
     * not.
     *
     * @param name the name of the cache; not null
     * @param keyType the type of its keys; not null
     * @param valueType the type of its values; not null
     * @param <K> the type of its keys
     * @param <V> the type of its values
     * @return the cache; never null
     * @throws IllegalArgumentException in the same cases as {@link #cache(String, Class, Class)}
     * @throws NullPointerException if an argument is null; the message says which
     */
    <K, V> ConnectionCache<K, V> cache(String name, Type keyType, Type valueType);

    /**
     * Evicts all entries with one of these tags from all caches. Call it in the transaction of the write (it takes effect at
     * the commit) or after the write (it takes effect at once). Up to 128 tags share a round trip to each Redis server, however
     * many entries there are. Any thread may call it.
     *
     * <pre>{@code
     * caches.evictTags("customer:" + account.customerId(), "prices");
     * caches.evictTags(caches.tag("city:{0}", city)); // any text
     * }</pre>
     *
     * <p>A tag is the text that its template yields. UUIDs, numbers, enums, and words of letters, digits and most signs appear
     * in it unchanged, so you may join them with {@code +}. In other values a template escapes colons, percent signs, braces,
     * white space and invisible characters: use {@link #tag} for these. If you join such a value with {@code +}, the text is
     * refused, except for colons and for percent signs with two digits after them. These may come from a template, so they are
     * accepted, but the text then names another tag and evicts nothing.
     *
     * @param tags the tags, none of them blank; none at all does nothing; not null, and no element null
     * @throws IllegalArgumentException if a text cannot be a tag; nothing is evicted
     * @throws EvictionRefusedException if Redis is unavailable and {@code evict.on-failure} is {@code FAIL}, as for {@link
     *     ConnectionCache#evict}; the other tags are still evicted
     * @throws NullPointerException if {@code tags} or one of them is null
     */
    void evictTags(String... tags);

    /**
     * Returns the text of a tag for {@link #evictTags}, exactly as an annotation with this template makes it.
     *
     * @param template a template like in {@link CachedConnection#tags()}, with <code>{0}</code> for the first of {@code parts}
     *     and so on, without properties; not null
     * @param parts the values, of types that a key may have, except collections and {@code Optional}; not null, and no element
     *     null
     * @return the text; never null
     * @throws IllegalArgumentException if the template is malformed or names a missing part, or a part has no unambiguous text
     * @throws NullPointerException if {@code template}, {@code parts} or one of the parts is null
     */
    String tag(String template, Object... parts);

    /**
     * Opens a unit of work on the calling thread, for a transaction that Jakarta Transactions does not manage. Open it before
     * the transaction begins, call {@link UnitOfWork#committed()} when the commit has returned, and close it; {@link
     * UnitOfWork} has an example. Inside another unit of the same thread, it joins that unit. Any thread may end it. Closing it
     * twice is harmless.
     *
     * @return the unit of work; never null
     */
    UnitOfWork unitOfWork();

    /**
     * Runs {@code work} in a unit of work. When {@code work} returns, its writes are evicted and its loads are stored; its puts
     * only evict, because a transaction template may return normally after a rollback. When {@code work} throws, the unit ends
     * as by {@link UnitOfWork#rolledBack()}. An exception with a lost connection or a timeout among its causes is different:
     * the commit may still happen, so the keys are not cached until {@code max-transaction-age} has passed.
     *
     * <pre>{@code
     * caches.inUnitOfWork(() -> transactions.execute(status -> orders.ship(id))); // a TransactionTemplate of Spring
     * }</pre>
     *
     * @param work begins a transaction and returns when it is committed; throws if it is not; not null
     * @param <T> the type of the result
     * @param <E> the exception that it may throw
     * @return the result of {@code work}
     * @throws E if {@code work} throws it
     * @throws NullPointerException if {@code work} is null
     */
    <T, E extends Exception> @Nullable T inUnitOfWork(UnitOfWork.Work<T, E> work) throws E;

    /**
     * Runs {@code task}, which has no result, in a unit of work; in all else like {@link #inUnitOfWork(UnitOfWork.Work)}.
     *
     * @param task begins a transaction and returns when it is committed; throws if it is not; not null
     * @param <E> the exception that it may throw
     * @throws E if {@code task} throws it
     * @throws NullPointerException if {@code task} is null
     */
    <E extends Exception> void inUnitOfWork(UnitOfWork.Task<E> task) throws E;
}
