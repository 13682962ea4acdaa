package io.cachedconnection.internal.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachedconnection.CacheKey;
import io.cachedconnection.ConnectionCache;
import io.cachedconnection.ConnectionCaches;
import io.cachedconnection.EvictConnection;
import io.cachedconnection.EvictionRefusedException;
import io.cachedconnection.internal.cdi.Shelf.Volume;
import io.cachedconnection.testing.RedisProcess;
import io.cachedconnection.testing.ScannedLog;
import io.cachedconnection.testing.Seeds;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InterceptorBinding;
import jakarta.interceptor.InvocationContext;
import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Methods that write, in a CDI container, on a real Redis. */
class WritesTest {

    /** What is tried once more if it fails. */
    @InterceptorBinding
    @Retention(RetentionPolicy.RUNTIME)
    @interface Again {}

    /** Tries once more, from outside the interceptors of this library. */
    @Interceptor
    @Again
    @Priority(Interceptor.Priority.PLATFORM_BEFORE + 100)
    static class OnceMore {

        @AroundInvoke
        Object twice(InvocationContext call) throws Exception {
            try {
                return call.proceed();
            } catch (IllegalStateException e) {
                return call.proceed();
            }
        }
    }

    /** Fails at its first attempt; at its second, somebody looks up while it writes. */
    @ApplicationScoped
    static class Flaky {

        @Inject
        Shelf shelf;

        private int attempts;

        @Again
        @EvictConnection(cache = "volumes")
        public void change(@CacheKey long id, String title) {
            if (attempts++ == 0) {
                throw new IllegalStateException("the first attempt");
            }
            shelf.find(id);
            shelf.change(id, title);
        }
    }

    private static final String CHANGED = Seeds.VALUE + " anew";

    private final RunningContainer container = new RunningContainer(Shelf.class, OnceMore.class, Flaky.class);
    private final Shelf shelf = container.bean(Shelf.class);

    @AfterEach
    void close() {
        container.close();
    }

    private void warm() {
        shelf.change(1, Seeds.VALUE);
        shelf.find(1);
        shelf.title("pl", 1);
        assertThat(container.stored("volumes:1")).contains(Seeds.WORD);
        assertThat(container.stored("volume-titles:pl:1")).contains(Seeds.WORD);
    }

    @Test
    void evict_keyOfAProperty_evictsThatEntryOnly() {
        warm();

        shelf.save(new Volume(1L, CHANGED));

        assertThat(container.stored("volumes:1")).isNull();
        assertThat(container.stored("volume-titles:pl:1")).isNotNull();
        assertThat(shelf.find(1)).contains(new Volume(1L, CHANGED));
    }

    @Test
    void evict_repeatedAndAll_evictsAllThatItSays() {
        warm();

        shelf.rename(1L, CHANGED);

        assertThat(container.stored("volumes:1")).isNull();
        assertThat(container.stored("volume-titles:pl:1")).isNull();
        assertThat(shelf.title("pl", 1)).isEqualTo(CHANGED + " (pl)");
    }

