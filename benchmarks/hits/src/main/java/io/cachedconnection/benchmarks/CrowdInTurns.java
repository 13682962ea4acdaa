package io.cachedconnection.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.alicp.jetcache.redis.lettuce.RedisLettuceCacheBuilder;
import com.alicp.jetcache.support.JavaValueDecoder;
import com.alicp.jetcache.support.JavaValueEncoder;
import io.cachedconnection.CachedConnection;
import io.cachedconnection.internal.cdi.PortableExtension;
import io.cachedconnection.internal.common.Sleeper;
import io.cachedconnection.internal.common.Tokens;
import io.cachedconnection.internal.config.SettingsReader;
import io.cachedconnection.internal.engine.Engine;
import io.cachedconnection.internal.engine.Ports;
import io.cachedconnection.internal.engine.near.CaffeineStores;
import io.cachedconnection.internal.engine.near.NearCaches;
import io.cachedconnection.internal.engine.read.Cache;
import io.cachedconnection.internal.engine.read.CacheBinding;
import io.cachedconnection.internal.engine.read.CacheBinding.TtlChoice;
import io.cachedconnection.internal.engine.read.CacheCounters;
import io.cachedconnection.internal.engine.store.Ack;
import io.cachedconnection.internal.engine.store.CacheSettings;
import io.cachedconnection.internal.engine.store.EntryFormat;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.ProtocolSettings;
import io.cachedconnection.internal.engine.store.ValueCodec;
import io.cachedconnection.internal.engine.write.TransactionScope;
import io.cachedconnection.internal.redis.JedisStore;
import io.cachedconnection.internal.telemetry.EngineLog;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.bind.Jsonb;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.util.JedisURIHelper;

/**
 * Hits by few and by many threads, beside raw Jedis and raw Lettuce: all in one JVM, turn by turn, so that other work
 * of the machine slows all of them. Without decoding on any side, then with it. Prints Markdown.
 */
public final class CrowdInTurns {

    private static final long LENGTH = TimeUnit.MILLISECONDS.toNanos(500);
    private static final int WARM_UP = 4;
    private static final int JEDIS_POOL = 64;
    private static final int PATIENCE_MILLIS = 10_000; // as the library here: a busy machine makes no call fail
    private static final String JEDIS = "Jedis";
    private static final String LETTUCE = "Lettuce";
    private static final String LIBRARY = "library";
    private static final String JETCACHE = "JetCache";
    private static final String CACHE = "crowd";
    private static final UUID[] IDS = IntStream.range(0, 1000)
            .mapToObj(i -> new UUID(i * 0x9E3779B97F4A7C15L, i))
            .toArray(UUID[]::new);
    private static final Account ROW = (Account) Value.RECORD.sample();
    private static final Jsonb JSONB = Value.RECORD.jsonb();
    private static final String JSON = JSONB.toJson(ROW);

    private final int turns;
    private final List<Integer> threads;

    private CrowdInTurns(int turns, List<Integer> threads) {
        this.turns = turns;
        this.threads = threads;
    }

    /**
     * The arguments, each of which may be missing: the turns of each contender, sixteen; the numbers of threads, {@code 1,8,64,256};
     * and {@code bare} or {@code decoded} for one of the two tables alone.
     */
    public static void main(String[] arguments) throws Exception {
        int turns = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 16;
        String threads = arguments.length > 1 ? arguments[1] : "1,8,64,256";
        String table = arguments.length > 2 ? arguments[2] : "";
        CrowdInTurns comparison = new CrowdInTurns(
                turns, Stream.of(threads.split(",")).map(Integer::valueOf).toList());
        try (BenchmarkRedis redis = BenchmarkRedis.started()) {
            RedisAddress.use(redis.uri());
            System.setProperty("cached-connection.redis.client-name", LIBRARY);
            if (!table.equals("decoded")) {
                System.out.println("Without decoding:\n");
                try (Contenders contenders = Contenders.bare()) {
                    comparison.print(contenders);
                }
            }
            if (!table.equals("bare")) {
                System.out.println("\nWith decoding:\n");
                try (Contenders contenders = Contenders.decoded()) {
                    comparison.print(contenders);
                }
            }
        }
    }

    private void print(Contenders contenders) throws Exception {
        System.out.println(
                "| threads | | calls/s | beside Jedis | p50, µs | p99, µs | CPU of a call, client, µs | Redis, µs "
                        + "| garbage, B | connections |\n|--:|---|" + "--:|".repeat(8));
        try (RedisWork redis = new RedisWork(RedisAddress.ofThisFork())) {
            measured(contenders, new Crowd(8, LENGTH, redis), WARM_UP);
            for (int some : threads) {
                Map<String, List<Crowd.Turn>> all = measured(contenders, new Crowd(some, LENGTH, redis), turns);
                all.forEach((side, own) -> System.out.println(row(some, side, own, all.get(JEDIS), redis)));
            }
        }
    }

