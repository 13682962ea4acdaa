package io.cachedconnection.datasample;

import io.cachedconnection.EvictConnection;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A write of a provider. */
@EvictConnection(cache = "providers", key = "{provider.slug}")
@EvictConnection(cache = "provider-lists", key = "{provider.country}")
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface ProviderChanged {}
