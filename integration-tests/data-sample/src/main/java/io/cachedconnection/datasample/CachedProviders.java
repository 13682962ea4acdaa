package io.cachedconnection.datasample;

import io.cachedconnection.CachedConnection;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A cached lookup of several providers. */
@CachedConnection(cache = "provider-lists")
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface CachedProviders {}
