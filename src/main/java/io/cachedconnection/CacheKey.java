package io.cachedconnection;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A parameter that belongs to the key. The parameters so marked, in their order, are the key; the others do not matter
 * to it. Without one, and without {@link CachedConnection#key()}, all parameters are the key.
 *
 * <pre>{@code
 * @CachedConnection
 * public ProviderConnection find(@CacheKey UUID connectionId, Locale locale) { ... }
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface CacheKey {}
