package io.cachedconnection.internal.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachedconnection.CacheStatistics;
import io.cachedconnection.ConnectionCaches;
import io.cachedconnection.internal.cdi.Books.Book;
import io.cachedconnection.internal.cdi.Books.NoSuchShelf;
import io.cachedconnection.testing.Seeds;
import io.cachedconnection.testing.TestRedis;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** The whole library in a CDI container, on a real Redis. */
class ContainerTest {

    private static final Book BOOK = new Book(1, Seeds.VALUE, List.of("Lem"));

    private final String prefix = "t" + UUID.randomUUID();
    private WeldContainer container;
    private Jedis redis;

    @BeforeEach
    void start() {
        URI uri = TestRedis.uri();
        redis = new Jedis(uri);
        System.setProperty("cached-connection.redis.uri", uri.toString());
        System.setProperty("cached-connection.redis.timeout", "PT5S");
        System.setProperty("cached-connection.key-prefix", prefix);
        System.setProperty("cached-connection.wire", "json"); // so that a test can read and write it by hand
        container = new Weld()
                .disableDiscovery()
                .addExtensions(new PortableExtension())
                .addBeanClass(Books.class)
                .initialize();
    }

    @AfterEach
    void stop() {
        container.close();
        redis.close();
        System.clearProperty("cached-connection.redis.uri");
        System.clearProperty("cached-connection.redis.timeout");
        System.clearProperty("cached-connection.key-prefix");
        System.clearProperty("cached-connection.wire");
    }

    private Books books() {
        Books books = container.select(Books.class).get();
        books.save(BOOK);
        return books;
    }

    @Test
    void lookup_twice_isAnsweredFromRedis() {
        Books books = books();

        assertThat(books.find(1L)).contains(BOOK);
        assertThat(books.find(1L)).contains(BOOK);
        assertThat(books.loads()).isEqualTo(1);
        assertThat(redis.get(prefix + ":books:1")).contains(Seeds.WORD);
        assertThat(redis.ttl(prefix + ":books:1")).isBetween(260L, 300L);
    }

    @Test
    void lookup_keyTemplate_usesItsOrder() {
        assertThat(books().title(1, "pl PL")).isEqualTo(Seeds.VALUE);
        assertThat(redis.get(prefix + ":titles:pl%20PL:1")).contains(Seeds.WORD);
    }

    @Test
    void lookup_primitive_isAnsweredFromRedis() {
        Books books = books();

        assertThat(books.count()).isEqualTo(1);
        redis.set(prefix + ":counts:all", "7");
        assertThat(books.count()).isEqualTo(7);
    }

    @Test
    void lookup_primitiveAndTheEntryIsNull_isLoadedAnew() {
        redis.set(prefix + ":counts:all", "null");

        assertThat(books().count()).isEqualTo(1);
        assertThat(redis.get(prefix + ":counts:all")).isEqualTo("1");
    }

    @Test
    void lookup_ttlOfTheAnnotation_isUsed() throws NoSuchShelf {
        books().onShelf(3, Locale.ROOT);

        assertThat(redis.ttl(prefix + ":lists:3")).isBetween(1L, 10L);
    }

    @Test
    void lookup_hitTwice_sharesNothing() throws NoSuchShelf {
        Books books = books();
        books.onShelf(3, Locale.ROOT);

        List<Book> first = books.onShelf(3, Locale.ROOT);
        first.clear();

        assertThat(books.onShelf(3, Locale.ROOT)).containsExactly(BOOK);
    }

    @Test
    void lookup_nullOnTheWayToTheKey_goesToTheMethod() {
        Books books = books();

        assertThat(books.find(null)).isEmpty();
        assertThat(books.find(null)).isEmpty();
        assertThat(books.loads()).isEqualTo(2);
    }

    @Test
    void lookup_methodThrows_passesItsExceptionAsItIs() {
        Books books = books();

        assertThatThrownBy(() -> books.onShelf(-1, Locale.ROOT)).isExactlyInstanceOf(NoSuchShelf.class);
        assertThat(redis.exists(prefix + ":lists:-1")).isFalse();
    }

    @Test
    void lookup_nothingThere_isNotRemembered() {
        Books books = books();

        assertThat(books.find(2L)).isEqualTo(Optional.empty());
        books.save(new Book(2, Seeds.VALUE, List.of()));
        assertThat(books.find(2L)).isPresent();
    }

    @Test
    void lookup_entryIsGarbage_isReplaced() {
        Books books = books();
        redis.set(prefix + ":books:1", "{\"id\":");

        assertThat(books.find(1L)).contains(BOOK);
        assertThat(redis.get(prefix + ":books:1")).contains(Seeds.WORD);
        assertThat(redis.ttl(prefix + ":books:1")).isPositive();
    }

    @Test
    void statistics_afterLookups_tellOfThem() {
        Books books = books();
        books.find(1L);
        books.find(1L);

        CacheStatistics statistics =
                container.select(ConnectionCaches.class).get().statistics().get("books");
        assertThat(statistics.hits()).isOne();
        assertThat(statistics.misses()).isOne();
        assertThat(statistics.loads()).isOne();
        assertThat(statistics.stores()).isOne();
        assertThat(statistics.nearHits()
                        + statistics.bypasses()
                        + statistics.loadFailures()
                        + statistics.evictions()
                        + statistics.failures())
                .isZero();
    }
}
