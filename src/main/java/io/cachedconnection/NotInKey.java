package io.cachedconnection;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Excludes a parameter from the key, because the result does not depend on it: a timeout or a tracing context, for example. You
 * vouch for that: calls that differ only in this argument get the same entry. Each parameter of a {@link CachedConnection}
 * method is in the key or has this annotation; otherwise the deployment fails.
 *
 * <pre>{@code
 * @CachedConnection
 * public ProviderConnection find(UUID connectionId, @NotInKey Duration patience) { ... }
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface NotInKey {}
