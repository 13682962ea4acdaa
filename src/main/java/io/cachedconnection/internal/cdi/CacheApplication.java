package io.cachedconnection.internal.cdi;

import io.cachedconnection.CacheCodec;
import io.cachedconnection.ConnectionCaches;
import io.cachedconnection.internal.access.EngineConnectionCaches;
import io.cachedconnection.internal.common.ResilientTask;
import io.cachedconnection.internal.common.Sleeper;
import io.cachedconnection.internal.common.Tokens;
import io.cachedconnection.internal.config.LiveSettings;
import io.cachedconnection.internal.config.ParsedConfig.ConsoleSettings;
import io.cachedconnection.internal.config.ParsedConfig.TelemetrySettings;
import io.cachedconnection.internal.config.SettingsReader.SettingInForce;
import io.cachedconnection.internal.console.Console;
import io.cachedconnection.internal.console.Samples;
import io.cachedconnection.internal.endpoint.Endpoint;
import io.cachedconnection.internal.endpoint.RedisSettings;
import io.cachedconnection.internal.engine.Engine;
import io.cachedconnection.internal.engine.Ports;
import io.cachedconnection.internal.engine.near.CaffeineStores;
import io.cachedconnection.internal.engine.near.NearCache;
import io.cachedconnection.internal.engine.near.NearCaches;
import io.cachedconnection.internal.engine.read.Cache;
import io.cachedconnection.internal.engine.read.CacheBinding;
import io.cachedconnection.internal.engine.read.CacheBinding.TtlChoice;
import io.cachedconnection.internal.engine.read.CacheCounters;
import io.cachedconnection.internal.engine.read.Caches;
import io.cachedconnection.internal.engine.read.CheckedCodec;
import io.cachedconnection.internal.engine.store.CacheSettings;
import io.cachedconnection.internal.engine.store.CacheSettings.NearSettings;
import io.cachedconnection.internal.engine.store.EntryFormat;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.ProtocolSettings;
import io.cachedconnection.internal.engine.store.RemoteStore;
import io.cachedconnection.internal.engine.store.Tracing;
import io.cachedconnection.internal.engine.store.ValueCodec;
import io.cachedconnection.internal.engine.write.TransactionScope;
import io.cachedconnection.internal.engine.write.Units;
import io.cachedconnection.internal.json.ContributedCodec;
import io.cachedconnection.internal.json.Fingerprints;
import io.cachedconnection.internal.json.JsonbCodecs;
import io.cachedconnection.internal.memory.JvmStore;
import io.cachedconnection.internal.message.ConfigMessage;
import io.cachedconnection.internal.message.LifeMessage;
import io.cachedconnection.internal.message.StoreMessage;
import io.cachedconnection.internal.message.ValueMessage;
import io.cachedconnection.internal.method.CachedMethod;
import io.cachedconnection.internal.method.Put;
import io.cachedconnection.internal.method.TagTexts;
import io.cachedconnection.internal.operations.Control;
import io.cachedconnection.internal.operations.Operations;
import io.cachedconnection.internal.provider.ConnectionProfile;
import io.cachedconnection.internal.provider.EngineProviderConnectionCache;
import io.cachedconnection.internal.provider.ProviderLog;
import io.cachedconnection.internal.redis.JedisStore;
import io.cachedconnection.internal.telemetry.EngineLog;
import io.cachedconnection.provider.ProviderConnection;
import io.cachedconnection.provider.ProviderConnectionCache;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The composition root: creates the parts of the library for one application and connects them. No other class knows all of
 * them. Thread-safe.
 */
final class CacheApplication implements AutoCloseable {

    private static final Logger LOG = System.getLogger("io.cachedconnection");
    private static final LongSupplier CLOCK = System::nanoTime;
    private static final Duration MOST_TO_END = Duration.ofSeconds(2);
    private static final int BACKGROUND_THREADS =
            2; // so that recovery does not wait for the sweep of a large near cache

