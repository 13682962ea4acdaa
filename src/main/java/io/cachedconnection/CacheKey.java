package io.cachedconnection;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a parameter as part of the key. The marked parameters, in their order, form the key. Without a marked parameter and
 * without a key template, the key consists of all parameters except those with {@link NotInKey}. A lookup has one of the two
 * annotations, or a placeholder in the template, for each of its parameters. A write needs only this annotation, on the
 * parameters that name what it evicts.
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
