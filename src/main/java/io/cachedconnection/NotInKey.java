package io.cachedconnection;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A parameter that is no part of the key, because the result does not depend on it: a timeout, a tracing context. It is your
 * word: with another argument the same entry answers. Every parameter of a {@link CachedConnection} method is in the key or
 * has this annotation; otherwise the application is not deployed.
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
