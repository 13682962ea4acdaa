package io.cachedconnection.internal.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.internal.core.CacheKey;
import io.cachedconnection.internal.core.KeySpace;
import io.cachedconnection.testing.NotedHearing;
import io.cachedconnection.testing.RedisProcess;
import io.cachedconnection.testing.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.args.ClientType;
import redis.clients.jedis.params.ClientKillParams;

/** The feed of a real Redis to which all kinds of things happen. What it tells when nothing does is in the contract. */
class FeedTest {

    private static final long NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final KeySpace BOOKS = KeySpace.of("books", "");
    private static final CacheKey KEY = BOOKS.key("1");
    private static final Set<String> PREFIXES = Set.of("books:");
    private static final Duration PATIENCE = Duration.ofMillis(400);

    private final NotedHearing heard = new NotedHearing(PATIENCE);
    private RedisProcess redis;
    private Jedis admin;
    private JedisStore store;

    @BeforeEach
    void start() {
        redis = RedisProcess.started();
        admin = new Jedis("127.0.0.1", redis.port(), 5000);
        store = new JedisStore(Settings.redis(URI.create(redis.uri())), Duration.ofSeconds(30));
        store.hear(PREFIXES, heard);
        heard.awaitBeginning(1);
    }

    @AfterEach
    void stop() {
        store.close();
        admin.close();
        redis.close();
    }

    private void changeIsHeard() {
        heard.changed().clear();
        admin.set(KEY.text(), "x");
        heard.awaitChanged(KEY.text());
    }

    private void endsAndBeginsAgain() {
        heard.awaitEnding(1);
        heard.awaitBeginning(2);
        heard.await(heard::isHeard, "heard");
        changeIsHeard();
        assertThat(heard.failures()).isEmpty();
    }

    @Test
    void feed_pubsubClientsKilled_endsAndBeginsAgain() {
        assertThat(admin.clientKill(ClientKillParams.clientKillParams().type(ClientType.PUBSUB)))
                .isEqualTo(1);
        endsAndBeginsAgain();
    }

    @Test
    void feed_allClientsKilled_endsAndBeginsAgain() {
        admin.clientKill(ClientKillParams.clientKillParams().type(ClientType.NORMAL));
        admin.clientKill(ClientKillParams.clientKillParams().type(ClientType.PUBSUB));
        endsAndBeginsAgain();
    }

    @Test
    void feed_flushAll_isAChangeOfEverything() {
        int before = heard.floods();
        admin.flushAll();
        heard.await(() -> heard.floods() > before, "flooded");
        heard.awaitNow();
        assertThat(heard.endings()).isZero();
    }

    @Test
    void feed_quiet_isProvenOnAndOn() {
        for (int i = 0; i < 5; i++) {
            heard.awaitNow();
        }
        assertThat(heard.endings()).isZero();
        assertThat(heard.failures()).isEmpty();
    }

    @Test
    void feed_restarted_endsAndBeginsAgain() {
        redis.kill();
        heard.awaitEnding(1);
        redis.start();
        heard.awaitBeginning(2);
        heard.await(heard::isHeard, "heard");
        admin.close();
        admin = new Jedis("127.0.0.1", redis.port(), 5000);
        changeIsHeard();
    }
}
