package io.cachedconnection.internal.telemetry;

import static io.cachedconnection.internal.engine.read.CacheCounters.Event.BYPASS_OFF;
import static io.cachedconnection.internal.engine.read.CacheCounters.Event.BYPASS_PENDING_EVICTION;
import static io.cachedconnection.internal.engine.read.CacheCounters.Event.BYPASS_TRANSACTION;
import static io.cachedconnection.internal.engine.read.CacheCounters.Event.BYPASS_UNREACHABLE;
import static io.cachedconnection.internal.engine.read.CacheCounters.Event.HIT;
import static io.cachedconnection.internal.engine.read.CacheCounters.Event.LOAD_STORED;
import static io.cachedconnection.internal.engine.read.CacheCounters.Event.MISS;
import static io.cachedconnection.internal.engine.read.CacheCounters.Event.NEAR_HIT;
import static io.cachedconnection.internal.engine.read.CacheCounters.Event.OUTDATED;
import static io.cachedconnection.internal.engine.read.CacheCounters.Event.UNDECODABLE;
import static io.cachedconnection.internal.engine.read.CacheCounters.Event.UNTRUSTED;

import io.cachedconnection.internal.common.Histogram;
import io.cachedconnection.internal.engine.read.Cache;
import io.cachedconnection.internal.engine.read.CacheCounters.Event;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.ServerReport;
import io.cachedconnection.internal.engine.store.ServerReport.Pool;
import io.cachedconnection.internal.engine.write.WriteCounters;
import io.cachedconnection.internal.engine.write.WriteCounters.Fate;
import io.cachedconnection.internal.engine.write.WriteCounters.Scope;
import io.cachedconnection.internal.operations.Operations;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One metric of this library. {@link #TABLE} defines the names, units and attributes of all metrics; every metrics library gets
 * the table, so all show the same numbers. No attribute contains a key, an argument or a value.
 *
 * @param name the name, in the style of OpenTelemetry
 * @param kind the kind of instrument
 * @param unit the unit, in UCUM
 * @param description what the metric counts or measures
 * @param keys the names of the attributes; points have their values in this order
 * @param reader reads all current points of an application without blocking
 */
public record Metric(String name, Kind kind, String unit, String description, List<String> keys, Reader reader) {

    /** The name of the instrumentation scope of all meters. */
    public static final String SCOPE = "io.cachedconnection";

    /** The attribute of all points, besides {@link #keys()}: the application, for several may share one library. */
    public static final String APPLICATION = "cachedconnection.application";

    /** The only attribute that is a number. */
    public static final String PORT = "server.port";

    /** The kind of instrument. */
    public enum Kind {
        /** Only increases. */
        COUNTER,
        /** Increases and decreases; values of several nodes may be added. */
        UP_DOWN_COUNTER,
        /** A value at one moment. Values of several nodes must not be added. */
        GAUGE,
        /** A distribution of values. */
        HISTOGRAM
    }

    /** Reads the points of one metric. */
    @FunctionalInterface
    public interface Reader {
        /** Passes each point to {@code points}. */
        void read(Operations operations, Points points);
    }

    /** Receives the points of one metric. Missing attributes are null. */
    public interface Points {
        /** Receives a count, or a time in nanoseconds; see {@link #scale()}. */
        void number(long value, @Nullable String... attributes);

        /** Receives all values so far. */
        void histogram(Histogram.Snapshot values, @Nullable String... attributes);
    }

    private static final int PORT_OF_REDIS = 6379; // omitted by the semantic conventions
    private static final String CACHE = "cachedconnection.cache.name";
    private static final String RESULT = "cachedconnection.result";
    private static final String REASON = "cachedconnection.reason";
    private static final String OUTCOME = "cachedconnection.outcome";
    private static final String ADDRESS = "server.address";
    private static final String POOL = "db.client.connection.pool.name";
    private static final String STATE = "db.client.connection.state";
    private static final String SECONDS = "s";
    private static final String BYTES = "By";

    private static final List<Double> SECONDS_OF_DATABASES =
            List.of(0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 10.0); // as the semantic conventions recommend
    private static final List<Double> SIZES = Arrays.stream(
                    Histogram.ofSizes().snapshot().bounds())
            .mapToObj(Double::valueOf)
            .toList();

    private static final List<Event> BYPASSES =
            List.of(BYPASS_OFF, BYPASS_TRANSACTION, BYPASS_UNREACHABLE, BYPASS_PENDING_EVICTION);

    /** All metrics, in the order of the reference page. */
    public static final List<Metric> TABLE = List.of(
            ofCaches(
                    "cachedconnection.lookups",
                    Kind.COUNTER,
                    "{lookup}",
                    "Lookups, by where their answer came from.",
                    (cache, points) -> {
                        points.number(cache.counters().of(NEAR_HIT), cache.name(), "near_hit");
                        points.number(cache.counters().of(HIT), cache.name(), "hit");
                        points.number(cache.counters().of(MISS), cache.name(), "miss");
                        points.number(cache.counters().of(BYPASSES.toArray(Event[]::new)), cache.name(), "bypassed");
                    },
                    RESULT),
            ofCaches(
                    "cachedconnection.bypasses",
                    Kind.COUNTER,
                    "{lookup}",
                    "Lookups that passed the cache by, by the reason.",
                    (cache, points) -> events(cache, points, "BYPASS_", BYPASSES.stream()),
                    REASON),
            ofCaches(
                    "cachedconnection.loads",
                    Kind.COUNTER,
                    "{load}",
                    "Runs of the repository method that are over, by what became of their value.",
                    (cache, points) -> events(
                            cache,
                            points,
                            "LOAD_",
                            Stream.of(Event.values())
                                    .filter(event -> event.name().startsWith("LOAD_"))),
                    OUTCOME),
            ofCaches(
                    "cachedconnection.load.duration",
                    Kind.HISTOGRAM,
                    SECONDS,
                    "How long runs of the repository method took.",
                    (cache, points) -> {
                        points.histogram(cache.counters().loads().snapshot(), cache.name(), null);
                        cache.counters()
                                .failedLoads()
                                .forEach((type, times) -> points.histogram(times.snapshot(), cache.name(), type));
                    },
                    "error.type"),
            ofCaches(
                    "cachedconnection.waits",
                    Kind.HISTOGRAM,
                    SECONDS,
                    "How long lookups waited for the load of another thread (node) or of another node (cluster).",
                    (cache, points) -> {
                        points.histogram(cache.counters().waitsForNode().snapshot(), cache.name(), "node");
                        points.histogram(cache.counters().waitsForCluster().snapshot(), cache.name(), "cluster");
                    },
                    "cachedconnection.wait.for"),
            new Metric(
                    "cachedconnection.stores",
                    Kind.COUNTER,
                    "{entry}",
                    "Entries written to Redis, by a load or by a put.",
                    List.of(CACHE, "cachedconnection.source"),
                    (operations, points) -> operations.caches().values().forEach(cache -> {
                        points.number(cache.counters().of(LOAD_STORED), cache.name(), "load");
                        points.number(puts(operations, cache), cache.name(), "put");
                    })),
            new Metric(
                    "cachedconnection.evictions",
                    Kind.COUNTER,
                    "{eviction}",
                    "Evictions, by what they are about and what became of them. Those of tags belong to no cache.",
                    List.of(CACHE, "cachedconnection.scope", OUTCOME),
                    Metric::evictions),
            ofCaches(
                    "cachedconnection.entries.rejected",
                    Kind.COUNTER,
                    "{entry}",
                    "Entries of Redis that were not used, by the reason.",
                    (cache, points) -> events(cache, points, "", Stream.of(UNDECODABLE, OUTDATED, UNTRUSTED)),
                    REASON),
            ofCaches(
                    "cachedconnection.lies",
                    Kind.COUNTER,
                    "{lie}",
                    "Hits that were not what the method returns, and that no write explains.",
                    (cache, points) -> points.number(cache.counters().of(Event.LIE), cache.name())),
            ofCaches(
                    "cachedconnection.verifications",
                    Kind.COUNTER,
                    "{lookup}",
                    "Hits of the sample that were to be compared with what the method returns.",
                    (cache, points) -> {
                        points.number(cache.counters().of(Event.VERIFIED), cache.name(), "verified");
                        points.number(cache.counters().of(Event.VERIFICATION_SKIPPED), cache.name(), "skipped");
                    },
                    RESULT),
            ofCaches(
                    "cachedconnection.entry.size",
                    Kind.HISTOGRAM,
                    BYTES,
                    "How large entries are that loads stored, as they stand in Redis.",
                    (cache, points) -> points.histogram(cache.counters().sizes().snapshot(), cache.name())),
            ofCaches(
                    "cachedconnection.near.entries",
                    Kind.UP_DOWN_COUNTER,
                    "{entry}",
                    "Entries in the near cache, about.",
                    (cache, points) -> points.number(cache.nearEntries(), cache.name())),
            new Metric(
                    "cachedconnection.evictions.pending",
                    Kind.UP_DOWN_COUNTER,
                    "{eviction}",
                    "Evictions that wait until Redis takes writes.",
                    List.of(),
                    (operations, points) -> points.number(operations.pendingEvictions())),
            new Metric(
                    "cachedconnection.near.proof.age",
                    Kind.GAUGE,
                    SECONDS,
                    "How long ago it was proven that the near caches have heard all changes. Missing while changes are not heard.",
                    List.of(),
                    (operations, points) -> {
                        @Nullable Duration age = operations.proofAge();
                        if (age != null) {
                            points.number(age.toNanos());
                        }
                    }),
            ofServers(
                    "cachedconnection.breaker.opened",
                    Kind.COUNTER,
                    "{opening}",
                    "How often the circuit breaker of lookups has opened.",
                    (server, points) -> points.number(server.openings(), server.address(), port(server)),
                    ADDRESS,
                    PORT),
            ofServers(
                    "cachedconnection.breaker.open",
                    Kind.UP_DOWN_COUNTER,
                    "{breaker}",
                    "1 while the circuit breaker of lookups is open, else 0.",
                    (server, points) ->
                            points.number(server.leftAloneFor() == null ? 0 : 1, server.address(), port(server)),
                    ADDRESS,
                    PORT),
            ofServers(
                    "db.client.operation.duration",
                    Kind.HISTOGRAM,
                    SECONDS,
                    "Duration of database client operations.",
                    (server, points) -> server.operations()
                            .forEach((call, times) -> points.histogram(
                                    times,
                                    "redis",
                                    call.operation().name(),
                                    call.operation().procedure(),
                                    String.valueOf(server.database()),
                                    server.address(),
                                    port(server),
                                    call.error())),
                    "db.system.name",
                    "db.operation.name",
                    "db.stored_procedure.name",
                    "db.namespace",
                    ADDRESS,
                    PORT,
                    "error.type"),
            ofServers(
                    "db.client.connection.count",
                    Kind.UP_DOWN_COUNTER,
                    "{connection}",
                    "The number of connections that are currently in the state that the attribute describes.",
                    (server, points) -> server.pools().forEach(pool -> {
                        points.number(pool.idle(), name(server, pool), "idle");
                        points.number(pool.used(), name(server, pool), "used");
                    }),
                    POOL,
                    STATE),
            ofPools(
                    "db.client.connection.max",
                    Kind.UP_DOWN_COUNTER,
                    "{connection}",
                    "The maximum number of open connections allowed.",
                    Pool::max),
            ofPools(
                    "db.client.connection.pending_requests",
                    Kind.UP_DOWN_COUNTER,
                    "{request}",
                    "The number of callers that wait for a connection.",
                    Pool::pending),
            ofPools(
                    "db.client.connection.timeouts",
                    Kind.COUNTER,
                    "{timeout}",
                    "The number of callers that have waited for a connection in vain.",
                    Pool::timeouts));

    /** Additional metrics with the names that common Micrometer dashboards expect. */
    public static final List<Metric> OF_MICROMETER = List.of(
            new Metric(
                    "cache.gets",
                    Kind.COUNTER,
                    "{lookup}",
                    "Lookups that asked the cache, by whether it had the value.",
                    List.of("cache", "result"),
                    (operations, points) -> operations.caches().values().forEach(cache -> {
                        points.number(cache.counters().of(NEAR_HIT, HIT), cache.name(), "hit");
                        points.number(cache.counters().of(MISS), cache.name(), "miss");
                    })),
            new Metric(
                    "cache.puts",
                    Kind.COUNTER,
                    "{entry}",
                    "Entries written to Redis, by loads and by puts.",
                    List.of("cache"),
                    (operations, points) -> operations
                            .caches()
                            .values()
                            .forEach(cache -> points.number(
                                    cache.counters().of(LOAD_STORED) + puts(operations, cache), cache.name()))),
            new Metric(
                    "cache.removals",
                    Kind.COUNTER,
                    "{eviction}",
                    "Evictions of one key or of all of the cache that Redis has done.",
                    List.of("cache"),
                    (operations, points) -> operations
                            .caches()
                            .values()
                            .forEach(cache -> points.number(
                                    operations.writes().of(cache.name(), Scope.KEY, Fate.DONE)
                                            + operations.writes().of(cache.name(), Scope.ALL, Fate.DONE),
                                    cache.name()))),
            new Metric(
                    "cache.size",
                    Kind.GAUGE,
                    "{entry}",
                    "Entries in the near cache, about.",
                    List.of("cache"),
                    (operations, points) -> operations
                            .caches()
                            .values()
                            .forEach(cache -> points.number(cache.nearEntries(), cache.name()))));

    /** Reads the points of one cache. */
    private interface OfCache {
        void read(Cache cache, Points points);
    }

    /** Reads the points of one server. */
    private interface OfServer {
        void read(ServerReport server, Points points);
    }

    /** Reads the number of one pool. */
    private interface OfPool {
        long read(Pool pool);
    }

    private static Metric ofCaches(
            String name, Kind kind, String unit, String description, OfCache reader, String... keys) {
        return new Metric(
                name,
                kind,
                unit,
                description,
                Stream.concat(Stream.of(CACHE), Stream.of(keys)).toList(),
                (operations, points) -> operations.caches().values().forEach(cache -> reader.read(cache, points)));
    }

    private static Metric ofServers(
            String name, Kind kind, String unit, String description, OfServer reader, String... keys) {
        return new Metric(
                name,
                kind,
                unit,
                description,
                List.of(keys),
                (operations, points) -> operations.servers().forEach(server -> reader.read(server, points)));
    }

    private static Metric ofPools(String name, Kind kind, String unit, String description, OfPool reader) {
        return ofServers(
                name,
                kind,
                unit,
                description,
                (server, points) ->
                        server.pools().forEach(pool -> points.number(reader.read(pool), name(server, pool))),
                POOL);
    }

    /** Reads one point for each event, with the part of its name after {@code group} as attribute. */
    private static void events(Cache cache, Points points, String group, Stream<Event> events) {
        events.forEach(event -> points.number(
                cache.counters().of(event),
                cache.name(),
                event.name().substring(group.length()).toLowerCase(Locale.ROOT)));
    }

    private static void evictions(Operations operations, Points points) {
        for (Fate fate : List.of(Fate.DONE, Fate.DEFERRED, Fate.REFUSED)) {
            String outcome = fate.name().toLowerCase(Locale.ROOT);
            WriteCounters writes = operations.writes();
            for (String cache : operations.caches().keySet()) {
                points.number(writes.of(cache, Scope.KEY, fate), cache, "key", outcome);
                points.number(writes.of(cache, Scope.ALL, fate), cache, "all", outcome);
            }
            points.number(writes.of(KeySpace.OF_TAGS, Scope.TAG, fate), null, "tag", outcome);
        }
    }

    private static long puts(Operations operations, Cache cache) {
        return operations.writes().of(cache.name(), Scope.KEY, Fate.REPLACED);
    }

    private static @Nullable String port(ServerReport server) {
        return server.port() == 0 || server.port() == PORT_OF_REDIS ? null : String.valueOf(server.port());
    }

    private static String name(ServerReport server, Pool pool) {
        String address = server.port() == 0 ? server.address() : server.address() + ":" + server.port();
        return address + "/" + server.database() + " " + pool.name();
    }

    /** Returns the factor that converts a value to {@link #unit()}; times are recorded in nanoseconds. */
    public double scale() {
        return unit.equals(SECONDS) ? 1 / (double) Duration.ofSeconds(1).toNanos() : 1;
    }

    /** Returns the bucket bounds of a histogram, in {@link #unit()}. */
    public List<Double> bounds() {
        return unit.equals(SECONDS) ? SECONDS_OF_DATABASES : SIZES;
    }

    /** Reads the numbers of a metric that is not a histogram. */
    public void readNumbers(Operations operations, Numbers numbers) {
        reader.read(operations, new Points() {
            @Override
            public void number(long value, @Nullable String... attributes) {
                numbers.number(value, Arrays.asList(attributes));
            }

            @Override
            public void histogram(Histogram.Snapshot values, @Nullable String... attributes) {
                throw new IllegalStateException(name);
            }
        });
    }

    /** Reads the values of a histogram. */
    public void readHistograms(Operations operations, Histograms histograms) {
        reader.read(operations, new Points() {
            @Override
            public void number(long value, @Nullable String... attributes) {
                throw new IllegalStateException(name);
            }

            @Override
            public void histogram(Histogram.Snapshot values, @Nullable String... attributes) {
                histograms.histogram(values, Arrays.asList(attributes));
            }
        });
    }

    /** Receives the values of one histogram. */
    @FunctionalInterface
    public interface Histograms {
        /** Receives all values so far and the attributes in the order of {@link #keys()}; null for missing ones. */
        void histogram(Histogram.Snapshot values, List<@Nullable String> attributes);
    }

    /** Receives the numbers of one metric. */
    @FunctionalInterface
    public interface Numbers {
        /** Receives one number and the attributes in the order of {@link #keys()}; null for missing ones. */
        void number(long value, List<@Nullable String> attributes);
    }
}
