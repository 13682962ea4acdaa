package io.cachedconnection;

import java.lang.reflect.Type;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All caches of the application. Inject it; it is thread-safe.
 *
 * <pre>{@code
 * @Inject ConnectionCaches caches;
 * ...
 * long hits = caches.statistics().get("provider-connection").hits();
 * }</pre>
 */
public interface ConnectionCaches {

    /**
     * What each cache has done on this node since the application started.
     *
     * @return the statistics by the name of the cache, in alphabetical order; unmodifiable, never null
     */
    Map<String, CacheStatistics> statistics();

    /**
     * What writes and reads the values of each cache: a direct codec, or the server's provider of JSON-B, and why. A cache that
     * a program opens is there once it was opened.
     *
     * @return the codecs by the name of the cache, in alphabetical order; unmodifiable, never null
     */
    Map<String, CacheCodec> codecs();

    /**
     * A cache for programmatic use. Make it once and keep it.
     *
     * <p>A cache that no annotated method uses may be named, too: it has the general settings, for settings of its own
     * ({@code cached-connection.cache.<name>.*}) are accepted only for caches of annotated methods, and no
     * {@link EvictConnection} can name it.
     *
     * @param name the name of the cache; not null
     * @param keyType the type of its keys: one that a parameter of a key may have, primitives boxed; not null
     * @param valueType the type of its values: the one that the lookups of the cache return, without {@code Optional};
     *     not null
     * @param <K> the type of its keys
     * @param <V> the type of its values
     * @return the cache; never null
     * @throws IllegalArgumentException if the name is none, the keys have no unambiguous text, the values cannot be kept,
     *     the cache keeps values of another type, or settings of its own are wrong
     * @throws NullPointerException if an argument is null; the message says which
     */
    <K, V> ConnectionCache<K, V> cache(String name, Class<K> keyType, Class<V> valueType);

    /**
     * A cache for programmatic use whose keys or values have type arguments, as in {@code List<Book>}; otherwise as
     * {@link #cache(String, Class, Class)}. That {@code K} and {@code V} are these types is the caller's word.
     *
     * @param name the name of the cache; not null
     * @param keyType the type of its keys; not null
     * @param valueType the type of its values; not null
     * @param <K> the type of its keys
     * @param <V> the type of its values
     * @return the cache; never null
     * @throws IllegalArgumentException as {@link #cache(String, Class, Class)}
     * @throws NullPointerException if an argument is null; the message says which
     */
    <K, V> ConnectionCache<K, V> cache(String name, Type keyType, Type valueType);

    /**
     * Evicts all entries of all caches that have one of these tags. Call it in the transaction of the write, then it is done at the
     * commit, or after the write, then it is done at once: in one round trip to Redis for each tag, however many entries there are. Any
     * thread may call it.
     *
     * <pre>{@code
     * caches.evictTags("customer:" + account.customerId(), "prices");
     * caches.evictTags(caches.tag("city:{0}", city)); // any text
     * }</pre>
     *
     * <p>A tag is the text that a template makes of the values. A UUID, a number, an enum and a word of letters, digits and most
     * signs read in it as they are, so that they can be joined by {@code +}. In other values a template encodes the colon, the percent
     * sign, braces, white space and what is invisible: for those use {@link #tag}. A joined text with one of these is refused,
     * but for a colon, and a percent sign with two digits behind it, which may be those of a template: then it is another tag, and
     * nothing is evicted.
     *
     * @param tags the tags; none of them blank; with no tags at all nothing happens; not null, nor any of them
     * @throws IllegalArgumentException if a tag is blank or cannot be one; then nothing is evicted
     * @throws EvictionRefusedException if Redis is away and {@code evict.on-failure} is {@code FAIL}, as {@link
     *     ConnectionCache#evict}; the other tags are evicted all the same
     * @throws NullPointerException if {@code tags} or one of them is null
     */
    void evictTags(String... tags);

    /**
     * The text of a tag, for {@link #evictTags}: as an annotation with this template makes it of these values.
     *
     * @param template a template as of {@link CachedConnection#tags()}, with <code>{0}</code> for the first of {@code parts} and so
     *     on, without properties; not null
     * @param parts the values, of types that a key may have, but no collections and no {@code Optional}; not null, nor any of them
     * @return the text; never null
     * @throws IllegalArgumentException if the template is malformed or names a part that is not there, or a part has no text
     * @throws NullPointerException if {@code template}, {@code parts} or one of these is null
     */
    String tag(String template, Object... parts);

    /**
     * Opens a unit of work on the calling thread, for a transaction that Jakarta Transactions does not know. Open it before that
     * begins, say {@link UnitOfWork#committed()} when the commit has returned, and close it; {@link UnitOfWork} has an example.
     * Inside another unit of the same thread it joins that one. Any thread may end it; closing it twice does no harm.
     *
     * @return the unit of work; never null
     */
    UnitOfWork unitOfWork();

    /**
     * Does {@code work} in a unit of work. When it returns, what it wrote is evicted and what it loaded is stored; what it put is
     * only evicted, because a template may return normally from a rollback. When it throws, the unit is as after {@link
     * UnitOfWork#rolledBack()}, unless the exception or one of its causes tells of a connection that was lost or waited for too long: then the commit may still be done, and the keys are
     * not cached until {@code max-transaction-age} has passed.
     *
     * <pre>{@code
     * caches.inUnitOfWork(() -> transactions.execute(status -> orders.ship(id))); // a TransactionTemplate of Spring
     * }</pre>
     *
     * @param work begins a transaction, and returns when it is committed; throws if it is not; not null
     * @param <T> what it returns
     * @param <E> what it may throw
     * @return what {@code work} returns
     * @throws E from {@code work}, as it is
     * @throws NullPointerException if {@code work} is null
     */
    <T, E extends Exception> @Nullable T inUnitOfWork(UnitOfWork.Work<T, E> work) throws E;

    /**
     * Does {@code task} in a unit of work, as {@link #inUnitOfWork(UnitOfWork.Work)}.
     *
     * @param task begins a transaction, and returns when it is committed; throws if it is not; not null
     * @param <E> what it may throw
     * @throws E from {@code task}, as it is
     * @throws NullPointerException if {@code task} is null
     */
    <E extends Exception> void inUnitOfWork(UnitOfWork.Task<E> task) throws E;
}
