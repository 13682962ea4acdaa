package io.cachedconnection.servertests;

import static io.cachedconnection.servertests.Aliases.NEW;
import static io.cachedconnection.servertests.Aliases.OLD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.cachedconnection.sample.ConnectionRepository;
import io.cachedconnection.servertests.InTransaction.Undone;
import jakarta.inject.Inject;
import java.util.UUID;
import org.assertj.core.api.Assertions;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Evictions and lookups in the server's own transactions, measured inside the server. What a lookup inside one fills is
 * not asserted, for a server need not tell how old its transaction is; what it must not fill is.
 */
@ExtendWith(ArquillianExtension.class)
class TransactionsTest {

    @Inject
    private ConnectionRepository repository;

    @Inject
    private InTransaction inTransaction;

    @Inject
    private Aliases aliases;

    @Inject
    private RedisProbe redis;

    @Deployment
    static WebArchive sample() {
        return SampleWar.named("transactions", TestRedis.uri())
                .addClasses(InTransaction.class, Aliases.class, OtherThread.class, RedisProbe.class)
                .addAsLibraries(SampleWar.librariesOfJedis())
                .addAsLibrary(SampleWar.library(Assertions.class));
    }

    @Test
    void commit_ofTheMethodsOwnTransaction_evicts() throws Exception {
        UUID id = aliases.cached();

        aliases.rename(id);

        aliases.assertThatEvicted(id);
    }

    @Test
    void commit_ofTheCallersTransaction_evictsThenAndNotBefore() throws Exception {
        UUID id = aliases.cached();

        inTransaction.required(() -> {
            aliases.rename(id);
            aliases.assertThatUntouched(id);
        });

        aliases.assertThatEvicted(id);
    }

    @Test
    void commit_beanManaged_evictsThenAndNotBefore() throws Exception {
        UUID id = aliases.cached();

        inTransaction.beanManaged(() -> {
            aliases.rename(id);
            aliases.assertThatUntouched(id);
        });

        aliases.assertThatEvicted(id);
    }

    @Test
    void rollback_ofTheMethodsOwnTransaction_leavesTheOldValue() throws Exception {
        UUID id = aliases.cached();

        assertThatExceptionOfType(Undone.class)
                .isThrownBy(() -> repository.change(id, connection -> {
                    throw new Undone();
                }));

        aliases.assertThatUndone(id);
    }

    @Test
    void rollback_ofTheCallersTransaction_leavesTheOldValue() throws Exception {
        UUID id = aliases.cached();

        assertThatExceptionOfType(Undone.class)
                .isThrownBy(() -> inTransaction.required(() -> {
                    aliases.rename(id);
                    throw new Undone();
                }));

        aliases.assertThatUndone(id);
    }

    @Test
    void rollback_beanManaged_leavesTheOldValue() throws Exception {
        UUID id = aliases.cached();

        assertThatExceptionOfType(Undone.class)
                .isThrownBy(() -> inTransaction.beanManaged(() -> {
                    aliases.rename(id);
                    throw new Undone();
                }));

        aliases.assertThatUndone(id);
    }

    @Test
    void requiresNew_insideOneThatIsRolledBack_evictsItsOwnAndAtOnce() throws Exception {
        UUID outer = aliases.cached();
        UUID inner = aliases.cached();

        assertThatExceptionOfType(Undone.class)
                .isThrownBy(() -> inTransaction.required(() -> {
                    aliases.rename(outer);
                    inTransaction.requiresNew(() -> aliases.rename(inner));
                    aliases.assertThatEvicted(inner);
                    aliases.assertThatUntouched(outer);
                    throw new Undone();
                }));

        assertThat(aliases.seenElsewhere(inner)).isEqualTo(NEW);
        aliases.assertThatUndone(outer);
    }

    @Test
    void requiresNew_rolledBackInsideOneThatCommits_leavesItsOldValueOnly() throws Exception {
        UUID outer = aliases.cached();
        UUID inner = aliases.cached();

        inTransaction.required(() -> {
            aliases.rename(outer);
            assertThatExceptionOfType(Undone.class)
                    .isThrownBy(() -> inTransaction.requiresNew(() -> {
                        aliases.rename(inner);
                        throw new Undone();
                    }));
            aliases.assertThatUntouched(outer);
        });

        aliases.assertThatEvicted(outer);
        aliases.assertThatUndone(inner);
    }

    @Test
    void lookup_withTheOldEntityInThePersistenceContext_doesNotFill() throws Exception {
        UUID id = aliases.cached();

        inTransaction.required(() -> {
            repository.contains(id);
            inTransaction.requiresNew(() -> aliases.rename(id));

            assertThat(aliases.seenHere(id)).isEqualTo(OLD); // as its own persistence context has it
            assertThat(redis.entry(id)).isNull();
            assertThat(aliases.seenElsewhere(id)).isEqualTo(NEW);
        });

        assertThat(aliases.seenElsewhere(id)).isEqualTo(NEW);
    }

    @Test
    void lookup_ofWhatTheTransactionHasChanged_isSeenByItAlone() throws Exception {
        UUID id = aliases.added();

        inTransaction.required(() -> lookUpAroundAChange(id));

        aliases.assertThatEvicted(id);
    }

    @Test
    void lookup_ofWhatIsRolledBack_leavesNothing() throws Exception {
        UUID id = aliases.added();

        assertThatExceptionOfType(Undone.class)
                .isThrownBy(() -> inTransaction.beanManaged(() -> {
                    lookUpAroundAChange(id);
                    throw new Undone();
                }));

        aliases.assertThatUndone(id);
    }

    private void lookUpAroundAChange(UUID id) throws Exception {
        assertThat(aliases.seenHere(id)).isEqualTo(OLD);
        aliases.rename(id);
        assertThat(aliases.seenHere(id)).isEqualTo(NEW);
        assertThat(aliases.seenElsewhere(id)).isEqualTo(OLD); // which fills it as it is committed
        assertThat(aliases.seenHere(id)).isEqualTo(NEW);
        aliases.assertThatUntouched(id);
    }
}