    /** In each round one turn of each side, of which the first is another one each time. */
    private static Map<String, List<Crowd.Turn>> measured(Contenders contenders, Crowd crowd, int turns)
            throws Exception {
        List<String> names = new ArrayList<>(contenders.lookups.keySet());
        Map<String, List<Crowd.Turn>> all = new LinkedHashMap<>();
        names.forEach(name -> all.put(name, new ArrayList<>()));
        for (int round = -WARM_UP; round < turns; round++) {
            names.add(names.remove(0));
            for (String name : names) {
                Consumer<UUID> lookup = contenders.lookups.get(name);
                Crowd.Turn turn = crowd.turn(
                        () -> lookup.accept(IDS[ThreadLocalRandom.current().nextInt(IDS.length)]));
                if (round >= 0) {
                    all.get(name).add(turn);
                }
            }
        }
        return all;
    }

    private static String row(
            int threads, String side, List<Crowd.Turn> turns, List<Crowd.Turn> jedis, RedisWork redis) {
        Spread ratio = Spread.quartiles(IntStream.range(0, turns.size())
                .mapToObj(i -> turns.get(i).perSecond() / jedis.get(i).perSecond())
                .toList());
        return String.format(
                Locale.ROOT,
                "| %d | %s | %.0f | %s | %.0f | %.0f | %.1f | %.1f | %.0f | %d |",
                threads,
                side,
                Spread.of(turns.stream().map(Crowd.Turn::perSecond).toList()).median(),
                side.equals(JEDIS) ? "" : ratio.text(2),
                Spread.of(turns.stream().map(Crowd.Turn::p50).toList()).median(),
                Spread.of(turns.stream().map(Crowd.Turn::p99).toList()).median(),
                Spread.of(turns.stream().map(Crowd.Turn::clientCpu).toList()).median(),
                Spread.of(turns.stream().map(Crowd.Turn::redisCpu).toList()).median(),
                Spread.of(turns.stream().map(Crowd.Turn::bytes).toList()).median(),
                redis.connections(side));
    }

    /** What is compared, by name, and all that is to be closed afterwards, the last first. */
    private record Contenders(Map<String, Consumer<UUID>> lookups, List<AutoCloseable> open) implements AutoCloseable {

        /** The bytes of an entry, as they are. */
        static Contenders bare() {
            Contenders contenders = new Contenders(new LinkedHashMap<>(), new ArrayList<>());
            RedisClient jedis = contenders.jedis();
            RedisCommands<byte[], byte[]> lettuce = contenders.lettuce(ByteArrayCodec.INSTANCE);
            BytesNode node = new BytesNode();
            contenders.open.add(node);
            byte[] bytes = JSON.getBytes(UTF_8);
            Stream.of(IDS).forEach(id -> node.put(id, bytes));
            contenders.lookups.put(JEDIS, id -> expect(bytes.length, jedis.get(key(id)).length));
            contenders.lookups.put(LETTUCE, id -> expect(bytes.length, lettuce.get(key(id)).length));
            contenders.lookups.put(LIBRARY, id -> expect(bytes.length, node.get(id).length));
            return contenders;
        }

        /** A record, decoded by JSON-B on each side. */
        static Contenders decoded() {
            Contenders contenders = new Contenders(new LinkedHashMap<>(), new ArrayList<>());
            RedisClient jedis = contenders.jedis();
            RedisCommands<String, String> lettuce = contenders.lettuce(StringCodec.UTF8);
            Stream.of(IDS).forEach(id -> jedis.set(byHand(id), JSON));
            WeldContainer container = new Weld()
                    .disableDiscovery()
                    .addExtensions(new PortableExtension())
                    .addBeanClasses(Rows.class)
                    .initialize();
            contenders.open.add(container);
            Rows rows = container.select(Rows.class).get();
            Rows.isLoading = true;
            for (int i = 0; i < 3; i++) {
                Stream.of(IDS).forEach(rows::row);
            }
            Rows.isLoading = false;
            contenders.lookups.put(JEDIS, id -> expect(ROW, JSONB.fromJson(jedis.get(byHand(id)), Account.class)));
            contenders.lookups.put(LETTUCE, id -> expect(ROW, JSONB.fromJson(lettuce.get(byHand(id)), Account.class)));
            contenders.lookups.put(LIBRARY, id -> expect(ROW, rows.row(id)));
            com.alicp.jetcache.Cache<UUID, Account> jetCache = contenders.jetCache();
            Stream.of(IDS).forEach(id -> {
                var stored = jetCache.PUT(id, ROW);
                if (!stored.isSuccess()) {
                    throw new IllegalStateException(stored.getMessage());
                }
            });
            contenders.lookups.put(JETCACHE, id -> expect(ROW, jetCache.get(id)));
            return contenders;
        }

        private static void expect(int length, int found) {
            if (found != length) {
                throw new IllegalStateException("Another value than the stored one.");
            }
        }

        private static void expect(Account row, Account found) {
            if (!found.id().equals(row.id())) {
                throw new IllegalStateException("Another value than the stored one.");
            }
        }

