package io.cachedconnection.internal.core;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One lookup: what is looked up, and how it is loaded. Whoever asks extends it, so that a lookup is one object. What it does
 * not need to be answered from near is worked out when it is first asked for. Used by one thread, once.
 *
 * @param <V> the type of the value
 */
public abstract class Read<V> implements Question, Loader<V> {

    private final Plan<V> plan;
    private @Nullable Supplier<Reader> readers;
    private @Nullable Reader reader;
    private byte @Nullable [] content;

    /** A lookup of what {@code plan} is about. */
    protected Read(Plan<V> plan) {
        this.plan = plan;
    }

    /** The lookup of one key. */
    static <V> Read<V> of(Plan<V> plan, CacheKey key, Loader<V> loader) {
        return new Read<>(plan) {
            @Override
            public Object name() {
                return key;
            }

            @Override
            public CacheKey key() {
                return key;
            }

            @Override
            public @Nullable V load() throws Exception {
                return loader.load();
            }
        };
    }

    Plan<V> plan() {
        return plan;
    }

    /** From now on whoever {@code outside} says does it, once somebody asks for the reader. */
    void isBy(Supplier<Reader> outside) {
        readers = outside;
    }

    /** From now on {@code other} does it. */
    void isBy(Reader other) {
        reader = other;
    }

    /** Who does it. */
    Reader reader() {
        Reader known = reader;
        if (known == null) {
            if (readers == null) {
                throw new IllegalStateException("The engine says who reads.");
            }
            known = readers.get();
            reader = known;
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
    Read<V> loading(Around around) {
        Read<V> inner = this;
        Read<V> outer = new Read<>(plan) {
            @Override
            public Object name() {
                return inner.name();
            }

            @Override
            public CacheKey key() {
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
        <T> @Nullable T load(Loader<T> loader) throws Exception;
    }
}
