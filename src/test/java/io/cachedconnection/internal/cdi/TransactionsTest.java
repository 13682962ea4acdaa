package io.cachedconnection.internal.cdi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.arjuna.ats.internal.jta.transaction.arjunacore.TransactionSynchronizationRegistryImple;
import com.arjuna.ats.jta.TransactionManager;
import io.cachedconnection.ConnectionCache;
import io.cachedconnection.ConnectionCaches;
import io.cachedconnection.EvictConnection;
import io.cachedconnection.EvictionRefusedException;
import io.cachedconnection.internal.cdi.Shelf.Volume;
import io.cachedconnection.internal.engine.write.TransactionScope;
import io.cachedconnection.testing.OneResource;
import io.cachedconnection.testing.RedisProcess;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Synchronization;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.sql.SQLException;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import javax.transaction.xa.XAException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Writes in transactions whose registry is a bean. */
class TransactionsTest {

    /** Brings the registry. */
    @ApplicationScoped
    static class Registry {

        @Produces
        @ApplicationScoped
        TransactionSynchronizationRegistry registry() {
            return new TransactionSynchronizationRegistryImple();
        }
    }

    /** What a server has for {@code REQUIRES_NEW}, at the place where it has it. */
    @Interceptor
    @Transactional(TxType.REQUIRES_NEW)
    @Priority(Interceptor.Priority.PLATFORM_BEFORE + 200)
    static class RequiresNew {

        @AroundInvoke
        Object inANewOne(InvocationContext call) throws Exception {
            jakarta.transaction.TransactionManager manager = TransactionManager.transactionManager();
            Transaction outer = manager.suspend();
            manager.begin();
            try {
                return call.proceed();
            } finally {
                manager.commit();
                manager.resume(outer);
            }
        }
    }

    interface Executable {
        void run() throws Exception;
    }

    /** Writes in a transaction of its own. */
    @ApplicationScoped
    static class Ledger {

        @Transactional(TxType.REQUIRES_NEW)
        @EvictConnection(cache = "volumes")
        public void note(long id) {}

        /** Does something else in a transaction of its own. */
        @Transactional(TxType.REQUIRES_NEW)
        public void around(Executable work) throws Exception {
            work.run();
        }
    }

    private final jakarta.transaction.TransactionManager manager = TransactionManager.transactionManager();
    private final RunningContainer container =
            new RunningContainer(Shelf.class, Registry.class, RequiresNew.class, Ledger.class);
    private final Shelf shelf = container.bean(Shelf.class);
    private final Ledger ledger = container.bean(Ledger.class);

    @AfterEach
    void close() throws Exception {
        if (manager.getTransaction() != null) {
            manager.rollback();
        }
        container.close();
    }

    private static Synchronization afterwards(Runnable check) {
        return new Synchronization() {
            @Override
            public void beforeCompletion() {}

            @Override
            public void afterCompletion(int status) {
                check.run();
            }
        };
    }

    /** A Redis that has just begun counts as an eviction of everything. */
    private void awaitThatRedisHasRunForLonger() {
        Pattern uptime = Pattern.compile("uptime_in_seconds:(\\d+)");
        Predicate<String> isShort = info -> uptime.matcher(info)
                .results()
                .anyMatch(result -> Integer.parseInt(result.group(1)) < 8); // redis.timeout is 5 s here
        while (isShort.test(container.redis.info("server"))) {
            Thread.onSpinWait();
        }
    }

    private void warm() {
        shelf.change(1, "Solaris");
        shelf.find(1);
        assertThat(container.stored("volumes:1")).contains("Solaris");
    }

    @Test
    void evict_committed_isSeenByItselfAtOnceAndByOthersAfterwards() throws Exception {
        warm();
        manager.begin();
        shelf.save(new Volume(1L, "Eden"));

        assertThat(container.stored("volumes:1")).contains("Solaris");
        assertThat(shelf.find(1)).contains(new Volume(1L, "Eden"));
        assertThat(container.stored("volumes:1")).contains("Solaris");
        manager.commit();
        assertThat(container.stored("volumes:1")).isNull();
    }

    @Test
    void evict_requiresNewAndTheCallersIsRolledBack_isDone() throws Exception {
        warm();
        manager.begin();
        container.bean(Ledger.class).note(1);
        assertThat(container.stored("volumes:1")).isNull();
        manager.rollback();

        assertThat(container.stored("volumes:1")).isNull();
    }

    @Test
    void lookup_marked_seesItsOwnWritesAndFillsNothing() throws Exception {
        warm();
        manager.begin();
        manager.setRollbackOnly();
        shelf.save(new Volume(1L, "Eden"));

        assertThat(shelf.find(1)).contains(new Volume(1L, "Eden"));
        manager.rollback();
        assertThat(container.stored("volumes:1")).isNull();
    }

