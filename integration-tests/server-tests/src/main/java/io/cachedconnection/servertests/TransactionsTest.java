package io.cachedconnection.servertests;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.cachedconnection.provider.ProviderConnection;
import io.cachedconnection.sample.ConnectionRepository;
import io.cachedconnection.servertests.InTransaction.Undone;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.Assertions;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Evictions and lookups in the server's own transactions, measured inside the server. What a lookup inside one fills is
 * not asserted, for a server need not tell how old its transaction is; what it must not fill is.
 */
@ExtendWith(ArquillianExtension.class)
class TransactionsTest {

    private static final String OLD = "the old alias";
    private static final String NEW = "the new alias";

    @Inject
    private ConnectionRepository repository;

    @Inject
    private InTransaction inTransaction;

    @Inject
    private OtherThread otherThread;

    @Inject
    private RedisProbe redis;

    @Deployment
    static WebArchive sample() {
        return SampleWar.named("transactions", TestRedis.uri())
                .addClasses(InTransaction.class, OtherThread.class, RedisProbe.class)
                .addAsLibrary(SampleWar.library(Assertions.class));
    }

    @Test
    void commit_ofTheMethodsOwnTransaction_evicts() throws Exception {
        UUID id = cached();

        rename(id);

        assertThatEvicted(id);
    }

    @Test
    void commit_ofTheCallersTransaction_evictsThenAndNotBefore() throws Exception {
        UUID id = cached();

        inTransaction.required(() -> {
            rename(id);
            assertThatUntouched(id);
        });

        assertThatEvicted(id);
    }

    @Test
    void commit_beanManaged_evictsThenAndNotBefore() throws Exception {
        UUID id = cached();

        inTransaction.beanManaged(() -> {
            rename(id);
            assertThatUntouched(id);
        });

        assertThatEvicted(id);
    }

    @Test
    void rollback_ofTheMethodsOwnTransaction_leavesTheEntry() throws Exception {
        UUID id = cached();

        assertThatExceptionOfType(Undone.class)
                .isThrownBy(() -> repository.change(id, connection -> {
                    throw new Undone();
                }));

        assertThatUntouched(id);
    }

    @Test
    void rollback_ofTheCallersTransaction_leavesTheEntry() throws Exception {
        UUID id = cached();

        assertThatExceptionOfType(Undone.class)
                .isThrownBy(() -> inTransaction.required(() -> {
                    rename(id);
                    throw new Undone();
                }));

        assertThatUntouched(id);
    }

    @Test
    void rollback_beanManaged_leavesTheEntry() throws Exception {
        UUID id = cached();

        assertThatExceptionOfType(Undone.class)
                .isThrownBy(() -> inTransaction.beanManaged(() -> {
                    rename(id);
                    throw new Undone();
                }));

        assertThatUntouched(id);
    }

    @Test
    void requiresNew_insideOneThatIsRolledBack_evictsItsOwnAndAtOnce() throws Exception {
        UUID outer = cached();
        UUID inner = cached();

        assertThatExceptionOfType(Undone.class)
                .isThrownBy(() -> inTransaction.required(() -> {
                    rename(outer);
                    inTransaction.requiresNew(() -> rename(inner));
                    assertThatEvicted(inner);
                    assertThatUntouched(outer);
                    throw new Undone();
                }));

        assertThat(seenElsewhere(inner)).isEqualTo(NEW);
        assertThatUntouched(outer);
    }

    @Test
    void requiresNew_rolledBackInsideOneThatCommits_leavesItsEntryOnly() throws Exception {
        UUID outer = cached();
        UUID inner = cached();

        inTransaction.required(() -> {
            rename(outer);
            assertThatExceptionOfType(Undone.class)
                    .isThrownBy(() -> inTransaction.requiresNew(() -> {
                        rename(inner);
                        throw new Undone();
                    }));
            assertThatUntouched(outer);
        });

        assertThatEvicted(outer);
        assertThatUntouched(inner);
    }

    @Test
    void lookup_withTheOldEntityInThePersistenceContext_doesNotFill() throws Exception {
        UUID id = cached();

        inTransaction.required(() -> {
            repository.contains(id);
            inTransaction.requiresNew(() -> rename(id));

            assertThat(seenHere(id)).isEqualTo(OLD); // as its own persistence context has it
            assertThat(redis.entry(id)).isNull();
            assertThat(seenElsewhere(id)).isEqualTo(NEW);
        });

        assertThat(seenElsewhere(id)).isEqualTo(NEW);
    }

    @Test
    void lookup_ofWhatTheTransactionHasChanged_isSeenByItAlone() throws Exception {
        UUID id = added();

        inTransaction.required(() -> lookUpAroundAChange(id));

        assertThatEvicted(id);
    }

    @Test
    void lookup_ofWhatIsRolledBack_leavesNothing() throws Exception {
        UUID id = added();

        assertThatExceptionOfType(Undone.class)
                .isThrownBy(() -> inTransaction.beanManaged(() -> {
                    lookUpAroundAChange(id);
                    throw new Undone();
                }));

        assertThatUntouched(id);
    }

    private void lookUpAroundAChange(UUID id) throws Exception {
        assertThat(seenHere(id)).isEqualTo(OLD);
        rename(id);
        assertThat(seenHere(id)).isEqualTo(NEW);
        assertThat(seenElsewhere(id)).isEqualTo(OLD); // which fills it as it is committed
        assertThat(seenHere(id)).isEqualTo(NEW);
        assertThatUntouched(id);
    }

    private void assertThatUntouched(UUID id) throws Exception {
        assertThat(redis.entry(id)).contains(OLD); // first, for a lookup would put it back
        assertThat(seenElsewhere(id)).isEqualTo(OLD);
    }

    private void assertThatEvicted(UUID id) throws Exception {
        assertThat(redis.entry(id)).isNull();
        assertThat(seenElsewhere(id)).isEqualTo(NEW);
        assertThat(redis.entry(id)).contains(NEW);
    }

    private @Nullable String seenHere(UUID id) {
        return alias(repository.findById(id));
    }

    private @Nullable String seenElsewhere(UUID id) throws Exception {
        return alias(otherThread.lookUp(id).get(30, SECONDS));
    }

    private static @Nullable String alias(Optional<ProviderConnection> found) {
        return found.orElseThrow().alias();
    }

    private void rename(UUID id) {
        assertThat(repository.change(id, connection -> connection.rename(NEW, now())))
                .isPresent();
    }

    private UUID cached() {
        UUID id = added();
        repository.findById(id);
        assertThat(redis.entry(id)).contains(OLD);
        return id;
    }

    private UUID added() {
        UUID id = UUID.randomUUID();
        var connection = ProviderConnection.pending(id, UUID.randomUUID(), UUID.randomUUID(), "schwab", now());
        repository.add(connection.rename(OLD, now()));
        return id;
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}
