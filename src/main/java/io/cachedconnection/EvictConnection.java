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
 * A write that makes answers old: what the cache holds under the key, all that it holds, or what has a tag in any cache, is
 * evicted when the method has written. Repeat it for each key and each cache that the write concerns.
 *
 * <p>In a transaction the eviction belongs to it: announced in Redis just before the commit, and completed after it
 * or after a rollback; until then the transaction's own lookups of the key go to the method. It makes no difference
 * whether the method or its caller is {@code @Transactional}, or who began the transaction. Without one the eviction is
 * announced before the method runs and completed when it has returned. An exception of the method reaches the caller as it
 * is, and the key is evicted all the same, for the write may have happened.
 *
 * <p>An argument of the key that is null, or null on the way to the key, refuses the write before it starts, with an
 * {@link IllegalArgumentException}: to evict nothing would leave an old value. When Redis takes no writes for {@code
 * cached-connection.evict.timeout} (1 s by default), {@code cached-connection.evict.on-failure} decides: {@code RETRY}, the
 * default, lets the write go on and evicts as soon as Redis is back; {@code FAIL} refuses the write with {@link EvictionRefusedException}, which in a transaction is the cause
 * of the rollback.
 *
 * <p>It stands on methods, and on entities with an {@link EvictingEntityListener}, where the key names attributes; on the class
 * of a bean it stops the deployment. So does {@link #all()} together with {@link #key()}, a
 * cache that no lookup has, a key that no lookup of the cache can have, a tag that no lookup has, a private, static or final method, one that
 * returns something that comes later, and one that has {@link CachedConnection} as well; one message lists all of them. A
 * method called on {@code this} is not intercepted by CDI and so evicts nothing. The annotated method may be called by any
 * number of threads.
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
     * The cache that is evicted from; some lookup has it.
     *
     * @return the name of the cache, by default {@code provider-connection}
     */
    @Nonbinding
    String cache() default "provider-connection";

    /**
     * The key as a template, as in {@link CachedConnection#key()}; besides, <code>{result}</code> and
     * <code>{result.property}</code> name what the method returns, without its {@code Optional}. A key made of the arguments
     * is better: see {@link PutConnection} for what one of the result costs outside of transactions.
     *
     * @return the template; empty, the default, means: the parameters with {@link CacheKey}, else all parameters but those
     *     with {@link NotInKey}
     */
    @Nonbinding
    String key() default "";

    /**
     * Whether all entries of the cache are evicted: one round trip to Redis before the write commits and one after it, however many
     * they are. Only a cache with {@code wire=JSON}, which is the default of {@code provider-connection}, and one with {@code
     * cached-connection.evict.all=SWEEP} goes over every key of the Redis database by SCAN, twice before and twice after it.
     *
     * @return true for all entries, without a key; false, the default, for the one entry of the key
     */
    @Nonbinding
    boolean all() default false;

    /**
     * The tags that are evicted: all entries of all caches that have one of them, in one round trip to Redis before the
     * write commits and one after it, however many entries there are. Templates in the language of {@link #key()}, with <code>{result}</code>, or words; some
     * {@link CachedConnection#tags() lookup} or put has each of them, with parts of the same types.
     *
     * <pre>{@code
     * @Transactional
     * @EvictConnection(tags = "customer:{account.customerId}")
     * public void save(Account account) { ... }
     * }</pre>
     *
     * <p>Without a {@link #cache()}, a {@link #key()} and {@link #all()} an annotation with tags evicts nothing else; with one of
     * them it evicts both. To evict from {@code provider-connection}, too, say the key. All that is said of keys holds for
     * tags: for transactions, failures of Redis and nulls, and on entities, where a null evicts nothing and a change evicts the
     * tag of before as well. While a method with a tag of its result runs, its own lookups bypass all caches whose entries
     * can have tags; if such a tag cannot be had, everything that can have tags is evicted.
     *
     * @return any number of templates, none twice and none blank; by default none
     */
    @Nonbinding
    String[] tags() default {};
}
