package io.cachedconnection.internal.access;

import io.cachedconnection.ConnectionCache;
import io.cachedconnection.internal.core.Ack;
import io.cachedconnection.internal.core.CacheBinding;
import io.cachedconnection.internal.core.Engine;
import io.cachedconnection.internal.core.EntryKey;
import io.cachedconnection.internal.core.KeySpace;
import io.cachedconnection.internal.core.Target;
import io.cachedconnection.internal.message.CoreMessage;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One cache by hand on the engine. Thread-safe. */
public final class EngineConnectionCache<K, V> implements ConnectionCache<K, V> {

    private final Engine engine;
    private final CacheBinding<V> binding;
    private final KeySpace space;
    private final KeyOf<K> keys;

    /** A cache whose values are those of {@code binding}, under the {@code keys} of {@code space}. */
    public EngineConnectionCache(Engine engine, CacheBinding<V> binding, KeySpace space, KeyOf<K> keys) {
        this.engine = engine;
        this.binding = binding;
        this.space = space;
        this.keys = keys;
    }

    @Override
    public Optional<V> find(K key) {
        EntryKey place = keys.of(key);
        return place == null
                ? Optional.empty()
                : Optional.ofNullable(engine.find(binding, place).value());
    }

    @Override
    @SuppressWarnings("unchecked") // the engine itself throws nothing that is checked
    public <E extends Exception> @Nullable V get(K key, Loader<? extends V, E> loader) throws E {
        Objects.requireNonNull(loader, "The loader is null.");
        EntryKey place = keys.of(key);
        if (place == null) {
            return loader.load();
        }
        try {
            return engine.read(binding, place, loader::load).value();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw (E) e;
        }
    }

    @Override
    public boolean put(K key, @Nullable V value) {
        return put(binding, written(key), value);
    }

    @Override
    public boolean put(K key, @Nullable V value, Duration ttl) {
        return put(binding.with(Ttl.exactly(ttl)), written(key), value);
    }

    private boolean put(CacheBinding<V> how, EntryKey key, @Nullable V value) {
        return Refusals.asOfTheApi(() -> {
            Ack stored = engine.put(how, key, value);
            if (stored == Ack.UNREACHABLE) {
                engine.sayUndelivered(key); // what is there may be old now
            }
            return stored == Ack.YES;
        });
    }

    @Override
    public void evict(K key) {
        evict((Target) written(key));
    }

    @Override
    public boolean contains(K key) {
        EntryKey place = keys.of(key);
        return place != null && engine.contains(binding, place) == Ack.YES;
    }

    @Override
    public void clear() {
        evict((Target) space);
    }

    private EntryKey written(K key) {
        EntryKey place = keys.of(key);
        if (place == null) {
            throw new IllegalArgumentException(CoreMessage.NULL_KEY.with(space.cache()));
        }
        return place;
    }

    private void evict(Target target) {
        Refusals.asOfTheApi(() -> {
            engine.evict(target);
            return target;
        });
    }
}
