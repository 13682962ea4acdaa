package io.cachedconnection.quarkus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.cachedconnection.ConnectionCaches;
import io.cachedconnection.quarkus.InTransaction.Undone;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.inject.Inject;
import jakarta.transaction.UserTransaction;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** Evictions, puts and lookups in transactions of Quarkus, measured inside the application. */
@QuarkusTest
@WithTestResource(RedisOfTheTests.class)
class TransactionsTest {

    private static final AtomicLong LAST = new AtomicLong();

    @Inject
    WordRepository words;

    @Inject
    InTransaction inTransaction;

    @Inject
    UserTransaction beanManaged;

    @Inject
    @ConfigProperty(name = "cached-connection.key-prefix")
    String prefix;

    @Inject
    @ConfigProperty(name = "REDIS_URL")
    String redis;

    @Test
    void commit_ofTheMethodsOwnTransaction_evicts() {
        long id = cached();

        words.save(id, "new");

        assertThat(entry(id)).isNull();
        assertThat(text(id)).isEqualTo("new");
    }

    @Test
    void commit_ofTheCallersTransaction_evictsThenAndNotBefore() {
        long id = cached();

        inTransaction.required(() -> {
            words.save(id, "new");
            assertThatUntouched(id);
        });

        assertThat(entry(id)).isNull();
        assertThat(text(id)).isEqualTo("new");
    }

    @Test
    void commit_beanManaged_evictsThenAndNotBefore() throws Exception {
        long id = cached();

        beanManaged.begin();
        words.save(id, "new");
        assertThatUntouched(id);
        beanManaged.commit();

        assertThat(entry(id)).isNull();
    }

    @Test
    void rollback_ofTheCallersTransaction_evictsAndLeavesTheRow() {
        long id = cached();

        assertThatExceptionOfType(Undone.class)
                .isThrownBy(() -> inTransaction.required(() -> {
                    words.save(id, "new");
                    throw new Undone();
                }));

        assertThat(entry(id)).isNull(); // what a method writes elsewhere, a rollback does not undo
        assertThat(text(id)).isEqualTo("old");
    }

    @Test
    void requiresNew_insideOneThatIsRolledBack_evictsItsOwnAndAtOnce() {
        long outer = cached();
        long inner = cached();

        assertThatExceptionOfType(Undone.class)
                .isThrownBy(() -> inTransaction.required(() -> {
                    words.save(outer, "new");
                    inTransaction.requiresNew(() -> words.save(inner, "new"));
                    assertThat(entry(inner)).isNull();
                    assertThatUntouched(outer);
                    throw new Undone();
                }));

        assertThat(text(inner)).isEqualTo("new");
        assertThat(text(outer)).isEqualTo("old");
    }

    @Test
    void requiresNew_rolledBackInsideOneThatCommits_leavesItsRowOnly() {
        long outer = cached();
        long inner = cached();

        inTransaction.required(() -> {
            words.save(outer, "new");
            assertThatExceptionOfType(Undone.class)
                    .isThrownBy(() -> inTransaction.requiresNew(() -> {
                        words.save(inner, "new");
                        throw new Undone();
                    }));
        });

        assertThat(entry(outer)).isNull();
        assertThat(text(outer)).isEqualTo("new");
        assertThat(text(inner)).isEqualTo("old");
    }

    @Test
    void put_ofARecordMadeAfterTheFlush_hasTheVersionOfTheCommit() {
        // For redis.timeout after Redis has started no put is stored: all may have been evicted before.
        long id = await().atMost(Duration.ofSeconds(30)).until(this::put, added -> entry(added) != null);

        assertThat(entry(id)).contains("\"text\":\"put\"", "\"version\":1");
        int loads = words.loads();
        assertThat(text(id)).isEqualTo("put");
        assertThat(words.loads()).isEqualTo(loads);
    }

    @Test
    void caches_onlyLookedUpByProgram_areThere() {
        long id = cached();
        ConnectionCaches caches = CDI.current().select(ConnectionCaches.class).get();

        caches.cache("words", Long.class, Word.class).evict(id);

        assertThat(entry(id)).isNull();
    }

    /** Puts a word that has not been evicted, and returns its id. */
    private long put() {
        long id = LAST.incrementAndGet();
        words.add(id, "old");
        words.replace(id, "put");
        return id;
    }

    private long cached() {
        long id = LAST.incrementAndGet();
        words.save(id, "old");
        assertThat(text(id)).isEqualTo("old");
        assertThatUntouched(id);
        return id;
    }

    private void assertThatUntouched(long id) {
        assertThat(entry(id)).contains("\"text\":\"old\"");
    }

    private String text(long id) {
        return words.find(id).orElseThrow().text();
    }

    private @Nullable String entry(long id) {
        try (Jedis connection = new Jedis(redis)) {
            return connection.get(prefix + ":words:" + id);
        }
    }
}
