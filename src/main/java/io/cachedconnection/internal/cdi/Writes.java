package io.cachedconnection.internal.cdi;

import io.cachedconnection.EvictionRefusedException;
import io.cachedconnection.internal.core.CacheKey;
import io.cachedconnection.internal.core.Changes;
import io.cachedconnection.internal.core.Engine;
import io.cachedconnection.internal.core.Parcel;
import io.cachedconnection.internal.core.Plan;
import io.cachedconnection.internal.core.RefusedWriteException;
import io.cachedconnection.internal.message.CoreMessage;
import io.cachedconnection.internal.message.LifeMessage;
import io.cachedconnection.internal.method.CachedBeans;
import io.cachedconnection.internal.method.Put;
import io.cachedconnection.internal.method.WriteMethod;
import io.cachedconnection.internal.method.WriteMethod.Announcement;
import jakarta.interceptor.InvocationContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Does calls of methods that write. Thread-safe. */
final class Writes {

    /** Marks a call that is being done: a method with several annotations has an interceptor for each. */
    private static final String IN_PROGRESS = "io.cachedconnection.write";

    private static final Logger LOG = System.getLogger("io.cachedconnection");

    private final CachedBeans beans;
    private final Map<Put, Plan<Object>> plans = new HashMap<>(); // does not change after the constructor
    private final Engine engine;

    Writes(CachedBeans beans, Function<Put, Plan<Object>> planning, Engine engine) {
        this.beans = beans;
        this.engine = engine;
        for (WriteMethod method : beans.writes()) {
            Put put = method.put();
            if (put != null) {
                plans.put(put, planning.apply(put));
            }
        }
    }

    @Nullable Object write(InvocationContext call) throws Exception {
        WriteMethod method = beans.findWrite(call.getTarget().getClass(), call.getMethod());
        if (method == null && !call.getMethod().isBridge()) { // a bridge calls the method that it stands for
            throw new IllegalStateException(LifeMessage.UNKNOWN_WRITE.with(name(call.getMethod())));
        }
        if (method == null || call.getContextData().putIfAbsent(IN_PROGRESS, method) != null) {
            return call.proceed();
        }
        try {
            return write(method, call);
        } catch (RefusedWriteException e) {
            throw new EvictionRefusedException(e.cache(), e);
        } finally {
            call.getContextData().remove(IN_PROGRESS); // an interceptor further out may try once more
        }
    }

    private static String name(Method method) {
        return method.getDeclaringClass().getSimpleName() + "." + method.getName();
    }

    private @Nullable Object write(WriteMethod method, InvocationContext call) throws Exception {
        Announcement before = method.announcement(call.getParameters());
        Put put = method.put();
        if (put == null) {
            return engine.write(before.targets(), changes -> call.proceed());
        }
        CacheKey key = before.put();
        return key == null
                ? engine.write(before.targets(), put.space(), changes -> putUnderResult(put, call, changes))
                : engine.write(before.targets(), changes -> putUnder(key, put, call, changes));
    }

    private @Nullable Object putUnder(CacheKey key, Put put, InvocationContext call, Changes changes) throws Exception {
        Object result = call.proceed();
        changes.replace(key, parcel(put, key, put.unwrap(result)));
        return result;
    }

    /** As long as the key is not known, the write may be of any: whatever goes wrong before, the whole cache is evicted. */
    private @Nullable Object putUnderResult(Put put, InvocationContext call, Changes changes) throws Exception {
        boolean known = false;
        try {
            Object result = call.proceed();
            Object value = put.unwrap(result);
            CacheKey key = value == null ? null : key(put, call, value);
            if (key != null) {
                changes.replace(key, parcel(put, key, value));
            }
            known = key != null || value == null;
            return result;
        } finally {
            if (!known) {
                changes.evict(put.space());
            }
        }
    }

    /** The write is done: a getter of its result that throws is not to look like a failure of it. */
    private static @Nullable CacheKey key(Put put, InvocationContext call, Object value) {
        try {
            return put.key(call.getParameters(), value);
        } catch (RuntimeException e) {
            String failure = e.getClass().getName();
            LOG.log(
                    Level.WARNING,
                    CoreMessage.KEY_NOT_TO_BE_HAD.with(put.space().cache(), failure));
            return null;
        }
    }

    private Supplier<@Nullable Parcel> parcel(Put put, CacheKey key, @Nullable Object value) {
        Plan<Object> plan = plans.get(put);
        return () -> plan == null ? null : engine.parcel(plan, key, value);
    }
}
