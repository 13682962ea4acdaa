package io.cachedconnection;

import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Contains several {@link EvictConnection} of one method. The compiler adds it; do not write it yourself. It is an interceptor
 * binding of its own, because CDI does not look inside a container annotation.
 */
@Documented
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface EvictConnections {

    /**
     * Returns the evictions.
     *
     * @return each of them
     */
    @Nonbinding
    EvictConnection[] value();
}
