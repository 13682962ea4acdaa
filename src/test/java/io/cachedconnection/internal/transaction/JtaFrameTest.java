package io.cachedconnection.internal.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.arjuna.ats.internal.jta.transaction.arjunacore.TransactionSynchronizationRegistryImple;
import com.arjuna.ats.jta.TransactionManager;
import io.cachedconnection.internal.engine.store.Outcome;
import io.cachedconnection.internal.engine.store.ValueLoader;
import io.cachedconnection.internal.engine.write.Transaction.Completion;
import io.cachedconnection.testing.OneResource;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Transaction;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import javax.transaction.xa.XAException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls that begin and commit transactions of a real transaction manager, as a server's interceptor has them do. */
class JtaFrameTest {

    private final jakarta.transaction.TransactionManager manager = TransactionManager.transactionManager();
    private final AtomicLong now = new AtomicLong(1000);
    private final JtaScope scope = new JtaScope(new TransactionSynchronizationRegistryImple(), now::get);
    private final List<Outcome> told = new ArrayList<>();

    @AfterEach
    void leaveNoneBehind() throws Exception {
        if (manager.getTransaction() != null) {
            manager.rollback();
        }
    }

    /** A call of {@code method} with a transaction of its own. */
    private <T> T called(ValueLoader<T> method) throws Exception {
        JtaFrame frame = scope.frame();
        return frame.outside(() -> {
            Transaction outer = manager.suspend();
            now.addAndGet(5);
            manager.begin();
            try {
                return frame.inside(method);
            } finally {
                manager.commit();
                assertThat(told).isEmpty(); // not on the word of the manager
                if (outer != null) {
                    manager.resume(outer);
                }
            }
        });
    }

    private Object attach() {
        scope.current().attach(new Completion() {
            @Override
            public void beforeCommit() {}

            @Override
            public void afterCompletion(Outcome outcome) {
                told.add(outcome);
            }
        });
        return "attached";
    }

    private Object attach(OneResource resource) throws Exception {
        manager.getTransaction().enlistResource(resource);
        return attach();
    }

    private static XAException failure(int code, Throwable cause) {
        XAException failure = new XAException(code);
        failure.initCause(cause);
        return failure;
    }

    private Duration ageWithin(JtaFrame frame) throws Exception {
        return frame.outside(() -> frame.inside(() -> scope.current().age()));
    }

    @Test
    void age_begunInTheCall_isThatOfTheCall() throws Exception {
        assertThat(called(() -> scope.current().age())).isEqualTo(Duration.ofNanos(5));
    }

    @Test
    void age_begunInTheCallOfAnotherApplication_isKnownToAll() throws Exception {
        JtaScope other = new JtaScope(new TransactionSynchronizationRegistryImple(), now::get);

        assertThat(called(() -> other.current().age())).isEqualTo(Duration.ofNanos(5));
    }

    @Test
    void age_anotherOneOfTheCallerIsSuspended_isThatOfTheCall() throws Exception {
        manager.begin();

        assertThat(called(() -> scope.current().age())).isEqualTo(Duration.ofNanos(5));
        assertThat(scope.current().age()).isNull();
    }

    @Test
    void age_ofTheCallersTransaction_staysUnknown() throws Exception {
        manager.begin();

        assertThat(ageWithin(scope.frame())).isNull();
    }

    @Test
    void age_ofACallWithinTheCall_isThatOfTheFirst() throws Exception {
        assertThat(called(() -> {
                    now.addAndGet(2);
                    return ageWithin(scope.frame());
                }))
                .isEqualTo(Duration.ofNanos(7));
    }

    @Test
    void age_theMethodResumesAnOlderOne_staysUnknown() throws Exception {
        manager.begin();
        Transaction older = manager.suspend();
        JtaFrame frame = scope.frame();

        assertThat(frame.<Duration>outside(() -> frame.inside(() -> {
                    manager.resume(older);
                    return scope.current().age();
                })))
                .isNull();
    }

    @Test
    void commit_returns_isToldWithTheCall() throws Exception {
        assertThat(this.<Object>called(this::attach)).isEqualTo("attached");

        assertThat(told).containsExactly(Outcome.COMMITTED);
    }

    @Test
    void commit_reportedAndThenThrows_isUnknown() {
        OneResource lost = new OneResource(() -> {
            throw failure(XAException.XAER_RMFAIL, new SQLException("I/O error", "08006"));
        });

        assertThatExceptionOfType(HeuristicMixedException.class).isThrownBy(() -> called(() -> attach(lost)));
        assertThat(told).containsExactly(Outcome.UNKNOWN);
    }

    @Test
    void commit_theDatabaseRefuses_isRefused() {
        OneResource refusing = new OneResource(() -> {
            throw failure(XAException.XA_RBINTEGRITY, new SQLException("Twice", "23505"));
        });

        assertThatExceptionOfType(RollbackException.class).isThrownBy(() -> called(() -> attach(refusing)));
        assertThat(told).containsExactly(Outcome.REFUSED);
    }

    @Test
    void commit_theResourceCallsALostConnectionARollback_isUnknown() {
        OneResource lost = new OneResource(() -> {
            throw failure(XAException.XA_RBROLLBACK, new SQLException("I/O error", "08006"));
        });

        assertThatExceptionOfType(RollbackException.class).isThrownBy(() -> called(() -> attach(lost)));
        assertThat(told).containsExactly(Outcome.UNKNOWN);
    }

    @Test
    void commit_theMethodThrows_isNoMoreThanReported() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> called(() -> {
                    attach();
                    throw new IOException();
                }));

        assertThat(told).containsExactly(Outcome.REPORTED_COMMITTED);
    }

    @Test
    void commit_ofTheMethodItself_isNoMoreThanReportedAndAtOnce() throws Exception {
        JtaFrame frame = scope.frame();
        frame.outside(() -> {
            manager.begin();
            return frame.inside(() -> {
                attach();
                manager.commit();
                return told.toString();
            });
        });

        assertThat(told).containsExactly(Outcome.REPORTED_COMMITTED);
    }

    @Test
    void commit_byAnotherThread_isNoMoreThanReportedAndAtOnce() throws Exception {
        JtaFrame frame = scope.frame();
        frame.outside(() -> {
            manager.begin();
            frame.inside(this::attach);
            Transaction begun = manager.suspend();
            CompletableFuture.runAsync(() -> committed(begun)).join();
            assertThat(told).containsExactly(Outcome.REPORTED_COMMITTED);
            return null;
        });

        assertThat(told).hasSize(1);
    }

    private void committed(Transaction begun) {
        try {
            manager.resume(begun);
            manager.commit();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void call_whatIsToldThrows_returnsAllTheSame() throws Exception {
        JtaFrame frame = scope.frame();

        assertThat(frame.<String>outside(() -> {
                    manager.begin();
                    String result = frame.inside(() -> {
                        scope.current().attach(new Completion() {
                            @Override
                            public void beforeCommit() {}

                            @Override
                            public void afterCompletion(Outcome outcome) {
                                told.add(outcome);
                                throw new IllegalStateException();
                            }
                        });
                        return "returned";
                    });
                    manager.commit();
                    return result;
                }))
                .isEqualTo("returned");
        assertThat(told).hasSize(1);
    }

    @Test
    void call_itsTransactionIsRolledBackInTheMethod_hasNoAgeAndPasses() {
        JtaFrame frame = scope.frame();

        assertThatThrownBy(() -> frame.outside(() -> frame.inside(() -> {
                    throw new IOException();
                })))
                .isInstanceOf(IOException.class);
    }
}
