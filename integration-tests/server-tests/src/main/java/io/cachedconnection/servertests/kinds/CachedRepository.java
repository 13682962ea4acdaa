package io.cachedconnection.servertests.kinds;

import io.cachedconnection.CachedConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Stereotype;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A stereotype that says that the lookups are cached. */
@ApplicationScoped
@CachedConnection(cache = "by-stereotype")
@Stereotype
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface CachedRepository {}
