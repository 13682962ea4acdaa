package io.cachedconnection.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.CacheStatistics;
import io.cachedconnection.ConnectionCaches;
import jakarta.inject.Inject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jboss.weld.junit5.auto.EnableAutoWeld;
import org.junit.jupiter.api.Test;

@EnableAutoWeld
class AccountsTest {

    @Inject
    Accounts accounts;

    @Inject
    Database database;

    @Inject
    ConnectionCaches caches;

    @Test
    void find_twice_asksTheDatabaseOnce() {
        accounts.find(7);
        accounts.find(7);

        CacheStatistics statistics = caches.statistics().get("accounts");
        assertThat(statistics.loads()).isEqualTo(1);
        assertThat(statistics.hits()).isEqualTo(1);
        assertThat(database.queries()).isEqualTo(1);
    }

    @Test
    void rename_found_isSeenByTheNextLookup() {
        accounts.find(7);

        accounts.rename(7, "Grace");

        assertThat(accounts.find(7).owner()).isEqualTo("Grace");
        assertThat(caches.statistics().get("accounts").loads()).isEqualTo(2);
    }

    @Test
    void rename_whileAReaderLoads_isNotUndoneByItsFill() throws Exception {
        CountDownLatch hasRead = new CountDownLatch(1);
        CountDownLatch hasWritten = new CountDownLatch(1);
        database.gate(() -> {
            hasRead.countDown();
            await(hasWritten);
        });

        CompletableFuture<String> reader =
                CompletableFuture.supplyAsync(() -> accounts.find(7).owner());
        await(hasRead); // it has the old owner, and has not stored it
        accounts.rename(7, "Grace");
        database.gate(() -> {});
        hasWritten.countDown();

        assertThat(reader.get()).isEqualTo("Ada"); // it began before the write
        assertThat(accounts.find(7).owner()).isEqualTo("Grace"); // and what it read was not stored
    }

    static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
