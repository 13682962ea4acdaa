package io.cachedconnection.internal.engine.read;

import io.cachedconnection.internal.engine.store.Budget;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.LookupKey;
import io.cachedconnection.internal.engine.store.ValueLoader;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One lookup: the key, how it is loaded, and on whose behalf. The caller extends it, so that a lookup is one object. What an
 * answer from near does not need is worked out when it is first asked for. Used by one thread, once.
 *
 * @param <V> the type of the value
 */
public abstract class Lookup<V> implements LookupKey, ValueLoader<V> {

    private final CacheBinding<V> binding;
    private final Supplier<LookupContext> contexts;
    private @Nullable LookupContext context; // of contexts, made once
    private byte @Nullable [] content;

    /** A lookup through {@code binding}, outside of transactions; see {@code Engine.contexts()}. */
    protected Lookup(CacheBinding<V> binding, Supplier<LookupContext> contexts) {
        this.binding = binding;
        this.contexts = contexts;
    }

    private Lookup(Lookup<V> other, LookupContext context) {
        this(other.binding, other.contexts);
        this.context = context;
    }

    /** The lookup of one key. */
    public static <V> Lookup<V> of(
            CacheBinding<V> binding, EntryKey key, ValueLoader<V> loader, Supplier<LookupContext> contexts) {
        return new Lookup<>(binding, contexts) {
            @Override
            public Object name() {
                return key.name();
            }

            @Override
            public EntryKey key() {
                return key;
            }

            @Override
            public @Nullable V load() throws Exception {
                return loader.load();
            }
        };
    }

    /** A lookup of this key in another context, or with another loader. */
    Lookup<V> with(LookupContext other, ValueLoader<V> loader) {
        Lookup<V> inner = this;
        return new Lookup<>(inner, other) {
            @Override
            public Object name() {
                return inner.name();
            }

            @Override
            public EntryKey key() {
                return inner.key();
            }

            @Override
            public @Nullable V load() throws Exception {
                return loader.load();
            }
        };
    }

    CacheBinding<V> binding() {
        return binding;
    }

    LookupContext context() {
        LookupContext known = context;
        if (known == null) {
            known = contexts.get();
            context = known;
        }
        return known;
    }

    Budget budget() {
        return context().budget();
    }

    /** Notes the bytes of the value, which do not change any more: callers that share it need not encode it again. */
    void has(byte[] bytes) {
        content = bytes;
    }

    /** The bytes of the value; null if they were not needed yet. */
    byte @Nullable [] content() {
        return content;
    }
}
