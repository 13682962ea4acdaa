package io.cachedconnection.internal.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.internal.core.Cache;
import io.cachedconnection.internal.core.CacheCounters;
import io.cachedconnection.internal.core.CacheKey;
import io.cachedconnection.internal.core.Engine;
import io.cachedconnection.internal.core.KeySpace;
import io.cachedconnection.internal.core.Plan;
import io.cachedconnection.internal.core.TtlChoice;
import io.cachedconnection.testing.NotedEvents;
import io.cachedconnection.testing.RedisProcess;
import io.cachedconnection.testing.Settings;
import io.cachedconnection.testing.TextCodec;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** What lookups and writes cost in round trips, as Redis counts them. */
class RoundTripsTest {

    private static final CacheKey KEY = KeySpace.of("c", "").key("1");

    private final RedisProcess redis = RedisProcess.started();
    private final Jedis jedis = new Jedis("127.0.0.1", redis.port());
    private final JedisStore store = new JedisStore(Settings.redis(URI.create(redis.uri())), Duration.ofSeconds(30));
    private final Engine engine = new Engine(
            Settings.ports(store, new NotedEvents(), System::nanoTime), Settings.protocol(Duration.ofSeconds(5)));
    private final Plan<String> plan = new Plan<>(
            new Cache("c", Settings::cache, new CacheCounters()), new TextCodec(), TtlChoice.annotated(null));

    @BeforeEach
    void warmUp() throws Exception {
        hit();
        write();
        hit();
        write();
    }

    @AfterEach
    void close() {
        store.close();
        jedis.close();
        redis.close();
    }

    private void hit() throws Exception {
        engine.read(plan, KEY, () -> "a");
    }

    private void write() throws Exception {
        engine.write(List.of(KEY), changes -> null);
    }

    /** The calls of clients since the last reset: those of GET and of scripts, whatever these call inside. */
    private long roundTrips() {
        String stats = jedis.info("commandstats");
        return calls(stats, "get") - scripted + calls(stats, "evalsha") + calls(stats, "eval");
    }

    private long scripted; // GETs inside of scripts, which are no round trips

    private static long calls(String stats, String command) {
        Matcher calls = Pattern.compile("cmdstat_" + command + ":calls=(\\d+)").matcher(stats);
        return calls.find() ? Long.parseLong(calls.group(1)) : 0;
    }

    @Test
    void hit_isOne() throws Exception {
        hit();
        jedis.configResetStat();
        hit();

        assertThat(roundTrips()).isEqualTo(1);
    }

    @Test
    void miss_isThree() throws Exception {
        jedis.configResetStat();
        hit();
        scripted = 1; // acquire looks once more

        assertThat(roundTrips()).isEqualTo(3);
    }

    @Test
    void write_isTwo() throws Exception {
        jedis.configResetStat();
        write();

        assertThat(roundTrips()).isEqualTo(2);
    }
}
