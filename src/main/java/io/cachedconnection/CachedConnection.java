package io.cachedconnection;

import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Caches the result of a lookup in Redis (read-through). The method runs only if the cache has no entry for the key.
 *
 * <p>On a method, the annotation caches that method. On a class, it caches every public method that returns a value and has no
 * annotation of its own. The result is stored under a key made of the arguments, for the configured TTL. Null and an empty
 * {@code Optional} are stored only if {@code negative-ttl} is set. If Redis is unavailable, does not answer or holds an
 * unreadable entry, the method runs. An exception of the method reaches the caller unchanged and is not stored.
 *
 * <p>In a transaction that has written the key, the method runs. If an argument of the key is null, or a property on the way to
 * a part of the key is, the call bypasses the cache. CDI does not intercept a call on {@code this}, so it is not cached. Any
 * number of threads may call the method; concurrent calls with the same key usually share one run of it.
 *
 * <p>Wrong use stops the deployment, with one message that lists all problems: a {@code void}, private, static or final method,
 * an unknown name in {@link #key()}, a parameter without an unambiguous text, or a parameter that is neither in the key nor
 * marked with {@link NotInKey}.
 *
 * <pre>{@code
 * @CachedConnection(cache = "connections-of-user", key = "{userId}:{status}", ttl = "PT30S")
 * public List<ProviderConnection> findByUser(UUID userId, ConnectionStatus status) { ... }
 * }</pre>
 */
@Inherited
@Documented
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface CachedConnection {

    /**
     * The cache that holds the entries. The name selects the settings {@code cached-connection.cache.<name>.*} and begins the
     * Redis keys. It has 1 to 64 letters of ASCII, digits, {@code -} and {@code _}, and begins with a letter or digit.
     *
     * @return the name of the cache, by default {@code provider-connection}
     */
    @Nonbinding
    String cache() default "provider-connection";

    /**
     * The key as a template: text with <code>{parameter}</code>, <code>{parameter.property}</code> or <code>{0}</code>.
     * Separate two placeholders with {@code :}.
     *
     * @return the template; if empty (default), the key consists of the parameters with {@link CacheKey}, or else of all
     *     parameters except those with {@link NotInKey}
     */
    @Nonbinding
    String key() default "";

    /**
     * The TTL of an entry: ISO-8601 ({@code PT5M}) or whole seconds ({@code 300}), from 1 millisecond to 3650 days. The setting
     * {@code cached-connection.cache.<name>.ttl} overrides it.
     *
     * @return the duration; if empty (default), the configured TTL, or else 300 seconds
     */
    @Nonbinding
    String ttl() default "";

    /**
     * Whether this lookup shares its entries with other lookups of the cache that have the same keys. Set it on all of them if
     * they ask the same question in several ways, such as {@code find(UUID)} and {@code get(UUID)}. Otherwise two lookups of
     * one cache that can have the same key stop the deployment.
     *
     * @return true to share entries; false (default) if each key belongs to one lookup
     */
    @Nonbinding
    boolean sharesEntries() default false;

    /**
     * The tags of the entries: templates in the syntax of {@link #key()}, or fixed words. Evicting a tag, by {@link
     * EvictConnection#tags()} or {@link ConnectionCaches#evictTags}, invalidates all entries with that tag in all caches. It
     * takes at most two round trips to Redis, however many entries there are. A tag is a text and belongs to the application,
     * not to one cache: <code>customer:{customerId}</code> here and <code>customer:{account.customerId}</code> at an eviction
     * are equal for equal ids.
     *
     * <pre>{@code
     * @CachedConnection(cache = "accounts-of-customer", key = "{customerId}:{page}", tags = "customer:{customerId}")
     * public List<Account> findByCustomer(UUID customerId, PageRequest page) { ... }
     * }</pre>
     *
     * <p>If a property on the way to a tag is null, the call bypasses the cache. Give lookups of one cache with the same key
     * the same tags, in any order: with different tags, each ignores and replaces the entries of the other. A tag does not
     * distinguish entries, so each parameter still belongs in the key or needs {@link NotInKey}.
     *
     * @return at most 8 different, non-blank templates; none by default. A cache with {@code wire=JSON}, which is the default
     *     of {@code provider-connection}, cannot have tags
     */
    @Nonbinding
    String[] tags() default {};
}
