package io.cachedconnection.datasample;

import io.cachedconnection.CachedConnection;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A cached lookup of one provider. It has no members for a processor to copy. */
@CachedConnection(cache = "providers", key = "{slug}", ttl = "PT1M")
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface CachedProvider {}