    @Test
    void evict_nullOnTheWayToTheKey_refusesTheWriteBeforeItStarts() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> shelf.save(new Volume(null, CHANGED)))
                .withMessageStartingWith("CC-0803")
                .satisfies(ScannedLog::thrown)
                .withMessageContaining("volumes")
                .withMessageNotContaining(CHANGED);
        assertThatIllegalArgumentException().isThrownBy(() -> shelf.rename(null, CHANGED));
        assertThat(shelf.writes()).isZero();
    }

    @Test
    void evict_methodThrows_evictsAndPassesItsExceptionAsItIs() {
        warm();

        assertThatThrownBy(() -> shelf.fail(1))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("of the method");
        assertThat(container.stored("volumes:1")).isNull();
    }

    @Test
    void evict_triedOnceMoreFromOutside_evictsTheSecondTimeToo() {
        warm();

        container.bean(Flaky.class).change(1, CHANGED);

        assertThat(container.stored("volumes:1")).isNull();
        assertThat(shelf.find(1)).contains(new Volume(1L, CHANGED));
    }

    @Test
    void put_keyOfTheArguments_storesTheResultForItsTtl() {
        warm();

        shelf.store(1, CHANGED);

        assertThat(container.stored("volumes:1")).contains(Seeds.WORD);
        assertThat(container.life("volumes:1")).isBetween(1L, 7000L);
        shelf.change(1, "unseen");
        assertThat(shelf.find(1)).contains(new Volume(1L, CHANGED));
    }

    @Test
    void put_keyOfTheResultWithoutTransaction_evictsTheKey() {
        warm();

        shelf.add(1, "pl");

        assertThat(container.stored("volumes:1")).isNull();
        assertThat(container.stored("volume-titles:pl:1")).isNull();
    }

    @Test
    void evict_keyOfTheResult_evictsTheKey() {
        warm();
        shelf.change(2, Seeds.VALUE);
        shelf.find(2);
        shelf.title("de", 1);

        shelf.touch(1, CHANGED);

        assertThat(container.stored("volumes:1")).isNull();
        assertThat(container.stored("volume-titles:pl:1")).isNull();
        assertThat(container.stored("volumes:2")).isNotNull();
        assertThat(container.stored("volume-titles:de:1")).isNotNull();
    }

    @Test
    void evict_keyOfTheResultIsNotToBeHad_evictsTheWholeCache() {
        warm();
        shelf.title("de", 1);

        shelf.touch(2, "lazy");

        assertThat(container.stored("volumes:1")).isNotNull();
        assertThat(container.stored("volume-titles:pl:1")).isNull();
        assertThat(container.stored("volume-titles:de:1")).isNull();
    }

    @Test
    void evict_keyOfTheResultAndTheResultIsEmpty_evictsNothing() {
        warm();

        shelf.touch(1, "");

        assertThat(container.stored("volumes:1")).isNotNull();
    }

    @Test
    void put_keyOfTheResultAndTheResultIsEmpty_doesNothing() {
        warm();

        assertThat(shelf.add(1, "")).isEmpty();

        assertThat(container.stored("volumes:1")).isNotNull();
    }

    @Test
    void put_keyOfTheResultIsNotToBeHad_evictsTheWholeCache() {
        warm();
        shelf.add(2, "nameless");
        assertThat(container.stored("volumes:1")).isNull();

        warm();
        assertThatThrownBy(() -> shelf.add(2, "fail")).hasMessage("of the method");
        assertThat(container.stored("volumes:1")).isNull();

        warm();
        Volume lazy = new Volume(2L, "lazy");
        assertThat(shelf.store(lazy)).isEqualTo(lazy); // the write is done, and that is what its caller gets
        assertThat(container.stored("volumes:1")).isNull();
    }

    @Test
    void evict_redisAwayAndFail_refusesTheWriteBeforeItStarts() {
        try (RedisProcess absent = RedisProcess.notStarted();
                RunningContainer away = new RunningContainer(absent, Shelf.class)) {
            Shelf refusing = away.bean(Shelf.class);

            assertThatExceptionOfType(EvictionRefusedException.class)
                    .isThrownBy(() -> refusing.save(new Volume(1L, CHANGED)))
                    .withMessageStartingWith("CC-0802")
                    .satisfies(ScannedLog::thrown)
                    .satisfies(e -> assertThat(e.cache()).isEqualTo("volumes"));
            assertThat(refusing.writes()).isZero();

            ConnectionCache<Long, Volume> programmatic =
                    away.bean(ConnectionCaches.class).cache("volumes", Long.class, Volume.class);
            assertThatExceptionOfType(EvictionRefusedException.class)
                    .isThrownBy(() -> programmatic.put(1L, new Volume(1L, CHANGED)))
                    .withMessageStartingWith("CC-0805")
                    .satisfies(ScannedLog::thrown);
            assertThatExceptionOfType(EvictionRefusedException.class)
                    .isThrownBy(() -> programmatic.evict(1L))
                    .withMessageStartingWith("CC-0805")
                    .satisfies(ScannedLog::thrown);
        }
    }
}