    private final Set<String> warned = ConcurrentHashMap.newKeySet(); // bounded by the number of lookups
    private final Map<String, CacheCodec> chosen = new ConcurrentHashMap<>(); // by cache
    private final Map<String, EntryFormat> inUse = new ConcurrentHashMap<>(); // by cache
    private final Deployment deployment;
    private final TypeCodecs contributed;
    private final RedisSettings redis;
    private final JsonbCodecs codecs = new JsonbCodecs();
    private final ScheduledExecutorService clock = clock();
    private final RemoteStore store;
    private final EngineLog events;
    private final NearCaches near;
    private final Caches caches;
    private final Units units;
    private final Engine engine;
    private final Lookups lookups;
    private final Writes writes;
    private final Operations operations;
    private final EntityEvictions entityEvictions;
    private final @Nullable Console console;
    private final Telemetry telemetry;

    CacheApplication(
            Deployment deployment,
            TransactionScope transactions,
            TypeCodecs contributed,
            Iterable<MetricsBeans> metrics) {
        this.deployment = deployment;
        this.contributed = contributed;
        redis = deployment.config().redis();
        ProtocolSettings protocol = deployment.config().protocol();
        events = new EngineLog(redis.address(), CLOCK);
        Tracing tracing = Telemetry.tracing(telemetrySettings().spans(), metrics);
        List<KeySpace> spaces = new ArrayList<>(List.of(deployment.formats().tags()));
        deployment.caches().stream().map(deployment.formats()::space).forEach(spaces::add);
        store = redis.place() instanceof Endpoint.MemoryEndpoint memory
                ? memoryStore(memory, protocol)
                : RedisStores.store(redis, protocol, events, tracing, spaces);
        LiveSettings settings = deployment.reader().live(CLOCK);
        settings.renewOn(clock);
        near = new NearCaches(new CaffeineStores(), events, CLOCK);
        caches = new Caches(name -> cache(name, settings.of(name)));
        units = new Units(transactions, CLOCK);
        Supplier<CacheSettings> ofTags =
                settings.of(KeySpace.OF_TAGS); // the general settings, because there is no such cache
        engine = new Engine(ports(units, tracing), protocol, name -> {
            Supplier<CacheSettings> own =
                    name.equals(KeySpace.OF_TAGS) ? ofTags : caches.of(name).settings();
            return own.get().isLeftAlone();
        });
        engine.recoverOn(clock);
        clock.execute(new ResilientTask(codecs::warmUp));
        lookups = new Lookups(deployment.beans(), this::binding, engine);
        writes = new Writes(deployment.beans(), this::binding, engine);
        entityEvictions = new EntityEvictions(deployment.beans(), engine);
        operations = new Operations(redis.address(), engine, caches, near, store, () -> new TreeMap<>(chosen));
        console = deployment.config().console().enabled() && OptionalApi.hasConsole() ? console(protocol) : null;
        telemetry = Telemetry.started(
                operations, telemetrySettings(), deployment.config().keyPrefix(), metrics, clock);
    }

    private static RemoteStore memoryStore(Endpoint.MemoryEndpoint memory, ProtocolSettings protocol) {
        LOG.log(Level.INFO, ConfigMessage.IN_MEMORY.with(memory.text()));
        return JvmStore.of(memory.name(), protocol.maxTransactionAge(), protocol.longestSettle());
    }

    /** Refers to the Redis client. It is loaded only if Redis is used, so an application without Redis needs no Jedis. */
    private static final class RedisStores {

        private RedisStores() {}