    @Test
    void evict_rolledBack_isDoneForWhatThatDoesNotUndo() throws Exception {
        warm();
        manager.begin();
        shelf.save(new Volume(1L, "Eden"));
        manager.rollback();

        assertThat(container.stored("volumes:1")).isNull();
    }

    @Test
    void put_keyOfTheResult_isStoredAfterTheCommit() throws Exception {
        awaitThatRedisHasRunForLonger();
        ledger.around(() -> {
            shelf.add(9, "Eden");
            manager.getTransaction()
                    .registerSynchronization(afterwards(() ->
                            assertThat(container.stored("volumes:9")).isNull())); // the commit has not returned yet
        });

        assertThat(container.stored("volumes:9")).contains("Eden");
    }

    @Test
    void put_theCallersTransaction_onlyEvicts() throws Exception {
        warm();
        manager.begin();
        shelf.store(1, "Eden");
        manager.commit();

        assertThat(container.stored("volumes:1")).isNull();
        shelf.find(1);
        assertThat(container.stored("volumes:1")).contains("Eden");
    }

    @Test
    void put_theConnectionIsLostInTheCommit_isNotStoredAndLeftOpen() throws Exception {
        warm();
        assertThatThrownBy(() -> ledger.around(() -> {
                    shelf.store(1, "Eden");
                    manager.getTransaction().enlistResource(new OneResource(() -> {
                        throw new XAException(XAException.XAER_RMFAIL);
                    }));
                }))
                .isInstanceOf(HeuristicMixedException.class);

        assertThat(container.stored("volumes:1")).isNull();
        shelf.find(1);
        assertThat(container.stored("volumes:1")).isNull(); // it may be done later
    }

    @Test
    void put_theDatabaseRefusesTheCommit_isEvictedAndOver() throws Exception {
        warm();
        assertThatThrownBy(() -> ledger.around(() -> {
                    shelf.store(1, "Eden");
                    manager.getTransaction().enlistResource(new OneResource(() -> {
                        XAException refusal = new XAException(XAException.XA_RBINTEGRITY);
                        refusal.initCause(new SQLException("Twice", "23505"));
                        throw refusal;
                    }));
                }))
                .isInstanceOf(RollbackException.class);

        assertThat(container.stored("volumes:1")).isNull();
        shelf.find(1);
        assertThat(container.stored("volumes:1")).isNotNull();
    }

    @Test
    void put_rolledBack_onlyEvicts() throws Exception {
        warm();
        manager.begin();
        shelf.store(1, "Eden");
        manager.rollback();

        assertThat(container.stored("volumes:1")).isNull();
    }

    @Test
    void programmatic_committedAndRolledBack_goesWithTheTransaction() throws Exception {
        warm();
        ConnectionCache<Long, Volume> volumes =
                container.bean(ConnectionCaches.class).cache("volumes", Long.class, Volume.class);
        manager.begin();
        assertThat(volumes.put(1L, new Volume(1L, "Eden"))).isTrue();
        assertThat(volumes.find(1L)).isEmpty();
        manager.rollback();
        assertThat(volumes.find(1L)).isEmpty();

        shelf.find(1);
        manager.begin();
        volumes.clear();
        assertThat(container.stored("volumes:1")).isNotNull();
        manager.commit();
        assertThat(container.stored("volumes:1")).isNull();
    }

    @Test
    void lookup_beginningUnseenAfterAWrite_doesNotFill() throws Exception {
        shelf.change(1, "Solaris");
        shelf.save(new Volume(1L, "Eden"));
        manager.begin();
        shelf.find(1);
        assertThat(container.stored("volumes:1")).isNull(); // it may be as old as before the write
        manager.rollback();
    }

    @Test
    void begin_ofAMethodsTransaction_isSeen() throws Exception {
        TransactionScope transactions = container.bean(CacheRuntime.class).transactions();
        manager.begin();
        assertThat(transactions.current().age()).isNull();

        ledger.around(() -> assertThat(transactions.current().age()).isNotNull());
    }

    @Test
    void commit_redisAwayAndFail_rollsBackWithTheRefusalAsCause() throws Exception {
        try (RedisProcess absent = RedisProcess.notStarted();
                RunningContainer away = new RunningContainer(absent, Shelf.class, Registry.class)) {
            manager.begin();
            away.bean(Shelf.class).save(new Volume(1L, "Eden"));

            assertThatThrownBy(manager::commit)
                    .isInstanceOf(RollbackException.class)
                    .hasCauseInstanceOf(EvictionRefusedException.class);
        }
    }
}
