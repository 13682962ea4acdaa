package io.cachedconnection.internal.cdi;

import io.cachedconnection.PutConnection;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** Sees what a method that puts has returned itself, before other interceptors make something else of it. */
@Interceptor
@PutConnection
@Priority(Integer.MAX_VALUE)
class InnermostPutInterceptor implements Serializable {

    private static final long serialVersionUID = 1L;

    @AroundInvoke
    @Nullable Object put(InvocationContext call) throws Exception {
        return Writes.put(call);
    }
}
