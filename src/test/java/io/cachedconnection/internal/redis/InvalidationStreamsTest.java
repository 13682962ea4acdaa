package io.cachedconnection.internal.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.internal.endpoint.HostPort;
import io.cachedconnection.internal.endpoint.RedisSettings;
import io.cachedconnection.internal.engine.store.StoreException;
import io.cachedconnection.internal.engine.store.StoreException.Reason;
import io.cachedconnection.internal.redis.InvalidationStreams.Master;
import io.cachedconnection.internal.redis.InvalidationStreams.Subscription;
import io.cachedconnection.testing.Gate;
import io.cachedconnection.testing.NotedHearing;
import io.cachedconnection.testing.RedisProcess;
import io.cachedconnection.testing.Settings;
import io.cachedconnection.testing.Started;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of what several streams say, in an order that no server would keep. */
class InvalidationStreamsTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final NotedHearing heard = new NotedHearing(LONG);
    private final StoreExecutors executors = new StoreExecutors();
    private final InvalidationStreams invalidationStreams = new InvalidationStreams(executors, LONG);

    private static final Connector.Route NOWHERE = new Connector.Route() {
        @Override
        public <T> T dial(Connector.Use<T> use) {
            throw new StoreException(Reason.CONNECTION, "no server is there");
        }
    };

    private static Master master(String name) {
        return new Master(name, NOWHERE, () -> "");
    }

    @BeforeEach
    void hear() {
        invalidationStreams.follow(List.of(master("a")));
        invalidationStreams.hear(Set.of("c:"), heard);
    }

    @AfterEach
    void close() {
        invalidationStreams.close();
        executors.close();
    }

    @Test
    void proven_byAStreamThatIsNoneOfThem_countsForNothing() {
        InvalidationStream stale =
                new InvalidationStream(master("a"), new Subscription(Set.of("c:"), heard), invalidationStreams, LONG);
        invalidationStreams.proven(stale, System.nanoTime());
        invalidationStreams.proven(stale, System.nanoTime());
        assertThat(heard.beginnings()).isZero();

        invalidationStreams.ended(stale);
        assertThat(heard.endings()).isZero();
    }

    @Test
    void reading_fromOneThatIsNotHeard_isAChangeOfEverything() {
        invalidationStreams.reading("a");
        assertThat(heard.floods()).isZero();
        invalidationStreams.reading("b");
        assertThat(heard.floods()).isEqualTo(1);

        invalidationStreams.follow(List.of(master("b")));
        invalidationStreams.reading("b");
        assertThat(heard.floods()).isEqualTo(1);
    }

    /** The clock cuts calls that are overdue, too. */
    @Test
    void clock_listenerIsBusy_goesOn() {
        Gate gate = new Gate();
        invalidationStreams.hear(Set.of("c:"), new NotedHearing(LONG) {
            @Override
            public void allChanged() {
                gate.pass();
            }
        });
        Started<Boolean> busy = Started.of(() -> {
            invalidationStreams.reading("b");
            return true;
        });
        gate.awaitArrival();
        AtomicInteger ticks = new AtomicInteger();
        executors.onTheClock(ticks::incrementAndGet, TimeUnit.MILLISECONDS.toNanos(1));
        heard.await(() -> ticks.get() > 200, "ticked"); // meanwhile the streams had their turn
        gate.open();

        assertThat(busy.result()).isTrue();
    }

    @Test
    void thread_dies_isReplaced() {
        NotedHearing angry = new NotedHearing(LONG) {
            @Override
            public void failed(String reason) {
                super.failed(reason);
                throw new AssertionError("none that a hearing should throw");
            }
        };
        invalidationStreams.hear(Set.of("c:"), angry);

        angry.await(() -> angry.failures().size() > 2, "failed again");
    }

    @Test
    void cut_whileAConnectionIsMade_isAboutThatOne() {
        AtomicInteger made = new AtomicInteger();
        try (RedisProcess redis = RedisProcess.started()) {
            invalidationStreams.follow(List.of(new Master(
                    "b",
                    to(redis, () -> {
                        if (made.incrementAndGet() == 1) {
                            cutElsewhere();
                        }
                    }),
                    () -> "")));

            heard.await(() -> made.get() == 2, "made again");
            heard.awaitBeginning(1);
        }
    }

    private void cutElsewhere() {
        Started<Boolean> cutting = Started.of(() -> {
            invalidationStreams.cut();
            return true;
        });
        assertThat(cutting.result()).isTrue();
    }

    @Test
    void beforeRestart_afterAnEndAndNotAtFirst_isDoneBeforeItIsTold() {
        NotedHearing own = new NotedHearing(LONG);
        List<Integer> begunBefore = new CopyOnWriteArrayList<>();
        try (RedisProcess redis = RedisProcess.started();
                InvalidationStreams one = new InvalidationStreams(executors, LONG)) {
            one.beforeRestart(() -> begunBefore.add(own.beginnings()));
            one.follow(List.of(new Master("", to(redis, () -> {}), () -> "")));
            one.hear(Set.of("c:"), own);
            own.awaitBeginning(1);
            assertThat(begunBefore).isEmpty();
            one.cut();

            own.awaitBeginning(2);
            assertThat(begunBefore).containsExactly(1);
        }
    }

    /** The way to {@code redis}, on which something happens when a connection has just been made. */
    private Connector.Route to(RedisProcess redis, Runnable made) {
        RedisSettings settings = Settings.redis(URI.create(redis.uri()));
        Connector connector = new Connector(settings.access(), settings.pool(), executors.connectTimeouts());
        return new Connector.Route() {
            @Override
            public <T> T dial(Connector.Use<T> use) {
                T used = connector.dial(new HostPort("127.0.0.1", redis.port()), use);
                made.run();
                return used;
            }
        };
    }

    @Test
    void dialing_inVain_isSaidByName() {
        heard.await(() -> heard.failures().size() > 1, "failed");

        assertThat(heard.failures()).containsOnly("a, no server is there");
    }
}