        private static byte[] key(UUID id) {
            return (BytesNode.SPACE.prefix() + ":" + id).getBytes(UTF_8);
        }

        private static String byHand(UUID id) {
            return "benchmark:by-hand:" + id;
        }

        private RedisClient jedis() {
            URI uri = RedisAddress.ofThisFork();
            ConnectionPoolConfig pool = new ConnectionPoolConfig();
            pool.setMaxTotal(JEDIS_POOL);
            pool.setMaxIdle(JEDIS_POOL);
            pool.setJmxEnabled(false);
            RedisClient jedis = RedisClient.builder()
                    .hostAndPort(JedisURIHelper.getHostAndPort(uri))
                    .clientConfig(DefaultJedisClientConfig.builder(uri)
                            .clientName(JEDIS)
                            .timeoutMillis(PATIENCE_MILLIS)
                            .build())
                    .poolConfig(pool)
                    .build();
            open.add(jedis);
            return jedis;
        }

        /** One connection that all threads share, as its authors advise. */
        private <T> RedisCommands<T, T> lettuce(RedisCodec<T, T> codec) {
            RedisURI uri = RedisURI.create(RedisAddress.ofThisFork());
            uri.setClientName(LETTUCE);
            io.lettuce.core.RedisClient client = io.lettuce.core.RedisClient.create(uri);
            open.add(client::shutdown);
            return client.connect(codec).sync();
        }

        /** On Lettuce, with Java serialization: its codecs by Kryo neither write a UUID nor make a record. */
        private com.alicp.jetcache.Cache<UUID, Account> jetCache() {
            RedisURI uri = RedisURI.create(RedisAddress.ofThisFork());
            uri.setClientName(JETCACHE);
            io.lettuce.core.RedisClient client = io.lettuce.core.RedisClient.create(uri);
            open.add(client::shutdown);
            return RedisLettuceCacheBuilder.createRedisLettuceCacheBuilder()
                    .redisClient(client)
                    .keyConvertor(Object::toString)
                    .valueEncoder(new JavaValueEncoder(true))
                    .valueDecoder(new JavaValueDecoder(true))
                    .keyPrefix("benchmark:jetcache:")
                    .expireAfterWrite(1, TimeUnit.HOURS)
                    .buildCache();
        }

        @Override
        public void close() {
            try {
                for (int i = open.size() - 1; i >= 0; i--) {
                    open.get(i).close();
                }
            } catch (Exception e) {
                throw new IllegalStateException("What was opened is still open.", e);
            }
        }
    }

    /** What has the lookups with decoding; each of them that is not a hit fails the run. */
    @ApplicationScoped
    public static class Rows {

        private static volatile boolean isLoading;

        @CachedConnection(cache = CACHE)
        public Account row(UUID id) {
            if (!isLoading) {
                throw new IllegalStateException("A lookup was not answered from Redis.");
            }
            return ROW;
        }
    }

    /** The library without its interceptor and its codec: an engine with its store, for values that are bytes. */
    private static final class BytesNode implements ValueCodec<byte[]>, AutoCloseable {

        static final KeySpace SPACE = KeySpace.of("bytes", "benchmark");

        private final JedisStore store;
        private final Engine engine;
        private final CacheBinding<byte[]> binding;

        BytesNode() {
            ProtocolSettings protocol =
                    SettingsReader.ofApplication().read(Set.of()).protocol();
            CacheSettings settings = SettingsReader.ofApplication()
                    .read(Set.of(SPACE.cache()))
                    .caches()
                    .get(SPACE.cache());
            store = new JedisStore(SettingsReader.ofApplication().read(Set.of()).redis(), protocol.maxTransactionAge());
            EngineLog log = new EngineLog("Redis", System::nanoTime);
            engine = new Engine(
                    new Ports(
                            store,
                            new NearCaches(new CaffeineStores(), log, System::nanoTime),
                            log,
                            TransactionScope.none(),
                            System::nanoTime,
                            () -> 0,
                            new Tokens()::next,
                            Sleeper.sleeping()),
                    protocol);
            Cache cache = new Cache(SPACE.cache(), () -> settings, new CacheCounters(), null);
            binding = new CacheBinding<>(cache, this, EntryFormat.none(), TtlChoice.annotated(null));
        }

        void put(UUID id, byte[] value) {
            while (engine.put(binding, SPACE.key(id.toString()), value) != Ack.YES) {
                Thread.onSpinWait(); // until the server is trusted with the cache
            }
        }

        byte[] get(UUID id) {
            EntryKey key = SPACE.key(id.toString());
            try {
                return engine.read(binding, key, () -> {
                            throw new IllegalStateException("A lookup was not answered from Redis.");
                        })
                        .value();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public byte[] encode(byte[] value) {
            return value;
        }

        @Override
        public byte[] decode(byte[] payload) {
            return payload;
        }

        @Override
        public void close() {
            store.close();
        }
    }
}
