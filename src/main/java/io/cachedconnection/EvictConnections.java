package io.cachedconnection;

import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Several {@link EvictConnection} on one method. The compiler writes it; nobody types it. It is a binding of its own,
 * because CDI does not look into it.
 */
@Documented
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface EvictConnections {

    /**
     * The evictions.
     *
     * @return each of them
     */
    @Nonbinding
    EvictConnection[] value();
}
