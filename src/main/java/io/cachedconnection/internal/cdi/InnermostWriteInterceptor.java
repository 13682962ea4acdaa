package io.cachedconnection.internal.cdi;

import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.InvocationContext;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What the innermost interceptors of writes have in common, one for each annotation. They see what the method has returned
 * itself, before other interceptors make something else of it.
 */
class InnermostWriteInterceptor implements Serializable {

    private static final long serialVersionUID = 1L;

    @AroundInvoke
    @Nullable Object write(InvocationContext call) throws Exception {
        return Writes.writeInnermost(call);
    }
}
