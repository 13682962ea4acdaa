package io.cachedconnection.internal.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.internal.engine.Engine;
import io.cachedconnection.internal.engine.read.Cache;
import io.cachedconnection.internal.engine.read.CacheBinding;
import io.cachedconnection.internal.engine.read.CacheBinding.TtlChoice;
import io.cachedconnection.internal.engine.read.CacheCounters;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.FormatSettings;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.KeySpace.KeyNames;
import io.cachedconnection.internal.engine.store.LookupResult;
import io.cachedconnection.internal.engine.store.LookupResult.Source;
import io.cachedconnection.internal.engine.store.ProtocolSettings.OnFailure;
import io.cachedconnection.internal.envelope.Envelopes;
import io.cachedconnection.testing.NotedEvents;
import io.cachedconnection.testing.RedisProcess;
import io.cachedconnection.testing.Settings;
import io.cachedconnection.testing.TextCodec;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** A Redis that is full and removes whatever was not used for long: values, fences, and the stamps of tags. */
@Tag("proof")
class LostStampsTest {

    private static final int TAGS = 40;
    private static final int PAGES = 3; // of a tag
    private static final int CROWDS = 1500;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final KeySpace OF_TAGS = KeySpace.ofTags("shop", KeyNames.clear());
    private static final KeySpace SPACE = KeySpace.of("pages", "shop").stamped(OF_TAGS, false);

    private final RedisProcess redis = RedisProcess.started("--maxmemory-policy", "allkeys-lru");
    private final Jedis jedis = new Jedis("127.0.0.1", redis.port());
    private final JedisStore store =
            new JedisStore(Settings.redis(URI.create(redis.uri()), PATIENCE), Duration.ofSeconds(30));
    private final Engine engine = new Engine(
            Settings.ports(store, new NotedEvents(), System::nanoTime), Settings.protocol(PATIENCE, OnFailure.FAIL));
    private final CacheBinding<String> binding = new CacheBinding<>(
            new Cache(SPACE.cache(), Settings::cache, new CacheCounters(), null),
            new TextCodec(),
            new Envelopes(() -> 0).wrapping(FormatSettings.DEFAULT, 1),
            TtlChoice.annotated(null));

    private final AtomicLongArray rows = new AtomicLongArray(TAGS); // what the database has, one row for each tag
    private final AtomicLongArray returned = new AtomicLongArray(TAGS); // of which the write is over
    private final AtomicInteger hits = new AtomicInteger();
    private final AtomicInteger loads = new AtomicInteger();

    @AfterEach
    void close() {
        engine.close();
        store.close();
        jedis.close();
        redis.close();
    }

    private static EntryKey tag(int number) {
        return OF_TAGS.key("customer:" + number);
    }

    private static EntryKey page(int tag, int page) {
        return SPACE.key(tag + ":" + page).with(List.of(tag(tag)));
    }

    private void look(int tag, int page) throws Exception {
        long least = returned.get(tag);
        LookupResult<String> result = engine.read(binding, page(tag, page), () -> {
            String row = String.valueOf(rows.get(tag));
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(200));
            return row;
        });
        assertThat(Long.parseLong(result.value())).isGreaterThanOrEqualTo(least);
        (result.source() == Source.REDIS ? hits : loads).incrementAndGet();
    }

    /** Evicts by the tag; now and then stores what it has written. */
    private void write(int tag, boolean puts) throws Exception {
        Long version = engine.write(List.of(tag(tag)), changes -> {
            long written = rows.incrementAndGet(tag);
            if (puts) {
                EntryKey page = page(tag, 0);
                changes.replace(page, () -> engine.encode(binding, page, String.valueOf(written)));
            }
            return written;
        });
        returned.accumulateAndGet(tag, version, Math::max);
    }

    private void limitMemory() {
        String used = jedis.info("memory").replaceAll("(?s).*used_memory:(\\d+).*", "$1");
        jedis.configSet("maxmemory", String.valueOf(Long.parseLong(used) + 1_000_000));
    }

    private static void crowd(Jedis client, Random random) {
        for (int i = 0; i < 20; i++) {
            client.set("foreign:" + random.nextInt(1_000_000), "x".repeat(200));
        }
    }

    private int numberOf(Stream<EntryKey> keys) {
        return (int) keys.filter(key -> jedis.exists(key.text())).count();
    }

    @Test
    void lookups_stampsAndValuesAndFencesAreRemovedAtRandom_neverSeeWhatIsOld() throws Exception {
        for (int tag = 0; tag < TAGS; tag++) {
            for (int page = 0; page < PAGES; page++) {
                look(tag, page);
            }
        }
        limitMemory();
        AtomicInteger crowds = new AtomicInteger();
        List<Callable<Void>> all = new ArrayList<>();
        for (int thread = 0; thread < 6; thread++) {
            Random random = new Random(thread);
            boolean isWriter = thread < 2;
            all.add(() -> {
                while (crowds.get() < CROWDS) {
                    if (isWriter) {
                        write(random.nextInt(TAGS), random.nextInt(3) == 0);
                        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(4)));
                    } else {
                        look(random.nextInt(TAGS), random.nextInt(PAGES));
                    }
                }
                return null;
            });
        }
        all.add(() -> {
            Random random = new Random(99);
            try (Jedis client = new Jedis("127.0.0.1", redis.port())) {
                while (crowds.incrementAndGet() < CROWDS) {
                    crowd(client, random);
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
                }
            } finally {
                crowds.set(CROWDS); // the others end
            }
            return null;
        });
        ExecutorService threads = Executors.newFixedThreadPool(all.size());
        try {
            for (Future<Void> one : threads.invokeAll(all)) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
        String removed = jedis.info("stats").replaceAll("(?s).*evicted_keys:(\\d+).*", "$1");
        System.out.printf("Lost stamps: %d hits, %d loads, %s keys removed%n", hits.get(), loads.get(), removed);
        assertThat(Integer.parseInt(removed)).isGreaterThan(1000);
        assertThat(hits).hasPositiveValue();
    }

    /** A value whose tag has lost its stamp is a miss, and the next load makes the stamp again. */
    @Test
    void lookups_onlyTheStampWasRemoved_load() throws Exception {
        write(0, false);
        look(0, 1);
        look(0, 1);
        assertThat(hits).hasValue(1);
        jedis.del(tag(0).text());

        look(0, 1);
        assertThat(loads).hasValue(2);
        look(0, 1);
        assertThat(hits).hasValue(2);
    }

    /** With this policy Redis takes every write as long as there is something to remove. */
    @Test
    void tags_nearlyAllIsRemoved_areEvicted() throws Exception {
        jedis.configSet("maxmemory-samples", "1"); // nearly at random
        for (int tag = 0; tag < TAGS; tag++) {
            look(tag, 0);
        }
        limitMemory();
        Random random = new Random(7);
        while (numberOf(IntStream.range(0, TAGS).mapToObj(LostStampsTest::tag)) > TAGS / 2) {
            crowd(jedis, random);
        }
        int orphans = (int) IntStream.range(0, TAGS)
                .filter(tag -> jedis.exists(page(tag, 0).text()) && !jedis.exists(tag(tag).text()))
                .count();

        assertThat(orphans).isPositive();
        for (int tag = 0; tag < TAGS; tag++) {
            write(tag, false);
            look(tag, 0);
        }
    }
}
