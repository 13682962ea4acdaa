package io.cachedconnection.rolling;

import io.cachedconnection.internal.common.Sleeper;
import io.cachedconnection.internal.common.Tokens;
import io.cachedconnection.internal.engine.Engine;
import io.cachedconnection.internal.engine.Ports;
import io.cachedconnection.internal.engine.near.CaffeineStores;
import io.cachedconnection.internal.engine.near.NearCaches;
import io.cachedconnection.internal.engine.read.Cache;
import io.cachedconnection.internal.engine.read.CacheBinding;
import io.cachedconnection.internal.engine.read.CacheBinding.TtlChoice;
import io.cachedconnection.internal.engine.read.CacheCounters;
import io.cachedconnection.internal.engine.read.CacheCounters.Event;
import io.cachedconnection.internal.engine.store.CacheSettings;
import io.cachedconnection.internal.engine.store.CacheSettings.NearSettings;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.FormatSettings.Codec;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.LookupResult;
import io.cachedconnection.internal.engine.store.LookupResult.Source;
import io.cachedconnection.internal.engine.store.ProtocolSettings;
import io.cachedconnection.internal.engine.write.TransactionScope;
import io.cachedconnection.internal.envelope.Envelopes;
import io.cachedconnection.internal.json.Fingerprints;
import io.cachedconnection.internal.json.JsonbCodecs;
import io.cachedconnection.internal.redis.JedisStore;
import io.cachedconnection.testing.NotedEvents;
import io.cachedconnection.testing.Settings;
import io.cachedconnection.testing.TestRedis;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/** A node on which one version of the application runs: all of the library but the container. Thread-safe. */
final class RollingNode implements AutoCloseable {

    private static final Duration STALENESS = Duration.ofSeconds(1);

    private final Release release;
    private final Row row;
    private final Wire wire;
    private final EntryKey key;
    private final CacheCounters counters = new CacheCounters();
    private final NotedEvents events = new NotedEvents();
    private final ScheduledExecutorService clock = new ScheduledThreadPoolExecutor(1);
    private final JsonbCodecs codecs;
    private final JedisStore store;
    private final Engine engine;
    private final CacheBinding<Object> binding;

    RollingNode(Release release, Row row, EntryKey key, Wire wire) {
        this.release = release;
        this.row = row;
        this.wire = wire;
        this.key = key;
        codecs = wire.provider().codecs();
        ProtocolSettings protocol = Settings.protocol(Duration.ofSeconds(5));
        store = new JedisStore(Settings.redis(TestRedis.uri()), protocol.maxTransactionAge());
        NearCaches near = new NearCaches(new CaffeineStores(), events, System::nanoTime);
        engine = new Engine(ports(near), protocol);
        binding = plan(near);
        engine.recoverOn(clock);
    }

    private Ports ports(NearCaches near) {
        return new Ports(
                store,
                near,
                events,
                TransactionScope.none(),
                System::nanoTime,
                () -> 0,
                new Tokens()::next,
                Sleeper.sleeping());
    }

    private CacheBinding<Object> plan(NearCaches near) {
        KeySpace space = key.space();
        return new CacheBinding<>(
                new Cache(space.cache(), this::settings, counters, wire.near() ? near.of(space, this::near) : null),
                wire.settings().codec() == Codec.DIRECT ? codecs.of(release.type()) : codecs.byJsonb(release.type()),
                new Envelopes(System::currentTimeMillis).wrapping(wire.settings(), Fingerprints.of(release.type())),
                TtlChoice.annotated(null));
    }

    private CacheSettings settings() {
        CacheSettings usual = Settings.cache();
        return new CacheSettings(true, null, usual.generalTtl(), usual.negativeTtl(), 0, usual.maxValueBytes(), near());
    }

    private NearSettings near() {
        return new NearSettings(wire.near(), 1000, STALENESS);
    }

    /** Looks the row up, and tells where its value came from; a value that it must not see is an error. */
    Source look() throws Exception {
        return seen().source();
    }

    /** Looks until it sees version {@code least}, which is when others' writes have been heard of. */
    void lookUntil(int least) throws Exception {
        while (release.row(seen().value(), row.version()) < least) {
            Thread.onSpinWait();
        }
    }

    private LookupResult<Object> seen() throws Exception {
        int floor = row.floor(this, wire.near() ? STALENESS : Duration.ZERO);
        LookupResult<Object> result = engine.read(binding, key, () -> release.value(row.version()));
        int version = release.row(result.value(), row.version());
        if (version < floor) {
            throw new AssertionError("Wrong value from %s: %s, not of version %d or later"
                    .formatted(result.source(), release.portrait(result.value()), floor));
        }
        return result;
    }

    /** Writes, which evicts. */
    int write() throws Exception {
        return returned(engine.write(List.of(key), changes -> row.commit()));
    }

    /** Writes, and puts the result. */
    int put() throws Exception {
        return returned(engine.write(List.of(key), changes -> {
            int version = row.commit();
            changes.replace(key, () -> engine.encode(binding, key, release.value(version)));
            return version;
        }));
    }

    private int returned(int version) {
        row.returned(version, this);
        return version;
    }

    /** Evicts programmatically. */
    void evict() {
        engine.evict(binding, key);
    }

    /** Puts what is there programmatically; for when nobody writes. */
    void set() {
        engine.put(binding, key, release.value(row.version()));
    }

    long count(Event event) {
        return counters.of(event);
    }

    @Override
    public void close() {
        clock.shutdownNow();
        engine.close();
        store.close();
        codecs.close();
    }
}
