package io.cachedconnection.internal.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.CacheLieException;
import io.cachedconnection.ConnectionCache;
import io.cachedconnection.ConnectionCaches;
import io.cachedconnection.internal.cdi.Books.Book;
import io.cachedconnection.testing.ScannedLog;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Lookups in a CDI container, on a real Redis, whose every hit is verified and fails if it is a lie. */
class VerifiedLookupsTest {

    private static final Map<String, String> SETTINGS =
            Map.of("redis.timeout", "PT0.5S", "evict.timeout", "PT0.5S", "verify.sample", "1", "verify.fail", "true");

    private final RunningContainer container = new RunningContainer("t" + UUID.randomUUID(), SETTINGS, Books.class);
    private final ConnectionCaches caches = container.bean(ConnectionCaches.class);
    private final Books books = container.bean(Books.class);

    @AfterEach
    void close() {
        container.close();
    }

    /** A Redis that has just been started knows nothing of the time before, so nothing is a lie then. */
    private static CacheLieException thrownBy(ThrowingCallable lookup) throws InterruptedException {
        for (int tries = 0; tries < 50; tries++) {
            try {
                lookup.call();
            } catch (CacheLieException e) {
                return ScannedLog.thrown(e);
            } catch (Throwable e) {
                throw new AssertionError(e);
            }
            Thread.sleep(200);
        }
        throw new AssertionError("No lookup has failed.");
    }

    @Test
    void find_writtenPastTheCache_failsOnceAndThenLoads() throws Exception {
        books.save(new Book(1, "Solaris", List.of()));
        books.find(1L);
        assertThat(books.find(1L)).map(Book::title).contains("Solaris");
        books.save(new Book(1, "Eden", List.of()));

        CacheLieException lie = thrownBy(() -> books.find(1L));

        assertThat(lie.cache()).isEqualTo("books");
        assertThat(lie).hasMessageStartingWith("CC-0471 ").hasMessageNotContaining("Solaris");
        assertThat(books.find(1L)).map(Book::title).contains("Eden");
        assertThat(caches.statistics().get("books").lies()).isOne();
        assertThat(caches.statistics().get("books").verified()).isGreaterThan(1);
    }

    @Test
    void get_writtenPastTheCache_fails() throws Exception {
        ConnectionCache<Long, String> titles = caches.cache("by-hand", Long.class, String.class);
        titles.get(1L, () -> "old");

        CacheLieException lie = thrownBy(() -> titles.get(1L, () -> "new"));

        assertThat(lie.cache()).isEqualTo("by-hand");
        assertThat(titles.get(1L, () -> "new")).isEqualTo("new");
    }
}
