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
 * A lookup whose answer is kept in Redis: the method runs only when Redis does not know the answer.
 *
 * <p>On a method it caches that method; on a class, every public method of the class that returns something and is not
 * annotated itself. What the method returns is stored under a key made of its arguments, for the TTL that the
 * configuration sets. When Redis is away, hung or holds garbage, the method simply runs. An exception of the method
 * reaches the caller as it is and is not stored.
 *
 * <p>An argument that is null, or null on the way to a key, makes the call go straight to the method. A method called
 * on {@code this} is not intercepted by CDI and so not cached. The annotated method may be called by any number of
 * threads.
 *
 * <p>A wrong use (a {@code void} method, a private, static or final one, an unknown name in {@link #key()}, a parameter
 * without an unambiguous text, one that is not in the key and has no {@link NotInKey}) stops the deployment with a message
 * that lists all of them.
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
     * The cache that holds the answers; it names the settings ({@code cached-connection.cache.<name>.*}) and begins the
     * keys. Letters, digits, {@code -} and {@code _}, at most 64.
     *
     * @return the name of the cache, by default {@code provider-connection}
     */
    @Nonbinding
    String cache() default "provider-connection";

    /**
     * The key as a template: text with <code>{parameter}</code>, <code>{parameter.property}</code> or <code>{0}</code>.
     * Two placeholders need a {@code :} between them.
     *
     * @return the template; empty, the default, means: the parameters with {@link CacheKey}, else all parameters but those
     *     with {@link NotInKey}
     */
    @Nonbinding
    String key() default "";

    /**
     * How long an answer is kept: ISO-8601 ({@code PT5M}) or whole seconds ({@code 300}). The setting
     * {@code cached-connection.cache.<name>.ttl} wins over it.
     *
     * @return the duration; empty, the default, means: as configured, else 300 seconds
     */
    @Nonbinding
    String ttl() default "";

    /**
     * Whether other lookups of the cache may answer with the entries of this one, and it with theirs, where their keys are
     * the same. Say so on all of them if they ask the same question in several ways, as {@code find(UUID)} and
     * {@code get(UUID)} may. Otherwise two lookups of one cache that can have the same key stop the deployment.
     *
     * @return true if they may; false, the default, if each key belongs to one lookup
     */
    @Nonbinding
    boolean sharesEntries() default false;

    /**
     * The tags of the answers: templates in the language of {@link #key()}, or words. An eviction of a tag, by {@link
     * EvictConnection#tags()} or {@link ConnectionCaches#evictTags}, makes all entries of all caches old that have it, in two
     * round trips to Redis at most, however many they are. A tag belongs to the application, not to a cache, and is its text: <code>
     * customer:{customerId}</code> here and <code>customer:{account.customerId}</code> at an eviction are the same for equal ids.
     *
     * <pre>{@code
     * @CachedConnection(cache = "accounts-of-customer", key = "{customerId}:{page}", tags = "customer:{customerId}")
     * public List<Account> findByCustomer(UUID customerId, PageRequest page) { ... }
     * }</pre>
     *
     * <p>A null on the way to a tag makes the call go straight to the method. Lookups of one cache that have the same key but
     * other tags never see each other's entries, and each replaces the entry of the other: give them the same tags, in any
     * order, or different keys. A tag does not tell entries apart, so each parameter still has to be in the key, or {@link
     * NotInKey}.
     *
     * @return at most 8 templates, none twice and none blank; by default none. A cache with {@code wire=JSON}, which is the
     *     default of {@code provider-connection}, can have none
     */
    @Nonbinding
    String[] tags() default {};
}
