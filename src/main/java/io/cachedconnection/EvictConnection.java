package io.cachedconnection;

import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Evicts entries that a write makes stale: the entry of a key, all entries of a cache, or all entries with a tag in any cache.
 * Repeat the annotation for each key and each cache that the write affects.
 *
 * <p>In a transaction, the eviction is announced in Redis just before the commit and completed after the commit or rollback.
 * Until then the transaction's own lookups of the key run the method. This holds for every JTA transaction: of the method, of
 * its caller, or begun elsewhere. Without a transaction, the eviction is announced before the method runs and completed when it
 * has returned. An exception of the method reaches the caller unchanged; the key is still evicted, because the write may have
 * happened.
 *
 * <p>If an argument of the key is null, or a property on the way to a part of the key is, the write is refused before it
 * starts, with an {@link IllegalArgumentException}: evicting nothing would leave a stale value. If Redis accepts no writes for
 * {@code cached-connection.evict.timeout} (1 s by default), {@code cached-connection.evict.on-failure} decides. {@code RETRY}
 * (default) lets the write proceed and evicts as soon as Redis is available. {@code FAIL} refuses the write with {@link
 * EvictionRefusedException}, which in a transaction is the cause of the rollback.
 *
 * <p>Put it on methods, or on entities with an {@link EvictingEntityListener}, where the key names attributes. Wrong use stops
 * the deployment, with one message that lists all problems: the annotation on a bean class; {@link #all()} together with {@link
 * #key()}; a cache without a lookup; a key or tag that no lookup has; a private, static or final method, one that returns
 * before it has finished, and one with {@link CachedConnection}. CDI does not intercept a call on {@code this}, so it evicts
 * nothing. Any number of threads may call the method.
 *
 * <pre>{@code
 * @Transactional
 * @EvictConnection(key = "{connection.id}")
 * @EvictConnection(cache = "connections-of-user", all = true)
 * public void save(ProviderConnection connection) { ... }
 * }</pre>
 */
@Documented
@InterceptorBinding
@Repeatable(EvictConnections.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface EvictConnection {

    /**
     * The cache to evict from. At least one lookup uses it.
     *
     * @return the name of the cache, by default {@code provider-connection}
     */
    @Nonbinding
    String cache() default "provider-connection";

    /**
     * The key as a template, as in {@link CachedConnection#key()}. In addition, <code>{result}</code> and
     * <code>{result.property}</code> name the result of the method, without its {@code Optional}. Prefer a key made of the
     * arguments: {@link PutConnection} explains what a key made of the result costs outside transactions.
     *
     * @return the template; if empty (default), the key consists of the parameters with {@link CacheKey}, or else of all
     *     parameters except those with {@link NotInKey}
     */
    @Nonbinding
    String key() default "";

    /**
     * Whether to evict all entries of the cache. This takes one round trip to Redis before the commit and one after it, however
     * many entries there are. A cache with {@code wire=JSON}, which is the default of {@code provider-connection}, or with
     * {@code cached-connection.evict.all=SWEEP} instead scans all keys of the Redis database, twice before and twice after the
     * commit.
     *
     * @return true for all entries, without a key; false (default) for the one entry of the key
     */
    @Nonbinding
    boolean all() default false;

    /**
     * The tags to evict: templates in the syntax of {@link #key()}, with <code>{result}</code>, or fixed words. All entries of
     * all caches with one of these tags are evicted. This takes one round trip to Redis before the commit and one after it,
     * however many entries there are. For each tag there is a {@link CachedConnection#tags() lookup} or a put whose tag has
     * parts of the same types.
     *
     * <pre>{@code
     * @Transactional
     * @EvictConnection(tags = "customer:{account.customerId}")
     * public void save(Account account) { ... }
     * }</pre>
     *
     * <p>With tags and without {@link #cache()}, {@link #key()} and {@link #all()}, the annotation evicts only the tags; with
     * one of these it evicts both. To evict from {@code provider-connection} as well, set the key. The rules for keys hold for
     * tags: transactions, failures of Redis, nulls. On an entity, a null in a tag evicts nothing, and a change also evicts the
     * tag of the old value. While a method with a tag made of its result runs, its own lookups bypass all caches that can have
     * tags. If such a tag cannot be computed, all entries of these caches are evicted.
     *
     * @return any number of different, non-blank templates; none by default
     */
    @Nonbinding
    String[] tags() default {};
}
