package io.cachedconnection;

import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Replaces the entry under the key with the result of a write.
 *
 * <p>The rules of {@link EvictConnection} for transactions, exceptions, nulls and failures of Redis hold here, too. In a
 * transaction that a method's {@code @Transactional} began, the method's own or its caller's, the value is stored when the
 * commit has returned. In a transaction that began elsewhere ({@code UserTransaction}, an EJB container) the key is only
 * evicted. The value is stored only if it still encodes as it did when the method returned. The commit changes the version of
 * an entity, so flush before the method returns, or the key is only evicted. The key is also only evicted if another write of
 * the key overlapped this one (the order is unknown), the method throws, the value is too large, the same write evicts all of
 * the cache, or the result is null or {@code Optional.empty()} and {@code negative-ttl} is not set.
 *
 * <p>Prefer a key made of the arguments to one made of the result. In a transaction both work alike. Without a transaction, a
 * key made of the result is not known before the write commits, so the eviction cannot be announced: the key is only evicted;
 * the whole cache is evicted if the method throws or a part of the key is null; a node that crashes in between leaves the old
 * value until its TTL ends; and with {@code evict.on-failure=FAIL} the write is refused. While the method runs, its own lookups
 * in that cache read the database. A method that returns null or {@code Optional.empty()} has no such key and evicts nothing:
 * add an {@link EvictConnection} if it may have written.
 *
 * <p>Put it on methods only. Wrong use stops the deployment as for {@link EvictConnection}, and so does a result type other
 * than that of the lookups of the cache ({@code Optional} or not).
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
     * The cache that receives the result. At least one lookup uses it.
     *
     * @return the name of the cache, by default {@code provider-connection}
     */
    @Nonbinding
    String cache() default "provider-connection";

    /**
     * The key as a template, as in {@link CachedConnection#key()}. In addition, <code>{result}</code> and
     * <code>{result.property}</code> name the result of the method, without its {@code Optional}.
     *
     * @return the template; if empty (default), the key consists of the parameters with {@link CacheKey}, or else of all
     *     parameters except those with {@link NotInKey}
     */
    @Nonbinding
    String key() default "";

    /**
     * The TTL of the entry: ISO-8601 ({@code PT5M}) or whole seconds ({@code 300}), from 1 millisecond to 3650 days. The setting
     * {@code cached-connection.cache.<name>.ttl} overrides it.
     *
     * @return the duration; if empty (default), the configured TTL, or else 300 seconds
     */
    @Nonbinding
    String ttl() default "";

    /**
     * The tags of the entry, as in {@link CachedConnection#tags()}. Use the same tags as the lookups of the key; otherwise
     * these do not find the entry. Tags may use <code>{result}</code> even if the key is made of the arguments, at no cost. If
     * an argument on the way to a tag is null, the write is refused before it starts, with an {@link IllegalArgumentException}.
     * If a property of the result on the way to a tag is null or its getter throws, the key is only evicted. A put that also
     * evicts one of its own tags only evicts, because the result may have been read before or after that eviction.
     *
     * <pre>{@code
     * @PutConnection(cache = "accounts", key = "{id}", tags = "customer:{result.customerId}")
     * public Account rename(UUID id, String name) { ... }
     * }</pre>
     *
     * @return at most 8 different, non-blank templates; none by default. A cache with {@code wire=JSON}, which is the default
     *     of {@code provider-connection}, cannot have tags
     */
    @Nonbinding
    String[] tags() default {};
}
