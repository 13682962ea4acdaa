package io.cachedconnection.internal.cdi;

import io.cachedconnection.internal.transaction.JtaFrame;
import io.cachedconnection.internal.transaction.JtaScope;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The interceptors directly outside and inside the server's {@code @Transactional} interceptor, which see transactions begin
 * and commits return. They are beans only if Jakarta Transactions is on the class path. Two transaction types begin a
 * transaction, each with a binding of its own. All are serializable, because passivated beans carry their interceptors along.
 */
final class TransactionFrames {

    private static final String FRAME = "io.cachedconnection.frame";

    private TransactionFrames() {}

    static List<Class<?>> classes() {
        return List.of(OutsideRequired.class, InsideRequired.class, OutsideRequiresNew.class, InsideRequiresNew.class);
    }

    static class Outside implements Serializable {

        private static final long serialVersionUID = 1L;

        @Inject
        @SuppressWarnings("serial") // the injected object is a serializable client proxy
        CacheRuntime cacheRuntime;

        @AroundInvoke
        @Nullable Object frame(InvocationContext call) throws Exception {
            JtaFrame frame = frame();
            if (frame == null) {
                return call.proceed();
            }
            call.getContextData().put(FRAME, frame);
            return frame.outside(call::proceed);
        }

        /**
         * Returns the frame; null if it is not available, because the method may not use caches or the application is stopping.
         */
        private @Nullable JtaFrame frame() {
            try {
                return cacheRuntime.transactions() instanceof JtaScope jta ? jta.frame() : null;
            } catch (RuntimeException | LinkageError e) {
                return null;
            }
        }
    }

    static class Inside implements Serializable {

        private static final long serialVersionUID = 1L;

        @AroundInvoke
        @Nullable Object frame(InvocationContext call) throws Exception {
            Object frame = call.getContextData().remove(FRAME);
            return frame == null ? call.proceed() : ((JtaFrame) frame).inside(call::proceed);
        }
    }

    /** Runs outside a method that begins a transaction if there is none. */
    @Interceptor
    @Transactional(TxType.REQUIRED)
    @Priority(Interceptor.Priority.PLATFORM_BEFORE + 199)
    static class OutsideRequired extends Outside {
        private static final long serialVersionUID = 1L;
    }

    /** Runs inside a method that begins a transaction if there is none. */
    @Interceptor
    @Transactional(TxType.REQUIRED)
    @Priority(Interceptor.Priority.PLATFORM_BEFORE + 201)
    static class InsideRequired extends Inside {
        private static final long serialVersionUID = 1L;
    }

    /** Runs outside a method that always begins a transaction. */
    @Interceptor
    @Transactional(TxType.REQUIRES_NEW)
    @Priority(Interceptor.Priority.PLATFORM_BEFORE + 199)
    static class OutsideRequiresNew extends Outside {
        private static final long serialVersionUID = 1L;
    }

    /** Runs inside a method that always begins a transaction. */
    @Interceptor
    @Transactional(TxType.REQUIRES_NEW)
    @Priority(Interceptor.Priority.PLATFORM_BEFORE + 201)
    static class InsideRequiresNew extends Inside {
        private static final long serialVersionUID = 1L;
    }
}
