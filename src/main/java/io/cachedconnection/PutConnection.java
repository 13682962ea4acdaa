package io.cachedconnection;

import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A write whose result is the new answer: what the method returns takes the place of what the cache holds under the key.
 *
 * <p>All that {@link EvictConnection} says of transactions, exceptions, nulls and failures of Redis holds here, too. In a
 * transaction that {@code @Transactional} of a method began, the caller's or its own, the value is stored when the commit has
 * returned to that method's caller; in one that began elsewhere ({@code UserTransaction}, an EJB container) it only evicts. It is
 * stored if it still reads the same as when the method returned; an entity whose
 * version the commit changes is therefore only evicted, unless it is flushed before the method returns. If another write of
 * the key overlapped this one, nobody knows which of them came last: then the key is only evicted. So it is if the method
 * throws, if the value is too large, for null and {@code Optional.empty()}, unless {@code negative-ttl} is set, and together
 * with an eviction of all of the same cache.
 *
 * <p>A key made of the arguments is better than one made of the result, which is known only when the method has run: in a
 * transaction both are the same, but without one the write cannot be announced before it commits, so the value only evicts
 * the key, the whole cache is evicted if the method throws or a part of the key is null, a node that dies in the middle
 * leaves the old value until its TTL ends, and with {@code evict.on-failure=FAIL} the write is refused. While the method
 * runs, its own lookups in that cache read the database. A method that returns null or {@code Optional.empty()} has no such key, and
 * nothing happens; add an {@link EvictConnection} if it may have written.
 *
 * <p>It stands on methods only. What stops the deployment for {@link EvictConnection} does so here, and a result that is
 * not of the type that the lookups of the cache return ({@code Optional} or not).
 *
 * <pre>{@code
 * @Transactional
 * @PutConnection(key = "{result.id}")
 * public ProviderConnection rename(UUID connectionId, String alias) { ... }
 * }</pre>
 */
@Documented
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface PutConnection {

    /**
     * The cache that the result is put into; some lookup has it.
     *
     * @return the name of the cache, by default {@code provider-connection}
     */
    @Nonbinding
    String cache() default "provider-connection";

    /**
     * The key as a template, as in {@link CachedConnection#key()}; besides, <code>{result}</code> and
     * <code>{result.property}</code> name what the method returns, without its {@code Optional}.
     *
     * @return the template; empty, the default, means: the parameters with {@link CacheKey}, else all parameters but those
     *     with {@link NotInKey}
     */
    @Nonbinding
    String key() default "";

    /**
     * How long the result is kept: ISO-8601 ({@code PT5M}) or whole seconds ({@code 300}). The setting
     * {@code cached-connection.cache.<name>.ttl} wins over it.
     *
     * @return the duration; empty, the default, means: as configured, else 300 seconds
     */
    @Nonbinding
    String ttl() default "";

    /**
     * The tags of the result: as {@link CachedConnection#tags()}, and the same as the lookups of the key have, or else these do
     * not find it. They may be made of <code>{result}</code>, too, where the key is made of the arguments; that costs nothing.
     * A null on the way to a tag refuses the write before it starts, with an {@link IllegalArgumentException}; on the way from the
     * result, or if a getter on the way throws, the key is only evicted. A put whose own write evicts one of its tags only evicts,
     * for it cannot be told whether the result was read before or after.
     *
     * <pre>{@code
     * @PutConnection(cache = "accounts", key = "{id}", tags = "customer:{result.customerId}")
     * public Account rename(UUID id, String name) { ... }
     * }</pre>
     *
     * @return at most 8 templates, none twice and none blank; by default none
     */
    @Nonbinding
    String[] tags() default {};
}
