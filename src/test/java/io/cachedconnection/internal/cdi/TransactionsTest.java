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
import io.cachedconnection.testing.RedisProcess;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionScoped;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Writes in transactions whose registry is a bean. */
class TransactionsTest {

    /** Brings the registry, and says that a transaction has begun. */
    @ApplicationScoped
    static class Registry {

        @Inject
        @Initialized(TransactionScoped.class) Event<Object> begun;

        @Produces
        @ApplicationScoped
        TransactionSynchronizationRegistry registry() {
            return new TransactionSynchronizationRegistryImple();
        }

        void sayBegun() {
            begun.fire("transaction");
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

    /** Writes in a transaction of its own. */
    @ApplicationScoped
    static class Ledger {

        @Transactional(TxType.REQUIRES_NEW)
        @EvictConnection(cache = "volumes")
        public void note(long id) {}
    }

    private final jakarta.transaction.TransactionManager manager = TransactionManager.transactionManager();
    private final RunningContainer container =
            new RunningContainer(Shelf.class, Registry.class, RequiresNew.class, Ledger.class);
    private final Shelf shelf = container.bean(Shelf.class);

    @AfterEach
    void close() throws Exception {
        if (manager.getTransaction() != null) {
            manager.rollback();
        }
        container.close();
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
        manager.begin();
        container.bean(Registry.class).sayBegun();
        shelf.add(9, "Eden");
        assertThat(container.stored("volumes:9")).isNull();
        manager.commit();

        assertThat(container.stored("volumes:9")).contains("Eden");
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
    void byHand_committedAndRolledBack_goesWithTheTransaction() throws Exception {
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
    void begun_event_isNotedWithTheTransaction() throws Exception {
        manager.begin();
        assertThat(container.bean(Composition.class).transactions().current().age())
                .isNull();
        container.bean(Registry.class).sayBegun();

        assertThat(container.bean(Composition.class).transactions().current().age())
                .isNotNull();
    }

    @Test
    void commit_redisAwayAndFail_rollsBackWithTheRefusalAsCause() throws Exception {
        try (RedisProcess absent = RedisProcess.notStarted();
                RunningContainer away =
                        new RunningContainer(URI.create(absent.uri()), "FAIL", Shelf.class, Registry.class)) {
            manager.begin();
            away.bean(Shelf.class).save(new Volume(1L, "Eden"));

            assertThatThrownBy(manager::commit)
                    .isInstanceOf(RollbackException.class)
                    .hasCauseInstanceOf(EvictionRefusedException.class);
        }
    }
}
