package io.cachedconnection.internal.access;

import io.cachedconnection.CacheCodec;
import io.cachedconnection.CacheStatistics;
import io.cachedconnection.ConnectionCache;
import io.cachedconnection.ConnectionCaches;
import io.cachedconnection.EvictionRefusedException;
import io.cachedconnection.UnitOfWork;
import io.cachedconnection.internal.common.Throttle;
import io.cachedconnection.internal.engine.Engine;
import io.cachedconnection.internal.engine.read.CacheCounters;
import io.cachedconnection.internal.engine.read.CacheCounters.Event;
import io.cachedconnection.internal.engine.read.Caches;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.Outcome;
import io.cachedconnection.internal.engine.write.RefusedWriteException;
import io.cachedconnection.internal.engine.write.Units;
import io.cachedconnection.internal.engine.write.WriteCounters;
import io.cachedconnection.internal.engine.write.WriteCounters.Fate;
import io.cachedconnection.internal.engine.write.WriteCounters.Scope;
import io.cachedconnection.internal.message.CoreMessage;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The programmatic view of the application's caches. Thread-safe. */
public final class EngineConnectionCaches implements ConnectionCaches {

    private static final Logger LOG = System.getLogger("io.cachedconnection");
    private static final Duration SILENCE = Duration.ofMinutes(1);

    private final Throttle throttle = new Throttle(SILENCE, System::nanoTime);
    private final Engine engine;
    private final Caches caches;
    private final Opening opening;
    private final Supplier<Map<String, CacheCodec>> codecs;
    private final Units units;
    private final Duration longest;

    /**
     * Creates the view of {@code caches} on {@code engine}; {@code opening} opens them. Units open for {@code longest} cause a
     * warning.
     */
    public EngineConnectionCaches(
            Engine engine,
            Caches caches,
            Opening opening,
            Supplier<Map<String, CacheCodec>> codecs,
            Units units,
            Duration longest) {
        this.engine = engine;
        this.caches = caches;
        this.opening = opening;
        this.codecs = codecs;
        this.units = units;
        this.longest = longest;
    }

    /** Opens caches and creates tags for programmatic use. Thread-safe. */
    public interface Opening {

        /** Opens the cache with these tags; the caller vouches for the types. */
        <K, V> ConnectionCache<K, V> open(String name, Type keyType, Type valueType, String... tags);

        /**
         * Returns the tag with this text.
         *
         * @throws IllegalArgumentException if the text cannot be a tag
         */
        EntryKey tag(String text);

        /**
         * Returns the text that a template makes of these parts.
         *
         * @throws IllegalArgumentException if the template or a part is unsuitable
         */
        String text(String template, Object... parts);
    }

    /** The programmatic view of a unit. */
    private record OpenUnit(Units.Handle part) implements UnitOfWork {

        @Override
        public void committed() {
            end(Outcome.COMMITTED);
        }

        @Override
        public void rolledBack() {
            end(Outcome.REFUSED);
        }

        private void end(Outcome outcome) {
            if (!part.end(outcome)) {
                throw new IllegalStateException(CoreMessage.UNIT_IS_OVER.with());
            }
        }

        @Override
        public void close() {
            part.end(Outcome.UNKNOWN);
        }
    }

    @Override
    public UnitOfWork unitOfWork() {
        return new OpenUnit(opened());
    }

    private Units.Handle opened() {
        Units.Handle part = units.open();
        if (part.age().compareTo(longest) > 0 && throttle.permits()) {
            LOG.log(Level.WARNING, CoreMessage.UNIT_FORGOTTEN.with(part.age().toSeconds(), SILENCE.toSeconds()));
        }
        return part;
    }

    @Override
    public <T, E extends Exception> @Nullable T inUnitOfWork(UnitOfWork.Work<T, E> work) throws E {
        Objects.requireNonNull(work, "The work is null.");
        Units.Handle part = opened();
        try {
            T result = work.run();
            part.end(Outcome.REPORTED_COMMITTED); // a template may roll back and still return
            return result;
        } catch (Exception | Error e) {
            part.failed(e);
            throw e;
        }
    }

    @Override
    public <E extends Exception> void inUnitOfWork(UnitOfWork.Task<E> task) throws E {
        Objects.requireNonNull(task, "The task is null.");
        this.<@Nullable Object, E>inUnitOfWork(() -> {
            task.run();
            return null;
        });
    }

    @Override
    public <K, V> ConnectionCache<K, V> cache(String name, Class<K> keyType, Class<V> valueType) {
        return cache(name, (Type) keyType, valueType);
    }

    @Override
    public <K, V> ConnectionCache<K, V> cache(String name, Type keyType, Type valueType) {
        Objects.requireNonNull(name, "The name of the cache is null.");
        Objects.requireNonNull(keyType, "The type of the keys is null.");
        Objects.requireNonNull(valueType, "The type of the values is null.");
        return opening.open(name, keyType, valueType);
    }

    /** Evicts each tag, also after one whose eviction could not be delivered. */
    @Override
    public void evictTags(String... tags) {
        Objects.requireNonNull(tags, "The tags are null.");
        Set<EntryKey> targets = new LinkedHashSet<>();
        for (String tag : tags) {
            targets.add(opening.tag(Objects.requireNonNull(tag, "A tag is null.")));
        }
        try {
            engine.evict(targets);
        } catch (RefusedWriteException e) {
            throw new EvictionRefusedException(e.cache(), e);
        }
    }

    @Override
    public String tag(String template, Object... parts) {
        Objects.requireNonNull(template, "The template is null.");
        Objects.requireNonNull(parts, "The parts are null.");
        return opening.text(template, parts);
    }

    @Override
    public Map<String, CacheStatistics> statistics() {
        Map<String, CacheStatistics> statistics = new TreeMap<>();
        caches.all()
                .forEach((name, cache) -> statistics.put(name, Statistics.of(name, cache.counters(), engine.writes())));
        return Collections.unmodifiableMap(statistics);
    }

    private record Statistics(
            long nearHits,
            long hits,
            long misses,
            long bypasses,
            long loads,
            long loadFailures,
            long stores,
            long evictions,
            long undecodable,
            long outdated,
            long untrusted,
            long verified,
            long lies,
            long failures)
            implements CacheStatistics {

        static Statistics of(String name, CacheCounters counters, WriteCounters writes) {
            return new Statistics(
                    counters.of(Event.NEAR_HIT),
                    counters.of(Event.HIT),
                    counters.of(Event.MISS, Event.BYPASS_UNREACHABLE, Event.BYPASS_PENDING_EVICTION),
                    counters.of(Event.BYPASS_OFF, Event.BYPASS_TRANSACTION),
                    counters.of(Event.LOAD),
                    counters.of(Event.LOAD_FAILED),
                    counters.of(Event.LOAD_STORED) + writes.of(name, Scope.KEY, Fate.REPLACED),
                    writes.of(name, Scope.KEY, Fate.DONE) + writes.of(name, Scope.ALL, Fate.DONE),
                    counters.of(Event.UNDECODABLE),
                    counters.of(Event.OUTDATED),
                    counters.of(Event.UNTRUSTED),
                    counters.of(Event.VERIFIED),
                    counters.of(Event.LIE),
                    counters.of(Event.FAILURE));
        }
    }

    @Override
    public Map<String, CacheCodec> codecs() {
        return Collections.unmodifiableMap(codecs.get());
    }
}
