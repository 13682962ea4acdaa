package io.cachedconnection.servertests;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.provider.ProviderConnection;
import io.cachedconnection.sample.ConnectionRepository;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Future;
import org.assertj.core.api.Assertions;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a hit costs the database, measured inside the server: nothing. Each probe is shown to move on a miss. */
@ExtendWith(ArquillianExtension.class)
class HitCostTest {

    @Inject
    private ConnectionRepository repository;

    @Inject
    private DatabaseProbe database;

    @Inject
    private TransactionProbe transactions;

    @Inject
    private OtherThread otherThread;

    @Deployment
    static WebArchive sample() {
        return SampleWar.named("hit-cost", TestRedis.uri())
                .addClasses(DatabaseProbe.class, HeldConnections.class, OtherThread.class)
                .addClasses(TransactionProbe.class, TransactionWatch.class)
                .addAsLibrary(SampleWar.library(Assertions.class));
    }

    @Test
    void lookup_hit_makesNoQuery() throws Exception {
        UUID id = added();
        long before = database.statements();

        repository.findById(id);
        long afterMiss = database.statements();
        repository.findById(id);

        assertThat(afterMiss - before).isEqualTo(1);
        assertThat(database.statements()).isEqualTo(afterMiss);
    }

    @Test
    void lookup_hit_beginsNoTransaction() {
        UUID id = added();
        long before = transactions.enteredMethods();

        repository.findById(id);
        long afterMiss = transactions.enteredMethods();
        long announced = transactions.announcedTransactions();
        repository.findById(id);

        assertThat(afterMiss - before).isEqualTo(1);
        assertThat(transactions.enteredMethods()).isEqualTo(afterMiss);
        assertThat(transactions.announcedTransactions()).isEqualTo(announced);
    }

    @Test
    void lookup_hit_needsNoConnectionOfThePool() throws Exception {
        UUID known = added();
        UUID unknown = added();
        var stored = repository.findById(known);

        Future<Optional<ProviderConnection>> miss;
        try (var all = database.holdAll()) {
            miss = otherThread.lookUp(unknown);
            var hit = otherThread.lookUp(known);

            assertThat(all.count()).isPositive();
            assertThat(hit.get(5, SECONDS)).isEqualTo(stored).isPresent();
            assertThat(miss.isDone()).isFalse();
        }
        assertThat(miss.get(30, SECONDS)).isPresent();
    }

    @Test
    void list_hit_givesEachCallerItsOwnCopy() {
        UUID user = UUID.randomUUID();
        repository.add(connection(user));

        List<ProviderConnection> loaded = repository.findByUser(user);
        List<ProviderConnection> hit = repository.findByUser(user);

        assertThat(hit).isEqualTo(loaded).isNotSameAs(loaded).isNotSameAs(repository.findByUser(user));
    }

    private UUID added() {
        ProviderConnection connection = connection(UUID.randomUUID());
        repository.add(connection);
        return connection.id();
    }

    private static ProviderConnection connection(UUID user) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        return ProviderConnection.pending(UUID.randomUUID(), user, UUID.randomUUID(), "schwab", now);
    }
}