        static RemoteStore store(
                RedisSettings redis,
                ProtocolSettings protocol,
                EngineLog events,
                Tracing tracing,
                List<KeySpace> spaces) {
            JedisStore.unsuitableJedis().ifPresent(found -> {
                throw new IllegalStateException(StoreMessage.JEDIS_UNSUITABLE.with(found, JedisStore.JEDIS));
            });
            Duration settle = protocol.longestSettle();
            Duration fenceLife =
                    settle.compareTo(JedisStore.LEAST_FENCE_LIFE) < 0 ? JedisStore.LEAST_FENCE_LIFE : settle;
            JedisStore store = new JedisStore(redis, protocol.maxTransactionAge(), fenceLife, events, tracing);
            store.prepare(spaces);
            return store;
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // ends with the clock
    private Console console(ProtocolSettings protocol) {
        Control control = new Control(
                engine,
                caches,
                store,
                deployment.formats()::space,
                tag -> deployment.formats().tags().key(TagTexts.checked(tag)),
                inUse,
                protocol.budget());
        ConsoleSettings settings = deployment.config().console();
        Console made = new Console(operations, control, new SettingsOfConsole(deployment), settings.values());
        clock.scheduleAtFixedRate(
                new ResilientTask(made.samples()),
                0,
                Samples.STEP_SECONDS,
                TimeUnit.SECONDS); // at intervals as even as possible
        return made;
    }

    /** The settings for the console: the TTL of an annotation replaces one that is not set. */
    private record SettingsOfConsole(Deployment deployment) implements Console.Settings {

        @Override
        public List<SettingInForce> all() {
            return deployment.reader().inForce();
        }

        @Override
        public List<SettingInForce> of(String cache) {
            List<SettingInForce> all = new ArrayList<>(deployment.reader().inForce(cache));
            deployment.beans().methods().stream()
                    .filter(method -> method.cache().equals(cache) && method.ttl() != null)
                    .map(method -> new SettingInForce(
                            "ttl", String.valueOf(method.ttl()), "the annotation of " + method.name()))
                    .forEach(all::add);
            return all;
        }
    }

    private Ports ports(TransactionScope transactions, Tracing tracing) {
        return new Ports(
                store,
                near,
                events,
                transactions,
                CLOCK,
                () -> ThreadLocalRandom.current().nextDouble(),
                new Tokens()::next,
                Sleeper.sleeping(),
                tracing);
    }

    private Cache cache(String name, Supplier<CacheSettings> settings) {
        KeySpace space = deployment.formats().space(name);
        Supplier<NearSettings> ofNear = () -> settings.get().near();
        boolean isNear = ofNear.get().enabled();
        if (isNear
                && !CaffeineStores.areUsable()) { // for a cache that is opened later; others are refused at deployment
            throw new IllegalArgumentException(StoreMessage.NO_CAFFEINE.with(name));
        }
        NearCache kept = isNear ? near.of(space, ofNear) : null;
        return new Cache(name, settings, new CacheCounters(), kept);
    }

    private static ScheduledExecutorService clock() {
        return Executors.newScheduledThreadPool(BACKGROUND_THREADS, task -> {
            Thread thread = new Thread(null, task, "cached-connection-recovery", 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(CacheApplication.class.getClassLoader());
            return thread;
        });
    }

    private CacheBinding<Object> binding(CachedMethod method) {
        CacheBinding<Object> binding = binding(
                method.cache(),
                method.valueType(),
                codec -> new CheckedCodec<>(method.name(), codec, method::accepts, CLOCK),
                method.ttl());
        if (!binding.codec().isUsable()) {
            String warning = ValueMessage.UNUSABLE_TYPE.with(method.valueType().getTypeName(), method.name());
            if (warned.add(warning)) { // a programmatic cache may be opened at each request
                LOG.log(Level.WARNING, warning);
            }
        }
        return binding;
    }

    private CacheBinding<Object> binding(Put put) {
        return binding(
                put.space().cache(),
                put.valueType(),
                codec -> new CheckedCodec<>(put.name(), codec, value -> true, CLOCK),
                put.ttl());
    }

    private <V> CacheBinding<V> binding(
            String cache, Type valueType, UnaryOperator<ValueCodec<V>> checked, @Nullable Duration ttl) {
        return new CacheBinding<>(
                caches.of(cache),
                checked.apply(codec(cache, valueType)),
                wrapping(cache, valueType),
                TtlChoice.annotated(ttl));
    }

    private <V> ValueCodec<V> codec(String cache, Type valueType) {
        TypeCodecs.Contributed<V> own = contributed.of(valueType);
        if (own != null) {
            chosen.put(cache, new CacheCodec(valueType.getTypeName(), false, "it has a codec, " + own.name()));
            return new ContributedCodec<>(
                    own.name(),
                    own.codec(),
                    own.isImmutable(),
                    valueType,
                    deployment.formats().areBare(cache));
        }
        if (deployment.formats().mayBeDirect(cache)) {
            ValueCodec<V> codec = codecs.of(valueType);
            String reason = codecs.reason(valueType);
            chosen.put(cache, new CacheCodec(valueType.getTypeName(), reason.isEmpty(), reason));
            return codec;
        }
        chosen.put(cache, new CacheCodec(valueType.getTypeName(), false, "its setting is codec=JSONB"));
        return codecs.byJsonb(valueType);
    }

    private EntryFormat wrapping(String cache, Type valueType) {
        TypeCodecs.Contributed<Object> own = contributed.of(valueType);
        long fingerprint = own == null ? Fingerprints.of(valueType) : Fingerprints.ofCodec(valueType, own.version());
        EntryFormat wrapping = deployment.formats().wrapping(cache, fingerprint);
        inUse.put(cache, wrapping);
        return wrapping;
    }

    /** Returns the console; null if it is off. */
    @Nullable Console console() {
        return console;
    }

    TelemetrySettings telemetrySettings() {
        return deployment.config().telemetry();
    }

    /** Returns the name that tells this application apart in its JVM. */
    String name() {
        return telemetry.application();
    }

    Operations operations() {
        return operations;
    }

    Lookups lookups() {
        return lookups;
    }

    Writes writes() {
        return writes;
    }

    EntityEvictions entityEvictions() {
        return entityEvictions;
    }

    ConnectionCaches connectionCaches() {
        ProgrammaticCaches programmatic = new ProgrammaticCaches(deployment, this::binding, engine);
        return new EngineConnectionCaches(
                engine,
                caches,
                programmatic,
                operations::codecs,
                units,
                deployment.config().protocol().maxTransactionAge());
    }

    ProviderConnectionCache providerConnectionCache() {
        KeySpace keys = deployment.formats().space(ConnectionProfile.CACHE);
        CacheBinding<ProviderConnection> binding =
                binding(keys.cache(), ProviderConnection.class, UnaryOperator.identity(), null);
        return new EngineProviderConnectionCache(engine, binding, keys, new ProviderLog(CLOCK));
    }

    /** Returns one line for the log. */
    String description() {
        int methods = deployment.beans().methods().size();
        CacheFormats formats = deployment.formats();
        return LifeMessage.STARTED.with(
                redis.address(),
                methods,
                deployment.caches().size(),
                byName(name -> caches.of(name).settings().get().near().enabled()),
                byName(formats::areEncrypted),
                byName(formats::havePrivateKeys));
    }

    private String byName(Predicate<String> wanted) {
        String names = deployment.caches().stream().filter(wanted).sorted().collect(Collectors.joining(", "));
        return names.isEmpty() ? "off" : names;
    }

    /** Ends the library within two seconds: calls that still wait for Redis are cut off by then. */
    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // awaited with all other tasks of the clock
    public void close() {
        long end = CLOCK.getAsLong() + MOST_TO_END.toNanos();
        clock.submit(engine::close);
        clock.shutdown(); // drops periodic tasks, finishes submitted ones
        awaitClock();
        try {
            store.close();
            awaitClock();
            clock.shutdownNow();
        } finally {
            telemetry.close(Duration.ofNanos(end - CLOCK.getAsLong())); // includes the outcome of the last evictions
            codecs.close();
        }
    }

    private void awaitClock() {
        try {
            clock.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
