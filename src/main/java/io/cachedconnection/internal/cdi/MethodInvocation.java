package io.cachedconnection.internal.cdi;

import io.cachedconnection.internal.core.CacheBinding;
import io.cachedconnection.internal.core.EntryKey;
import io.cachedconnection.internal.core.Lookup;
import io.cachedconnection.internal.method.CachedMethod;
import io.cachedconnection.internal.method.CallName;
import jakarta.interceptor.InvocationContext;
import org.jspecify.annotations.Nullable;

/** The lookup that a call of a cached method is. Used by one thread. */
final class MethodInvocation extends Lookup<Object> {

    private final CachedMethod method;
    private final InvocationContext call;
    private final CallName name;
    private @Nullable EntryKey key;

    MethodInvocation(CacheBinding<Object> binding, CachedMethod method, InvocationContext call, CallName name) {
        super(binding);
        this.method = method;
        this.call = call;
        this.name = name;
    }

    @Override
    public Object name() {
        return name.isLong() ? key() : name;
    }

    @Override
    public EntryKey key() {
        EntryKey known = key;
        if (known == null) {
            known = method.key(name);
            key = known;
        }
        return known;
    }

    @Override
    public @Nullable Object load() throws Exception {
        return method.unwrap(call.proceed());
    }
}
