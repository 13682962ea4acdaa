package io.cachedconnection.benchmarks;

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
import io.cachedconnection.internal.engine.store.CacheSettings;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.FormatSettings;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.KeySpace.KeyNames;
import io.cachedconnection.internal.engine.store.LookupResult.Source;
import io.cachedconnection.internal.engine.store.ProtocolSettings;
import io.cachedconnection.internal.engine.store.Target;
import io.cachedconnection.internal.engine.store.ValueCodec;
import io.cachedconnection.internal.engine.write.TransactionScope;
import io.cachedconnection.internal.envelope.Envelopes;
import io.cachedconnection.internal.redis.JedisStore;
import io.cachedconnection.internal.telemetry.EngineLog;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import redis.clients.jedis.Jedis;

/**
 * What stamps cost: hits of entries without any, with that of their cache, and with one and four tags more, in turns; then
 * evictions of a key, of a tag and of all of a cache, beside few and beside a million foreign keys. Prints Markdown.
 */
public final class TagsInTurns {

    private static final long LENGTH = TimeUnit.MILLISECONDS.toNanos(500);
    private static final int WARM_UP = 4;
    private static final int ENTRIES = 1000;
    private static final int EVICTIONS = 2000;
    private static final int FEW = 10;
    private static final int MANY = 1_000_000;
    private static final byte[] VALUE = new byte[300];
    private static final KeySpace TAGS = KeySpace.ofTags("benchmark", KeyNames.clear());
    private static final KeySpace PLAIN = KeySpace.of("plain", "benchmark");
    private static final KeySpace STAMPED = KeySpace.of("stamped", "benchmark").stamped(TAGS, false);

    private TagsInTurns() {}

    /** The arguments, each of which may be missing: the turns of each contender, sixteen; the numbers of threads, {@code 1,8,64}. */
    public static void main(String[] arguments) throws Exception {
        int turns = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 16;
        String threads = arguments.length > 1 ? arguments[1] : "1,8,64";
        try (BenchmarkRedis redis = BenchmarkRedis.started()) {
            RedisAddress.use(redis.uri());
            System.setProperty("cached-connection.redis.client-name", "library");
            try (Node node = new Node();
                    Jedis foreign = new Jedis(redis.uri())) {
                System.out.println(
                        "| threads | stamps | calls/s | beside none | Redis, µs | garbage, B |\n|--:|--:|--:|--:|--:|--:|");
                for (String some : threads.split(",", -1)) {
                    hits(node, Integer.parseInt(some), turns);
                }
                System.out.println("\n| foreign keys | eviction of | µs | beside a key |\n|--:|---|--:|--:|");
                fill(foreign, FEW);
                evictions(node, FEW);
                fill(foreign, MANY);
                evictions(node, MANY);
                sizes(node, foreign);
            }
        }
    }

    private static Map<Integer, List<EntryKey>> keys() {
        Map<Integer, List<EntryKey>> keys = new LinkedHashMap<>();
        for (int stamps : new int[] {0, 1, 2, 5}) {
            List<EntryKey> tags = IntStream.range(1, Math.max(1, stamps))
                    .mapToObj(tag -> TAGS.key("customer:" + tag))
                    .toList();
            KeySpace space = stamps == 0 ? PLAIN : STAMPED;
            keys.put(
                    stamps,
                    IntStream.range(0, ENTRIES)
                            .mapToObj(i -> space.key(stamps + ":" + i).with(tags))
                            .toList());
        }
        return keys;
    }

