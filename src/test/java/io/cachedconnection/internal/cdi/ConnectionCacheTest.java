package io.cachedconnection.internal.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachedconnection.ConnectionCache;
import io.cachedconnection.ConnectionCaches;
import io.cachedconnection.internal.cdi.Shelf.Volume;
import io.cachedconnection.provider.ProviderConnection;
import io.cachedconnection.testing.ScannedLog;
import io.cachedconnection.testing.Seeds;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Caches for programmatic use, in a CDI container, on a real Redis. */
class ConnectionCacheTest {

    private final RunningContainer container = new RunningContainer(Shelf.class);
    private final ConnectionCaches caches = container.bean(ConnectionCaches.class);
    private final ConnectionCache<Long, Volume> volumes = caches.cache("volumes", Long.class, Volume.class);
    private final Shelf shelf = container.bean(Shelf.class);

    @AfterEach
    void close() {
        container.close();
    }

    @Test
    void find_lookedUpByAnnotation_isTheSameEntry() {
        shelf.change(1, "Solaris");
        assertThat(volumes.find(1L)).isEmpty();
        shelf.find(1);

        assertThat(volumes.find(1L)).contains(new Volume(1L, "Solaris"));
        assertThat(volumes.contains(1L)).isTrue();
    }

    @Test
    void get_twice_loadsOnce() {
        assertThat(volumes.get(1L, () -> new Volume(1L, "a"))).isEqualTo(new Volume(1L, "a"));
        assertThat(volumes.get(1L, () -> new Volume(1L, "b"))).isEqualTo(new Volume(1L, "a"));
    }

    @Test
    void get_loaderThrows_passesItsExceptionAsItIs() {
        IOException failure = new IOException();

        assertThatThrownBy(() -> volumes.get(1L, () -> {
                    throw failure;
                }))
                .isSameAs(failure);
    }

    @Test
    void get_nullKey_loadsAndStoresNothing() {
        assertThat(volumes.get(null, () -> new Volume(1L, "a"))).isNotNull();
        assertThat(volumes.find(null)).isEmpty();
        assertThat(volumes.contains(null)).isFalse();
    }

    @Test
    void put_value_livesForTheTtl() {
        assertThat(volumes.put(1L, new Volume(1L, "a"))).isTrue();
        assertThat(container.life("volumes:1")).isBetween(200_000L, 300_000L);
        assertThat(volumes.put(1L, new Volume(1L, "b"), Duration.ofSeconds(3))).isTrue();
        assertThat(container.life("volumes:1")).isBetween(1L, 3000L);
        assertThat(volumes.find(1L)).contains(new Volume(1L, "b"));
    }

    /** No annotation uses this cache, so the setting would stop the deployment in the application's own file. */
    @Test
    void put_ttlOfTheCacheOutsideTheApplication_isInForce() {
        String ttl = "cached-connection.cache.drawers.ttl";
        System.setProperty(ttl, "PT7S");
        try {
            ConnectionCache<Long, Volume> drawers = caches.cache("drawers", Long.class, Volume.class);

            assertThat(drawers.put(1L, new Volume(1L, "a"))).isTrue();
            assertThat(container.life("drawers:1")).isBetween(1L, 7000L);
        } finally {
            System.clearProperty(ttl);
        }
    }

    @Test
    void put_null_leavesNothingOld() {
        volumes.put(1L, new Volume(1L, "a"));

        assertThat(volumes.put(1L, null)).isFalse();
        assertThat(volumes.contains(1L)).isFalse();
    }

    @Test
    void evictAndClear_values_areGone() {
        volumes.put(1L, new Volume(1L, "a"));
        volumes.put(2L, new Volume(2L, "b"));
        volumes.evict(1L);
        assertThat(volumes.contains(1L)).isFalse();
        assertThat(volumes.contains(2L)).isTrue();
        volumes.clear();
        assertThat(volumes.contains(2L)).isFalse();
    }

    @Test
    void write_nullKeyOrNoTtl_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> volumes.evict(null))
                .withMessageStartingWith("CC-0803")
                .satisfies(ScannedLog::thrown);
        assertThatIllegalArgumentException().isThrownBy(() -> volumes.put(null, new Volume(1L, Seeds.VALUE)));
        assertThatIllegalArgumentException().isThrownBy(() -> volumes.put(1L, new Volume(1L, "a"), Duration.ZERO));
    }

    @Test
    void put_ttlNobodyCanKeep_isRefusedAndSaysWhich() {
        for (Duration ttl : List.of(Duration.ofSeconds(Long.MAX_VALUE), Duration.ofDays(3651), Duration.ofNanos(1))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> volumes.put(1L, new Volume(1L, "a"), ttl))
                    .withMessage("A TTL is a duration from 1 millisecond to 3650 days: " + ttl);
        }
        assertThat(volumes.put(1L, new Volume(1L, "a"), Duration.ofDays(3650))).isTrue();
    }

    @Test
    void anyCall_nullThatIsNotAllowed_isRefusedByName() {
        refusedNull("The name of the cache is null.", () -> caches.cache(null, Long.class, Volume.class));
        refusedNull("The type of the keys is null.", () -> caches.cache("new", (Type) null, Volume.class));
        refusedNull("The type of the values is null.", () -> caches.cache("new", Long.class, null));
        refusedNull("The TTL is null.", () -> volumes.put(1L, new Volume(1L, "a"), null));
        refusedNull("The loader is null.", () -> volumes.get(1L, null));
    }

    private static void refusedNull(String message, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(NullPointerException.class).hasMessage(message);
    }

    static List<String> words() {
        return List.of();
    }

    @Test
    void cache_typeArguments_areKept() throws Exception {
        Type words = ConnectionCacheTest.class.getDeclaredMethod("words").getGenericReturnType();
        ConnectionCache<List<String>, List<String>> lists = caches.cache("lists", words, words);
        lists.put(List.of("a", "b"), List.of("c"));

        assertThat(lists.find(List.of("a", "b"))).contains(List.of("c"));
        assertThat(container.stored("lists:%(a%,b%,%)")).endsWith("[\"c\"]"); // in an envelope
    }

    @Test
    void cache_wrongTypesAndNames_areRefused() {
        refused("CC-0135", "keys", Object.class, String.class);
        refused("CC-0136", "values", Long.class, InputStream.class);
        refused("CC-0136", "values", Long.class, Optional.class);
        refused("CC-0115", "no name", Long.class, String.class);
        refused("CC-0137", "volumes", Long.class, String.class);
        caches.cache("texts", Long.class, String.class);
        refused("CC-0137", "texts", Long.class, Long.class);
    }

    @Test
    void cache_keysThatReadLikeThoseOfOtherLookups_areRefused() {
        refused("CC-0168", "volumes", String.class, Shelf.Volume.class);
        refused("CC-0168", "provider-connection", String.class, ProviderConnection.class);
        caches.cache("words", Integer.class, String.class);
        caches.cache("words", Long.class, String.class);
        caches.cache("words", UUID.class, String.class);
        refused("CC-0168", "words", String.class, String.class);
    }

    private void refused(String id, String name, Class<?> keys, Class<?> values) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> caches.cache(name, keys, values))
                .withMessageStartingWith(id)
                .satisfies(ScannedLog::thrown);
    }
}
