package io.cachedconnection.internal.operations;

import io.cachedconnection.CacheCodec;
import io.cachedconnection.internal.engine.Engine;
import io.cachedconnection.internal.engine.near.NearCaches;
import io.cachedconnection.internal.engine.read.Cache;
import io.cachedconnection.internal.engine.read.Caches;
import io.cachedconnection.internal.engine.store.RemoteStore;
import io.cachedconnection.internal.engine.store.ServerReport;
import io.cachedconnection.internal.engine.store.StoreHealth;
import io.cachedconnection.internal.engine.write.WriteCounters;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The operator's view of the caches of one application on this node: the one source of metrics, JMX, health and the console. It
 * never calls Redis or waits, so it may be read at any time. It reveals no login, key or value. Thread-safe.
 */
public final class Operations {

    private static final Logger LOG = System.getLogger("io.cachedconnection");
    private static final String MAVEN_PROPERTIES =
            "/META-INF/maven/io.cachedconnection/cached-connection/pom.properties";

    private final String address;
    private final Engine engine;
    private final Caches caches;
    private final NearCaches near;
    private final RemoteStore store;
    private final Supplier<Map<String, CacheCodec>> codecs;
    private final @Nullable Cache only; // null for all caches

    /** Creates the view of one application, whose Redis is at {@code address}, without user and password. */
    public Operations(
            String address,
            Engine engine,
            Caches caches,
            NearCaches near,
            RemoteStore store,
            Supplier<Map<String, CacheCodec>> codecs) {
        this(address, engine, caches, near, store, codecs, null);
    }

    private Operations(
            String address,
            Engine engine,
            Caches caches,
            NearCaches near,
            RemoteStore store,
            Supplier<Map<String, CacheCodec>> codecs,
            @Nullable Cache only) {
        this.address = address;
        this.engine = engine;
        this.caches = caches;
        this.near = near;
        this.store = store;
        this.codecs = codecs;
        this.only = only;
    }

    /** Returns the view of {@code cache} alone, so that its numbers are read without those of all others. */
    public Operations of(Cache cache) {
        return new Operations(address, engine, caches, near, store, codecs, cache);
    }

    /** Returns the version of this library from its jar; {@code unknown} outside of the jar. */
    public static String version() {
        @Nullable String version = Operations.class.getPackage().getImplementationVersion();
        if (version != null) {
            return version;
        }
        Properties properties = new Properties(); // some class loaders do not read the manifest
        try (@Nullable InputStream in = Operations.class.getResourceAsStream(MAVEN_PROPERTIES)) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "The version of this library cannot be read.", e);
        }
        return properties.getProperty("version", "unknown");
    }

    /** Returns the readable address of Redis. */
    public String address() {
        return address;
    }

    /** Returns the caches that exist so far, by name, with their counters. */
    public SortedMap<String, Cache> caches() {
        return only == null ? caches.all() : new TreeMap<>(Map.of(only.name(), only));
    }

    /** Returns the counts of evictions and puts by outcome. */
    public WriteCounters writes() {
        return engine.writes();
    }

    /** Returns the approximate number of entries in the near cache of {@code cache}; 0 without one. */
    public long nearEntries(Cache cache) {
        return cache.nearEntries();
    }

    /** Returns how many evictions wait until Redis accepts writes. */
    public int pendingEvictions() {
        return engine.pendingEvictions();
    }

    /** Whether any cache has a near cache. */
    public boolean isNear() {
        return !near.wanted().isEmpty();
    }

    /** Whether the invalidation stream is up, so that near caches may serve values. */
    public boolean isHeard() {
        return near.isHeard();
    }

    /**
     * Returns the age of the last proof that no change is on its way to the near caches; null without near caches, or while the
     * invalidation stream is down.
     */
    public @Nullable Duration proofAge() {
        return isNear() ? near.proofAge() : null;
    }

    /** Returns the last known state of Redis. */
    public StoreHealth.State state() {
        return engine.health().state();
    }

    /** The state of Redis, in terms for operators. */
    public enum RedisState {
        /** Redis has answered, and no call has failed since. */
        ANSWERS,
        /** Calls have failed, and not each kind of failed call has succeeded since. */
        FAILING,
        /** Calls have failed so often that a circuit breaker is open. */
        LEFT_ALONE,
        /** Redis has not answered since the application started. */
        NEVER_SEEN;

        /** Returns the state as text. */
        public String words() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** Returns the last known state of Redis. */
    public RedisState redis() {
        StoreHealth.State state = state();
        if (!state.wasSeen()) {
            return RedisState.NEVER_SEEN;
        }
        if (state.lostFor() == null) {
            return RedisState.ANSWERS;
        }
        return isLeftAlone() ? RedisState.LEFT_ALONE : RedisState.FAILING;
    }

    /** Whether a circuit breaker is open. The background closes it, also without callers. */
    public boolean isLeftAlone() {
        return servers().stream().anyMatch(server -> server.leftAloneFor() != null || !server.takesWrites());
    }

    /** Returns when Redis first failed, if not each kind of failed call has succeeded since; null if it is well. */
    public @Nullable Instant lostSince() {
        @Nullable Duration lostFor = state().lostFor();
        return lostFor == null ? null : Instant.now().minus(lostFor);
    }

    /** Returns the known Redis servers. */
    public List<ServerReport> servers() {
        return store.servers();
    }

    /** Returns the codec of each cache. */
    public Map<String, CacheCodec> codecs() {
        return codecs.get();
    }
}
