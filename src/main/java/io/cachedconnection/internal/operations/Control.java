package io.cachedconnection.internal.operations;

import io.cachedconnection.internal.engine.Engine;
import io.cachedconnection.internal.engine.read.Cache;
import io.cachedconnection.internal.engine.read.Cache.Switch;
import io.cachedconnection.internal.engine.read.Caches;
import io.cachedconnection.internal.engine.store.CacheSettings;
import io.cachedconnection.internal.engine.store.EntryFormat;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.EntryReport;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.RemoteStore;
import io.cachedconnection.internal.engine.store.StoreException;
import io.cachedconnection.internal.engine.store.StoreException.Reason;
import io.cachedconnection.internal.engine.store.UnreadableValueException;
import io.cachedconnection.internal.engine.write.RefusedWriteException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The actions of an operator on the caches of one application on this node: inspect a key, evict, switch a cache off and on.
 * Evictions work like those of the application, so all nodes heed them. Thread-safe.
 */
public final class Control {

    private final Engine engine;
    private final Caches caches;
    private final RemoteStore store;
    private final Function<String, KeySpace> spaces;
    private final Function<String, EntryKey> tags;
    private final Map<String, EntryFormat> formats;
    private final long patience;
    private final ReentrantLock switching = new ReentrantLock(); // serializes concurrent operators and double clicks

    /**
     * Creates the control of one application.
     *
     * @param spaces returns the key space of a cache by its name
     * @param tags returns the key of a tag by its text; throws an {@link IllegalArgumentException} for a text that cannot be a
     *     tag
     * @param formats returns the format of a cache's values by its name, if known
     * @param patience the timeout of one call to the store
     */
    public Control(
            Engine engine,
            Caches caches,
            RemoteStore store,
            Function<String, KeySpace> spaces,
            Function<String, EntryKey> tags,
            Map<String, EntryFormat> formats,
            Duration patience) {
        this.engine = engine;
        this.caches = caches;
        this.store = store;
        this.spaces = spaces;
        this.tags = tags;
        this.formats = formats;
        this.patience = patience.toNanos();
    }

    /** Returns the cache with this name; null if there is none. */
    public @Nullable Cache cache(String name) {
        return caches.all().get(name);
    }

    /** Returns the key of {@code cache} whose arguments have the text {@code parts}. */
    public EntryKey key(Cache cache, String parts) {
        return spaces.apply(cache.name()).key(parts);
    }

    /** Returns the key with this full text in Redis; null if no existing cache has such a key. */
    public @Nullable EntryKey named(String text) {
        for (String cache : caches.all().keySet()) {
            EntryKey key = spaces.apply(cache).named(text);
            if (key != null) {
                return key;
            }
        }
        return null;
    }

    /**
     * Reports what the remote store has for {@code key}.
     *
     * @throws StoreException if the store does not answer, or its circuit breaker is open
     */
    public EntryReport inspect(EntryKey key) {
        if (!store.isAnswering(key)) {
            throw new StoreException(Reason.NOT_NOW, "its circuit breaker is open after failures");
        }
        return store.inspect(key, patience);
    }

    /**
     * Returns the bytes of the value in {@code payload}, decompressed and decrypted; null if the cache has not been used yet,
     * so that its format is unknown.
     *
     * @throws UnreadableValueException if it is not a value of this version of the application
     */
    public byte @Nullable [] value(EntryKey key, byte[] payload) throws UnreadableValueException {
        @Nullable EntryFormat format = formats.get(key.cache());
        return format == null ? null : format.unwrapped(key, payload, CacheSettings.MOST_VALUE_BYTES);
    }

    /**
     * Evicts one key.
     *
     * @throws RefusedWriteException if the remote store is unavailable and {@code evict.on-failure} is {@code FAIL}
     */
    public void evict(EntryKey key) {
        engine.evict(key);
    }

    /**
     * Evicts a whole cache.
     *
     * @throws RefusedWriteException as for {@link #evict}
     */
    public void clear(Cache cache) {
        engine.evict(spaces.apply(cache.name()).all());
    }

    /**
     * Evicts all entries with a tag.
     *
     * @throws IllegalArgumentException if {@code tag} cannot be one
     * @throws RefusedWriteException as for {@link #evict}
     */
    public void evictTag(String tag) {
        engine.evict(tags.apply(tag));
    }

    /** Switches a cache off on this node, like {@code enabled=false}, until it is switched on or the application ends. */
    public void switchOff(Cache cache) {
        switching.lock();
        try {
            cache.turn(Switch.OFF);
        } finally {
            switching.unlock();
        }
    }

    /**
     * Returns control over a cache to the settings. Clears it first, because writes may not have evicted from it meanwhile,
     * even if they would now. Until that is done the cache stays off.
     *
     * @throws RefusedWriteException as for {@link #evict}
     */
    public void switchOn(Cache cache) {
        switching.lock();
        try {
            if (cache.position() != Switch.BY_SETTINGS) {
                cache.turn(Switch.OFF_BUT_EVICTING);
                clear(cache);
                cache.turn(Switch.BY_SETTINGS);
            }
        } finally {
            switching.unlock();
        }
    }
}
