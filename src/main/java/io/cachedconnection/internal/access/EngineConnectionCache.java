package io.cachedconnection.internal.access;

import io.cachedconnection.ConnectionCache;
import io.cachedconnection.internal.core.CacheKey;
import io.cachedconnection.internal.core.Engine;
import io.cachedconnection.internal.core.KeySpace;
import io.cachedconnection.internal.core.Plan;
import io.cachedconnection.internal.core.Reply;
import io.cachedconnection.internal.core.Target;
import io.cachedconnection.internal.message.CoreMessage;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One cache by hand on the engine. Thread-safe. */
public final class EngineConnectionCache<K, V> implements ConnectionCache<K, V> {

    private final Engine engine;
    private final Plan<V> plan;
    private final KeySpace space;
    private final KeyOf<K> keys;

    /** A cache whose values are those of {@code plan}, under the {@code keys} of {@code space}. */
    public EngineConnectionCache(Engine engine, Plan<V> plan, KeySpace space, KeyOf<K> keys) {
        this.engine = engine;
        this.plan = plan;
        this.space = space;
        this.keys = keys;
    }

    @Override
    public Optional<V> find(K key) {
        CacheKey place = keys.of(key);
        return place == null
                ? Optional.empty()
                : Optional.ofNullable(engine.find(plan, place).value());
    }

    @Override
    @SuppressWarnings("unchecked") // the engine itself throws nothing that is checked
    public <E extends Exception> @Nullable V get(K key, Loader<? extends V, E> loader) throws E {
        Objects.requireNonNull(loader, "The loader is null.");
        CacheKey place = keys.of(key);
        if (place == null) {
            return loader.load();
        }
        try {
            return engine.read(plan, place, loader::load).value();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw (E) e;
        }
    }

    @Override
    public boolean put(K key, @Nullable V value) {
        return put(plan, written(key), value);
    }

    @Override
    public boolean put(K key, @Nullable V value, Duration ttl) {
        return put(plan.with(Ttl.exactly(ttl)), written(key), value);
    }

    private boolean put(Plan<V> how, CacheKey key, @Nullable V value) {
        return Refusals.asOfTheApi(() -> {
            Reply stored = engine.put(how, key, value);
            if (stored == Reply.UNREACHABLE) {
                engine.sayUndelivered(key); // what is there may be old now
            }
            return stored == Reply.YES;
        });
    }

    @Override
    public void evict(K key) {
        evict((Target) written(key));
    }

    @Override
    public boolean contains(K key) {
        CacheKey place = keys.of(key);
        return place != null && engine.contains(plan, place) == Reply.YES;
    }

    @Override
    public void clear() {
        evict((Target) space);
    }

    private CacheKey written(K key) {
        CacheKey place = keys.of(key);
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
