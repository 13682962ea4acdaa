package io.cachedconnection.internal.core;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One lookup: what is looked up, and how it is loaded. Whoever asks extends it, so that a lookup is one object. What it does
 * not need to be answered from near is worked out when it is first asked for. Used by one thread, once.
 *
 * @param <V> the type of the value
 */
public abstract class Lookup<V> implements LookupKey, ValueLoader<V> {

    private final CacheBinding<V> binding;
    private @Nullable Supplier<LookupContext> readers;
    private @Nullable LookupContext context;
    private byte @Nullable [] content;

    /** A lookup of what {@code binding} is about. */
    protected Lookup(CacheBinding<V> binding) {
        this.binding = binding;
    }

    /** The lookup of one key. */
    static <V> Lookup<V> of(CacheBinding<V> binding, EntryKey key, ValueLoader<V> loader) {
        return new Lookup<>(binding) {
            @Override
            public Object name() {
                return key;
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

    CacheBinding<V> plan() {
        return binding;
    }

    /** From now on whoever {@code outside} says does it, once somebody asks for the reader. */
    void isBy(Supplier<LookupContext> outside) {
        readers = outside;
    }

    /** From now on {@code other} does it. */
    void isBy(LookupContext other) {
        context = other;
    }

    /** Who does it. */
    LookupContext reader() {
        LookupContext known = context;
        if (known == null) {
            if (readers == null) {
                throw new IllegalStateException("The engine says who reads.");
            }
            known = readers.get();
            context = known;
        }
        return known;
    }

    Budget budget() {
        return reader().budget();
    }

    /** What its answer looks like as bytes, which nobody changes: others need not write it once more. */
    void has(byte[] bytes) {
        content = bytes;
    }

    /** The bytes of its answer; null if nobody needed them yet. */
    byte @Nullable [] content() {
        return content;
    }

    /** The same, with something around its loader. */
    Lookup<V> loading(Around around) {
        Lookup<V> inner = this;
        Lookup<V> outer = new Lookup<>(binding) {
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
                return around.load(inner);
            }
        };
        outer.isBy(reader());
        return outer;
    }

    /** Something around a load. */
    interface Around {
        <T> @Nullable T load(ValueLoader<T> loader) throws Exception;
    }
}