    private static void hits(Node node, int threads, int turns) throws Exception {
        Map<Integer, List<EntryKey>> keys = keys();
        keys.values().forEach(all -> all.forEach(node::load));
        Map<Integer, List<Crowd.Turn>> all = new LinkedHashMap<>();
        List<Integer> order = new ArrayList<>(keys.keySet());
        try (RedisWork redis = new RedisWork(RedisAddress.ofThisFork())) {
            Crowd crowd = new Crowd(threads, LENGTH, redis);
            for (int round = -WARM_UP; round < turns; round++) {
                order.add(order.remove(0));
                for (int stamps : order) {
                    List<EntryKey> own = keys.get(stamps);
                    Crowd.Turn turn = crowd.turn(
                            () -> node.hit(own.get(ThreadLocalRandom.current().nextInt(ENTRIES))));
                    if (round >= 0) {
                        all.computeIfAbsent(stamps, s -> new ArrayList<>()).add(turn);
                    }
                }
            }
        }
        for (int stamps : keys.keySet()) {
            List<Crowd.Turn> own = all.get(stamps);
            Spread ratio = Spread.quartiles(IntStream.range(0, turns)
                    .mapToObj(i -> own.get(i).perSecond() / all.get(0).get(i).perSecond())
                    .toList());
            System.out.printf(
                    Locale.ROOT,
                    "| %d | %d | %.0f | %s | %.1f | %.0f |%n",
                    threads,
                    stamps,
                    Spread.of(own.stream().map(Crowd.Turn::perSecond).toList()).median(),
                    stamps == 0 ? "" : ratio.text(2),
                    Spread.of(own.stream().map(Crowd.Turn::redisCpu).toList()).median(),
                    Spread.of(own.stream().map(Crowd.Turn::bytes).toList()).median());
        }
    }

    private static void fill(Jedis foreign, int keys) {
        int portion = Math.min(keys, 50_000);
        for (int from = 1; from <= keys; from += portion) {
            foreign.eval(
                    "for i = " + from + ", " + (from + portion - 1) + " do redis.call('SET', 'foreign:' .. i, i) end");
        }
    }

    /** One after the other in turns, so that what slows the machine slows all of them. */
    private static void evictions(Node node, int foreign) {
        EntryKey key = PLAIN.key("evicted");
        EntryKey tag = TAGS.key("evicted");
        Map<String, Target> targets = Map.of("a key", key, "a tag", tag, "a cache", STAMPED.all());
        Map<String, List<Double>> micros = new LinkedHashMap<>();
        for (int i = -EVICTIONS; i < EVICTIONS; i++) {
            for (String name : List.of("a key", "a tag", "a cache")) {
                long start = System.nanoTime();
                node.write(targets.get(name));
                if (i >= 0) {
                    micros.computeIfAbsent(name, n -> new ArrayList<>()).add((System.nanoTime() - start) / 1000.0);
                }
            }
        }
        double ofAKey = Spread.of(micros.get("a key")).median();
        micros.forEach((name, all) -> System.out.printf(
                Locale.ROOT,
                "| %d | %s | %.0f | %.2f |%n",
                foreign,
                name,
                Spread.of(all).median(),
                Spread.of(all).median() / ofAKey));
    }

    private static void sizes(Node node, Jedis redis) {
        EntryKey tag = TAGS.key("customer:0123456789");
        node.load(STAMPED.key("sized").with(List.of(tag)));
        System.out.printf(
                "%nMEMORY USAGE of a stamp whose key has %d bytes: %d bytes.%n",
                tag.text().length(), redis.memoryUsage(tag.text()));
    }

    /** An engine with its store, for values that are bytes in envelopes. */
    private static final class Node implements ValueCodec<byte[]>, AutoCloseable {

        private final JedisStore store;
        private final Engine engine;
        private final CacheBinding<byte[]> binding;

        Node() {
            var configuration = SettingsReader.ofApplication().read(Set.of("stamped"));
            ProtocolSettings protocol = configuration.protocol();
            CacheSettings settings = configuration.caches().get("stamped");
            store = new JedisStore(configuration.redis(), protocol.maxTransactionAge());
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
            binding = new CacheBinding<>(
                    new Cache("stamped", () -> settings, new CacheCounters(), null),
                    this,
                    new Envelopes(System::currentTimeMillis).wrapping(FormatSettings.DEFAULT, 1),
                    TtlChoice.annotated(null));
        }

        /** Looks it up until it is a hit. */
        void load(EntryKey key) {
            try {
                while (engine.read(binding, key, () -> VALUE).source() != Source.REDIS) {
                    Thread.onSpinWait(); // the server is trusted with the cache soon
                }
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        void hit(EntryKey key) {
            try {
                var result = engine.read(binding, key, () -> {
                    throw new IllegalStateException("A lookup was not answered from Redis.");
                });
                if (result.value().length != VALUE.length) {
                    throw new IllegalStateException("Another value than the stored one.");
                }
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        /** A write that is announced before it and ended after it. */
        void write(Target target) {
            try {
                engine.write(List.of(target), invalidations -> null);
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
