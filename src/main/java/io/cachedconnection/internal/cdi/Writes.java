package io.cachedconnection.internal.cdi;

import io.cachedconnection.EvictionRefusedException;
import io.cachedconnection.internal.engine.Engine;
import io.cachedconnection.internal.engine.read.CacheBinding;
import io.cachedconnection.internal.engine.store.EncodedValue;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.write.Invalidations;
import io.cachedconnection.internal.engine.write.RefusedWriteException;
import io.cachedconnection.internal.message.LifeMessage;
import io.cachedconnection.internal.method.CachedBeans;
import io.cachedconnection.internal.method.Eviction;
import io.cachedconnection.internal.method.Put;
import io.cachedconnection.internal.method.WriteMethod;
import io.cachedconnection.internal.method.WriteMethod.Announcement;
import jakarta.interceptor.InvocationContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Runs calls of methods that write. Thread-safe. */
final class Writes {

    /** Marks a call in progress: a method with several annotations has an interceptor for each. */
    private static final String IN_PROGRESS = "io.cachedconnection.write";

    /** The context key of the handler for the result of a call in progress. */
    private static final String INNERMOST = "io.cachedconnection.write.innermost";

    /** Runs the method and uses its result; a retry runs it again. */
    private interface Innermost {
        @Nullable Object around(InvocationContext call) throws Exception;
    }

    private static final Logger LOG = System.getLogger("io.cachedconnection");

    private final CachedBeans beans;
    private final Map<Put, CacheBinding<Object>> bindings = new HashMap<>(); // unchanged after the constructor
    private final Engine engine;

    Writes(CachedBeans beans, Function<Put, CacheBinding<Object>> binder, Engine engine) {
        this.beans = beans;
        this.engine = engine;
        for (WriteMethod method : beans.writes()) {
            Put put = method.put();
            if (put != null) {
                bindings.put(put, binder.apply(put));
            }
        }
    }

    @Nullable Object write(InvocationContext call) throws Exception {
        WriteMethod method = beans.findWrite(call.getTarget().getClass(), call.getMethod());
        if (method == null) {
            throw new IllegalStateException(LifeMessage.UNKNOWN_WRITE.with(name(call.getMethod())));
        }
        if (call.getContextData().putIfAbsent(IN_PROGRESS, method) != null) {
            return call.proceed();
        }
        try {
            return write(method, call);
        } catch (RefusedWriteException e) {
            throw new EvictionRefusedException(e.cache(), e);
        } finally {
            call.getContextData().remove(INNERMOST);
            call.getContextData().remove(IN_PROGRESS); // an outer interceptor may retry the call
        }
    }

    private static String name(Method method) {
        return method.getDeclaringClass().getSimpleName() + "." + method.getName();
    }

    /**
     * Leaves the rest to the innermost interceptor: other interceptors in between may change the result, and the lookup's key
     * is made of the parameters as the method gets them.
     */
    private @Nullable Object write(WriteMethod method, InvocationContext call) throws Exception {
        Object[] parameters = call.getParameters().clone();
        Announcement before = method.announcement(parameters);
        return engine.write(
                before.targets(), before.open().stream().map(Eviction::space).toList(), invalidations -> {
                    call.getContextData().put(INNERMOST, (Innermost) inner -> {
                        if (isSame(parameters, inner.getParameters())) {
                            return write(method.put(), before, inner, invalidations);
                        }
                        Announcement now = method.announcement(inner.getParameters());
                        now.targets().forEach(invalidations::evict);
                        return write(method.put(), now, inner, invalidations);
                    });
                    return call.proceed();
                });
    }

    /** Compares by identity, because {@code equals} may be slow or ignore some state. */
    private static boolean isSame(Object[] parameters, Object[] others) {
        return parameters.length == others.length
                && IntStream.range(0, parameters.length).allMatch(i -> parameters[i] == others[i]);
    }

    /**
     * Uses the result of the method of {@code call}, if it is a write that needs it. A method with several annotations has an
     * innermost interceptor for each, and only the first does the work.
     */
    static @Nullable Object writeInnermost(InvocationContext call) throws Exception {
        Object innermost = call.getContextData().remove(INNERMOST);
        if (innermost == null) {
            return call.proceed();
        }
        try {
            return ((Innermost) innermost).around(call);
        } finally {
            call.getContextData().put(INNERMOST, innermost); // for the next attempt
        }
    }

    /** Runs a write with an unknown key. After any failure before the key is known, the whole cache is evicted. */
    private @Nullable Object write(
            @Nullable Put put, Announcement before, InvocationContext call, Invalidations invalidations)
            throws Exception {
        List<Eviction> open = new ArrayList<>(before.open());
        EntryKey key = before.put();
        invalidations.forgetResults(); // of an earlier attempt
        try {
            Object result = call.proceed();
            open.removeIf(each -> isDone(each, put, before.putTags(), call, result, invalidations));
            if (put != null && key != null) {
                store(put, key, call, put.unwrap(result), invalidations);
            }
            return result;
        } finally {
            open.forEach(each -> invalidations.evict(each.space().all()));
        }
    }

    /** Whether the result of the write determines the key, or that there is none. */
    private boolean isDone(
            Eviction open,
            @Nullable Put put,
            List<EntryKey> putTags,
            InvocationContext call,
            @Nullable Object result,
            Invalidations invalidations) {
        Object value = open.value(result);
        EntryKey key = value == null ? null : key(open, call, value);
        if (key != null) {
            invalidations.evict(key);
        }
        if (key != null && put != null && put.eviction().equals(open)) {
            store(put, key.with(putTags), call, value, invalidations);
        }
        return key != null || value == null;
    }

    /** Replaces the value under {@code key} by {@code value}, if its tags can be computed. */
    private void store(
            Put put, EntryKey key, InvocationContext call, @Nullable Object value, Invalidations invalidations) {
        try {
            EntryKey tagged = put.tagged(key, call.getParameters(), value);
            if (tagged != null) {
                invalidations.replace(tagged, encodedValue(put, tagged, value));
            }
        } catch (RuntimeException e) {
            LOG.log(
                    Level.DEBUG,
                    () -> "What is put has a tag that cannot be had: "
                            + e.getClass().getName());
        }
    }

    /** Computes the key; null if a getter of the result throws, because the write itself has succeeded. */
    private static @Nullable EntryKey key(Eviction open, InvocationContext call, Object value) {
        try {
            return open.key(call.getParameters(), value);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, open.unknown(e));
            return null;
        }
    }

    private Supplier<@Nullable EncodedValue> encodedValue(Put put, EntryKey key, @Nullable Object value) {
        CacheBinding<Object> binding = bindings.get(put);
        return () -> binding == null ? null : engine.encode(binding, key, value);
    }
}
