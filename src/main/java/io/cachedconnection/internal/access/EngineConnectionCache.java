package io.cachedconnection.internal.access;

import io.cachedconnection.CacheLieException;
import io.cachedconnection.ConnectionCache;
import io.cachedconnection.EvictionRefusedException;
import io.cachedconnection.internal.engine.Engine;
import io.cachedconnection.internal.engine.read.CacheBinding;
import io.cachedconnection.internal.engine.read.CacheBinding.TtlChoice;
import io.cachedconnection.internal.engine.read.VerificationLayer.LieFoundException;
import io.cachedconnection.internal.engine.store.Ack;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.Target;
import io.cachedconnection.internal.engine.write.RefusedWriteException;
import io.cachedconnection.internal.message.CoreMessage;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One cache for programmatic use, on the engine. Thread-safe. */
public final class EngineConnectionCache<K, V> implements ConnectionCache<K, V> {

    private static final Duration SHORTEST_TTL = Duration.ofMillis(1);
    private static final Duration LONGEST_TTL = Duration.ofDays(3650);

    private final Engine engine;
    private final CacheBinding<V> binding;
    private final KeySpace space;
    private final KeyMapper<K> keys;
    private final Function<String[], ConnectionCache<K, V>> tagging;

    /** Maps the keys of a program to keys of the engine. Thread-safe. */
    @FunctionalInterface
    public interface KeyMapper<K> {

        /** Returns the engine's key; null if {@code key} is null or contains a null. */
        @Nullable EntryKey map(@Nullable K key);
    }

    /** Creates a cache of {@code binding}, with the {@code keys} of {@code space}; {@code tagging} changes its tags. */
    public EngineConnectionCache(
            Engine engine,
            CacheBinding<V> binding,
            KeySpace space,
            KeyMapper<K> keys,
            Function<String[], ConnectionCache<K, V>> tagging) {
        this.engine = engine;
        this.binding = binding;
        this.space = space;
        this.keys = keys;
        this.tagging = tagging;
    }

    @Override
    public Optional<V> find(K key) {
        EntryKey entry = keys.map(key);
        return entry == null
                ? Optional.empty()
                : Optional.ofNullable(engine.find(binding, entry).value());
    }

    @Override
    @SuppressWarnings("unchecked") // the engine itself throws no checked exceptions
    public <E extends Exception> @Nullable V get(K key, Loader<? extends V, E> loader) throws E {
        Objects.requireNonNull(loader, "The loader is null.");
        EntryKey entry = keys.map(key);
        if (entry == null) {
            return loader.load();
        }
        try {
            return engine.read(binding, entry, loader::load).value();
        } catch (LieFoundException e) {
            throw new CacheLieException(e.cache(), e);
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
        return put(binding.with(ttl(ttl)), written(key), value);
    }

    private boolean put(CacheBinding<V> how, EntryKey key, @Nullable V value) {
        return refusable(() -> {
            Ack stored = engine.put(how, key, value);
            if (stored == Ack.UNREACHABLE) {
                engine.sayUndelivered(key); // the entry may be stale now
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
        EntryKey entry = keys.map(key);
        return entry != null && engine.contains(binding, entry) == Ack.YES;
    }

    @Override
    public ConnectionCache<K, V> tagged(String... tags) {
        Objects.requireNonNull(tags, "The tags are null.");
        String[] all = tags.clone();
        for (String tag : all) {
            Objects.requireNonNull(tag, "A tag is null.");
        }
        return tagging.apply(all);
    }

    @Override
    public void clear() {
        evict(space.all());
    }

    private EntryKey written(K key) {
        EntryKey entry = keys.map(key);
        if (entry == null) {
            throw new IllegalArgumentException(CoreMessage.NULL_KEY.with(space.cache()));
        }
        return entry;
    }

    private void evict(Target target) {
        refusable(() -> {
            engine.evict(target);
            return target;
        });
    }

    /** Runs {@code write}, and throws the API's exception if the engine refuses it. */
    public static <T> T refusable(Supplier<T> write) {
        try {
            return write.get();
        } catch (RefusedWriteException e) {
            throw new EvictionRefusedException(e.cache(), e);
        }
    }

    /** Chooses this TTL regardless of settings, within the limits of annotations and settings. */
    public static TtlChoice ttl(Duration ttl) {
        Objects.requireNonNull(ttl, "The TTL is null.");
        if (ttl.compareTo(SHORTEST_TTL) < 0 || ttl.compareTo(LONGEST_TTL) > 0) {
            throw new IllegalArgumentException("A TTL is a duration from 1 millisecond to 3650 days: " + ttl);
        }
        return TtlChoice.exactly(ttl);
    }
}
