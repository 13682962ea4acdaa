package io.cachedconnection.internal.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.arjuna.ats.internal.jta.transaction.arjunacore.TransactionSynchronizationRegistryImple;
import com.arjuna.ats.jta.TransactionManager;
import io.cachedconnection.internal.engine.store.Outcome;
import io.cachedconnection.internal.engine.write.Transaction;
import io.cachedconnection.testing.OneResource;
import jakarta.transaction.RollbackException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Transactions of a real transaction manager, as the engine sees them. */
class JtaScopeTest {

    private final jakarta.transaction.TransactionManager manager = TransactionManager.transactionManager();
    private final AtomicLong now = new AtomicLong(1000);
    private final JtaScope scope = new JtaScope(new TransactionSynchronizationRegistryImple(), now::get);

    /** Notes what it is told. */
    private static final class Noted implements Transaction.Completion {
        final List<String> told = new ArrayList<>();

        @Override
        public void beforeCommit() {
            told.add("before");
        }

        @Override
        public void afterCompletion(Outcome outcome) {
            told.add(outcome.name());
        }
    }

    private Noted attached() {
        return attached(scope);
    }

    private static Noted attached(JtaScope scope) {
        Noted noted = new Noted();
        scope.current().attach(noted);
        return noted;
    }

    @AfterEach
    void leaveNoneBehind() throws Exception {
        if (manager.getTransaction() != null) {
            manager.rollback();
        }
    }

    @Test
    void current_noTransaction_isNone() {
        assertThat(scope.current()).isNull();
    }

    @Test
    void attach_committed_isToldBeforeAndAfter() throws Exception {
        manager.begin();
        Noted noted = attached();
        assertThat(scope.current().attachment()).isSameAs(noted);
        assertThat(scope.current().age()).isNull();
        manager.commit();

        assertThat(noted.told).containsExactly("before", "REPORTED_COMMITTED");
        assertThat(scope.current()).isNull();
    }

    @Test
    void attach_theCommitTakesLongerThanADriverMayWait_isUnknown() throws Exception {
        manager.begin();
        Noted noted = attached();
        now.addAndGet(Duration.ofHours(1).toNanos()); // before the commit
        manager.getTransaction()
                .enlistResource(new OneResource(
                        () -> now.addAndGet(Duration.ofSeconds(2).toNanos())));
        manager.commit();

        assertThat(noted.told).containsExactly("before", "UNKNOWN");
    }

    @Test
    void isRollbackOnly_theThreadHasLeftIt_isSo() throws Exception {
        manager.begin();
        Transaction transaction = scope.current();
        assertThat(transaction.isRollbackOnly()).isFalse();
        manager.commit();
        assertThat(transaction.isRollbackOnly()).isTrue();
        manager.begin();

        assertThat(transaction.isRollbackOnly()).isTrue();
        assertThat(scope.current().isRollbackOnly()).isFalse();
        manager.setRollbackOnly();
        assertThat(scope.current().isRollbackOnly()).isTrue();
    }

    @Test
    void attach_rolledBack_isToldAfterOnly() throws Exception {
        manager.begin();
        Noted noted = attached();
        manager.rollback();

        assertThat(noted.told).containsExactly("ROLLED_BACK");
    }

    @Test
    void attach_rollbackOnlyAtTheCommit_isToldAfterOnly() throws Exception {
        manager.begin();
        Noted noted = attached();
        manager.setRollbackOnly();
        assertThat(scope.current().isRollbackOnly()).isTrue();

        assertThatThrownBy(manager::commit).isInstanceOf(RollbackException.class);
        assertThat(noted.told).containsExactly("ROLLED_BACK");
    }

    @Test
    void attach_beforeCommitThrows_rollsBack() throws Exception {
        manager.begin();
        List<Outcome> outcomes = new ArrayList<>();
        scope.current().attach(new Transaction.Completion() {
            @Override
            public void beforeCommit() {
                throw new IllegalStateException("refused");
            }

            @Override
            public void afterCompletion(Outcome outcome) {
                outcomes.add(outcome);
            }
        });

        assertThatThrownBy(manager::commit)
                .isInstanceOf(RollbackException.class)
                .satisfies(e -> assertThat(e).hasRootCauseMessage("refused"));
        assertThat(outcomes).containsExactly(Outcome.ROLLED_BACK);
    }

    @Test
    void attach_twoApplicationsInOneTransaction_areBothCompleted() throws Exception {
        JtaScope other = new JtaScope(new TransactionSynchronizationRegistryImple(), now::get);
        manager.begin();
        Noted mine = attached();
        assertThat(other.current().attachment()).isNull();
        Noted others = attached(other);
        assertThat(scope.current().attachment()).isSameAs(mine);
        assertThat(other.current().attachment()).isSameAs(others);
        manager.commit();

        assertThat(mine.told).containsExactly("before", "REPORTED_COMMITTED");
        assertThat(others.told).containsExactly("before", "REPORTED_COMMITTED");
    }

    @Test
    void current_suspendedAndAnotherBegun_areKeptApart() throws Exception {
        manager.begin();
        Noted outer = attached();
        jakarta.transaction.Transaction suspended = manager.suspend();
        assertThat(scope.current()).isNull();

        manager.begin();
        assertThat(scope.current().attachment()).isNull();
        Noted inner = attached();
        manager.commit();
        assertThat(inner.told).containsExactly("before", "REPORTED_COMMITTED");
        assertThat(outer.told).isEmpty();

        manager.resume(suspended);
        assertThat(scope.current().attachment()).isSameAs(outer);
        manager.rollback();
        assertThat(outer.told).containsExactly("ROLLED_BACK");
    }
}
