package io.cachedconnection.model;

import io.cachedconnection.internal.endpoint.ServerEvents;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.Outcome;
import io.cachedconnection.internal.engine.store.RemoteStore;
import io.cachedconnection.internal.redis.JedisStore;
import io.cachedconnection.testing.ClockedRedis;
import io.cachedconnection.testing.MemoryStore;
import io.cachedconnection.testing.RedisProcess;
import io.cachedconnection.testing.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import redis.clients.jedis.Jedis;

/**
 * The real store with its real scripts in a Redis whose clock the model moves. Its evictions of all are done part by part:
 * a part begins with each script and each scan.
 */
final class ScriptedStore implements ForwardedSteps {

    private static final long SOME_DAY = 1_700_000_000_000_000L;
    private static final Set<String> BEGINS_A_PART = Set.of("EVALSHA", "SCAN");

    private final RedisProcess redis = RedisProcess.started();
    private final Parts parts = new Parts();
    private final ClockedRedis plain;
    private final ClockedRedis parted;
    private final JedisStore store;
    private final JedisStore ofAll;
    private final Jedis eyes;
    private final Set<String> announced = new HashSet<>();
    private final Map<String, String> noted;
    private volatile LongSupplier nanos = () -> 0;
    private volatile boolean isReady; // this Redis is trusted, which takes steps that are no part of the model

    ScriptedStore() {
        plain = new ClockedRedis(redis.port(), this::micros, name -> {});
        parted = new ClockedRedis(redis.port(), this::micros, name -> {
            if (isReady && BEGINS_A_PART.contains(name)) {
                parts.part(name);
            }
        });
        store = storeAt(plain);
        ofAll = storeAt(parted);
        eyes = new Jedis("127.0.0.1", redis.port());
        store.contains(Times.KEY, Times.NANOS);
        ofAll.contains(Times.KEY, Times.NANOS);
        noted = eyes.hgetAll(Times.KEY.space().servers());
        isReady = true;
    }

    @Override
    public RemoteStore plain() {
        return store;
    }

    private static JedisStore storeAt(ClockedRedis redis) {
        URI uri = URI.create("redis://127.0.0.1:" + redis.port());
        return new JedisStore(
                Settings.redis(uri), Times.MAX_TRANSACTION_AGE, Times.MAX_TRANSACTION_AGE, ServerEvents.NONE);
    }

    private long micros() {
        return SOME_DAY + nanos.getAsLong() / 1000;
    }

    /** Empties it, and goes by another clock. */
    void reset(LongSupplier clock) {
        while (parts.isRunning()) {
            parts.next();
        }
        announced.clear();
        // At once, else a store may find no note meanwhile, and note it once more as a part.
        List<String> values = new ArrayList<>();
        noted.forEach((name, value) -> values.addAll(List.of(name, value)));
        eyes.eval(
                "redis.call('FLUSHDB') redis.call('HSET', KEYS[1], unpack(ARGV))",
                List.of(Times.KEY.space().servers()),
                values);
        nanos = clock;
    }

    @Override
    public String fence(String name) {
        Map<String, String> fields = new TreeMap<>(eyes.hgetAll(name));
        String until = fields.isEmpty() ? null : eyes.get(name + "~until");
        if (fields.isEmpty()) {
            return "";
        }
        if (until == null) {
            return told(fields) + " for ever";
        }
        if (Long.parseLong(until) <= micros()) {
            return "";
        }
        return told(fields) + " until " + since(until);
    }

    private String told(Map<String, String> fields) {
        String evicted = fields.remove("evicted");
        String lease = fields.remove("lease");
        StringBuilder writers = new StringBuilder();
        for (Map.Entry<String, String> writer : fields.entrySet()) {
            String[] times = writer.getValue().split(" ", -1);
            writers.append(' ').append(writer.getKey().substring(2));
            writers.append(' ').append(since(times[0])).append(' ').append(since(times[1]));
        }
        return (evicted == null ? "" : " evicted " + since(evicted)) + (lease == null ? "" : leased(lease)) + writers;
    }

    private String leased(String lease) {
        String[] words = lease.split(" ", -1);
        return " lease " + words[0] + " " + Math.max(0, since(words[1]));
    }

    private long since(String moment) {
        return Long.parseLong(moment) - micros();
    }

    @Override
    public void spoil(String fence, String field) {
        if (fence(fence).isEmpty()) {
            eyes.del(fence, fence + "~until"); // it has run out
        }
        String far = String.valueOf(micros() + MemoryStore.FAR.toNanos() / 1000);
        eyes.hset(
                fence,
                field,
                field.equals("evicted") ? far : field.equals("lease") ? "x " + far : far + " " + micros());
    }

    @Override
    public void announceAll(KeySpace space, String write) {
        boolean begins = announced.add(write);
        parts.start(
                begins
                        ? () -> ofAll.beginAll(space, write, Times.NANOS)
                        : () -> ofAll.endAll(space, write, Outcome.COMMITTED, Times.NANOS));
        parts.next();
    }

    @Override
    public void dropLeases(KeySpace space) {
        parts.next();
    }

    @Override
    public void dropValues(KeySpace space) {
        parts.next();
    }

    @Override
    public void concludeAll(KeySpace space, String write, Outcome outcome) {
        parts.next();
        if (parts.isRunning()) {
            throw new IllegalStateException("An eviction of all has more parts than the model knows.");
        }
    }

    @Override
    public void beginAll(KeySpace space, String write, long nanos) {
        throw new UnsupportedOperationException("part by part");
    }

    @Override
    public void endAll(KeySpace space, String write, Outcome outcome, long nanos) {
        throw new UnsupportedOperationException("part by part");
    }

    @Override
    public void close() {
        store.close();
        ofAll.close();
        eyes.close();
        try {
            plain.close();
            parted.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            redis.close();
        }
    }
}
