package io.cachedconnection.servertests;

import static io.cachedconnection.servertests.Aliases.NEW;
import static io.cachedconnection.servertests.Aliases.OLD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.cachedconnection.provider.ProviderConnectionCache;
import io.cachedconnection.sample.ConnectionRepository;
import io.cachedconnection.sample.DatabaseLoads;
import io.cachedconnection.servertests.InTransaction.Work;
import jakarta.inject.Inject;
import jakarta.transaction.RollbackException;
import java.util.UUID;
import org.assertj.core.api.Assertions;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Transactions that somebody marks so that they can only be rolled back, without an exception. A server may give them no
 * more database connections; so what they look up afterwards, their persistence context has already.
 */
@ExtendWith(ArquillianExtension.class)
class RollbackOnlyTest {

    @Inject
    private ConnectionRepository repository;

    @Inject
    private ProviderConnectionCache providerCache;

    @Inject
    private DatabaseLoads loads;

    @Inject
    private InTransaction inTransaction;

    @Inject
    private Aliases aliases;

    @Inject
    private RedisProbe redis;

    @Deployment
    static WebArchive sample() {
        return SampleWar.named("rollback-only", TestRedis.uri())
                .addClasses(InTransaction.class, Aliases.class, OtherThread.class, RedisProbe.class)
                .addAsLibraries(SampleWar.librariesOfJedis())
                .addAsLibrary(SampleWar.library(Assertions.class));
    }

    @Test
    void mark_afterAnEviction_leavesTheOldValue() throws Exception {
        UUID id = aliases.cached();

        rolledBack(() -> {
            aliases.rename(id);
            inTransaction.markRollbackOnly();
            assertThat(aliases.seenHere(id)).isEqualTo(NEW);
            aliases.assertThatUntouched(id);
        });

        aliases.assertThatUndone(id);
    }

    @Test
    void mark_inTheMethodThatEvicts_leavesTheOldValue() throws Exception {
        UUID id = aliases.cached();

        rolledBack(() -> {
            repository.change(id, connection -> {
                inTransaction.markRollbackOnly();
                return Aliases.renamed(connection);
            });
            assertThat(aliases.seenHere(id)).isEqualTo(NEW);
        });

        aliases.assertThatUndone(id);
    }

    @Test
    void mark_afterAPut_leavesTheOldValue() throws Exception {
        UUID id = aliases.cached();

        rolledBack(() -> {
            providerCache.set(Aliases.renamed(Aliases.old(id)));
            inTransaction.markRollbackOnly();
            assertThat(providerCache.get(id)).isEmpty();
        });

        aliases.assertThatUndone(id);
    }

    @Test
    void mark_beforeAPutAndADelete_leavesTheOldValues() throws Exception {
        UUID put = aliases.cached();
        UUID deleted = aliases.cached();

        rolledBack(() -> {
            inTransaction.markRollbackOnly();
            providerCache.set(Aliases.renamed(Aliases.old(put)));
            providerCache.delete(deleted);
        });

        aliases.assertThatUndone(put);
        aliases.assertThatUndone(deleted);
    }

    @Test
    void lookup_marked_readsTheDatabaseAndFillsNothing() throws Exception {
        UUID warm = aliases.cached();
        UUID cold = aliases.added();

        rolledBack(() -> {
            repository.contains(warm);
            repository.contains(cold);
            inTransaction.markRollbackOnly();
            long before = loadsById();
            assertThat(aliases.seenHere(warm)).isEqualTo(OLD);
            assertThat(aliases.seenHere(cold)).isEqualTo(OLD);
            assertThat(loadsById()).isEqualTo(before + 2);
            assertThat(redis.entry(cold)).isNull();
        });

        aliases.assertThatUntouched(warm);
    }

    private void rolledBack(Work work) {
        assertThatExceptionOfType(RollbackException.class).isThrownBy(() -> inTransaction.beanManaged(work));
    }

    private long loadsById() {
        return loads.counts().getOrDefault("provider-connection", 0L);
    }
}
