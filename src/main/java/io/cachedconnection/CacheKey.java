package io.cachedconnection;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A parameter that belongs to the key. The parameters so marked, in their order, are the key. Without one, and without a
 * key template, all parameters are the key but those with {@link NotInKey}. A lookup has either annotation on each of its
 * parameters; a write, which seldom needs all of its parameters to name what it evicts, only this one.
 *
 * <pre>{@code
 * @EvictConnection
 * public void rename(@CacheKey UUID connectionId, String alias) { ... }
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface CacheKey {}
