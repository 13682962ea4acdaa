package io.cachedconnection.internal.engine;

import static io.cachedconnection.internal.engine.Node.KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachedconnection.internal.engine.store.Ack;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.LeaseResult;
import io.cachedconnection.internal.engine.store.Outcome;
import io.cachedconnection.internal.engine.store.ProtocolSettings;
import io.cachedconnection.internal.engine.store.ProtocolSettings.OnFailure;
import io.cachedconnection.internal.engine.store.RemoteStore.LeaseRequest;
import io.cachedconnection.internal.engine.store.StoreException;
import io.cachedconnection.internal.engine.store.StoreException.Reason;
import io.cachedconnection.internal.engine.store.Target;
import io.cachedconnection.internal.engine.write.RefusedWriteException;
import io.cachedconnection.internal.engine.write.Transaction;
import io.cachedconnection.testing.ChaosStore;
import io.cachedconnection.testing.FakeTransactions.One;
import io.cachedconnection.testing.Gate;
import io.cachedconnection.testing.MemoryStore;
import io.cachedconnection.testing.ScannedLog;
import io.cachedconnection.testing.Settings;
import io.cachedconnection.testing.Started;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Writes, alone and in transactions, and what lookups see of them. */
class WriteTest {

    private static final Duration BUDGET = Duration.ofMillis(100);
    private static final ProtocolSettings RETRY = Settings.protocol(BUDGET);
    private static final ProtocolSettings FAIL = Settings.protocol(BUDGET, OnFailure.FAIL);

    private final FakeTime time = new FakeTime();
    private final MemoryStore memory = new MemoryStore(time, RETRY.maxTransactionAge());
    private final ChaosStore store = new ChaosStore(memory);
    private final Node node = new Node(store, time, RETRY);
    private final Node other = new Node(memory, time, RETRY);
    private String row = "old";

    private String cached() {
        return other.engine.find(other.binding, KEY).value();
    }

    @Test
    void write_withoutTransaction_isTwoRoundTripsAroundIt() throws Exception {
        node.read(() -> row);
        node.write(() -> row = "new");

        assertThat(store.calls()).containsExactly("find", "acquire", "fill", "begin", "end");
        assertThat(other.read(() -> row)).isEqualTo("new");
    }

    /** As an interrupt of a virtual thread in a socket read, or in the queue for a connection. */
    @Test
    void write_eachStepIsInterrupted_isAnnouncedAndEndedAllTheSame() throws Exception {
        Node strict = new Node(store, time, FAIL);
        strict.read(() -> row);
        AtomicBoolean isSecond = new AtomicBoolean();
        store.before(call -> {
            if (isSecond.compareAndSet(false, true)) {
                Thread.currentThread().interrupt();
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new StoreException(Reason.INTERRUPTED, "interrupted");
            }
            isSecond.set(false);
        });
        strict.write(() -> {
            assertThat(Thread.interrupted()).isTrue();
            assertThat(cached()).isNull();
            row = "new";
        });

        assertThat(Thread.interrupted()).isTrue();
        assertThat(store.calls()).endsWith("begin", "begin", "end", "end");
        assertThat(other.read(() -> row)).isEqualTo("new");
        assertThat(other.read(() -> "newer")).isEqualTo("new");
    }

    @Test
    void write_throws_evictsAllTheSameAndPassesTheException() throws Exception {
        node.read(() -> row);
        IOException failure = new IOException();

        assertThatThrownBy(() -> node.engine.write(List.of(KEY), changes -> {
                    row = "perhaps";
                    throw failure;
                }))
                .isSameAs(failure);
        assertThat(cached()).isNull();
        assertThat(other.read(() -> row)).isEqualTo("perhaps");
    }

    @Test
    void read_loadedBeforeTheWriteAndFilledAfter_isNotStored() throws Exception {
        String seen = node.read(() -> {
            String loaded = row;
            writeElsewhere();
            return loaded;
        });

        assertThat(seen).isEqualTo("old");
        assertThat(cached()).isNull();
        assertThat(node.read(() -> row)).isEqualTo("new");
    }

    private void writeElsewhere() throws Exception {
        other.write(() -> row = "new");
    }

    @Test
    void read_whileAWriteIsInFlight_isNotStored() throws Exception {
        node.write(() -> {
            assertThat(readBy(other)).isEqualTo("old");
            row = "new";
        });

        assertThat(other.read(() -> row)).isEqualTo("new");
    }

    private String readBy(Node reader) {
        try {
            return reader.read(() -> row);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void write_looksUpWhatItWrites_isForItsOwnEyes() throws Exception {
        store.failAt("begin"); // so that nothing but this node's own knowledge protects it
        node.write(() -> {
            store.behave();
            assertThat(readFor("dirty")).isEqualTo("dirty");
        });

        assertThat(store.calls()).containsExactly("begin", "end");
    }

    private String readFor(String value) {
        try {
            return node.read(() -> value);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void write_looksUpWhileOthersWaitForTheSameKey_sharesNothingWithThem() throws Exception {
        Gate loading = new Gate();
        Started<String> first = Started.of(() -> node.read(() -> {
            loading.pass();
            return "old";
        }));
        loading.awaitArrival();
        Gate written = new Gate();
        Started<Boolean> write = Started.of(() -> {
                    node.write(() -> {
                        assertThat(readFor("dirty")).isEqualTo("dirty");
                        written.pass();
                    });
                    return true;
                })
                .awaitWaiting();
        Started<String> second = Started.of(() -> node.read(() -> "old")).awaitWaiting();
        loading.open();

        assertThat(first.result()).isEqualTo("old");
        assertThat(second.result()).isEqualTo("old");
        written.open();
        assertThat(write.result()).isTrue();
    }

    @Test
    void transaction_committed_isAnnouncedBeforeAndEndedAfterIt() throws Exception {
        node.read(() -> row);
        node.transactions.begin();
        node.write(() -> {});
        assertThat(readBy(other)).isEqualTo("old"); // not committed: what is cached is right
        node.transactions.commit(() -> {
            assertThat(cached()).isNull();
            assertThat(readBy(other)).isEqualTo("old");
            row = "new";
        });

        assertThat(other.read(() -> row)).isEqualTo("new");
        assertThat(store.calls()).containsExactly("find", "acquire", "fill", "begin", "end");
    }

    @Test
    void transaction_rolledBack_leavesNothingBehind() throws Exception {
        node.read(() -> row);
        node.transactions.begin();
        node.write(() -> {});
        assertThat(node.read(() -> "dirty")).isEqualTo("dirty");
        node.transactions.rollback();

        assertThat(other.read(() -> row)).isEqualTo("old");
        assertThat(store.calls()).containsExactly("find", "acquire", "fill", "end");
    }

    private void assertCachedOnlyAfterTheDeadline() throws Exception {
        assertThat(other.read(() -> row)).isEqualTo("old");
        assertThat(cached()).isNull();
        row = "new"; // the commit has come through
        time.pass(RETRY.maxTransactionAge().plusMillis(1));
        other.transactions.begin();
        time.pass(Duration.ofMillis(1));
        assertThat(other.read(() -> row)).isEqualTo("new");
        other.transactions.rollback();
        assertThat(cached()).isNull(); // it counted as an eviction then
        assertThat(other.read(() -> row)).isEqualTo("new");
        assertThat(cached()).isEqualTo("new");
    }

    @Test
    void transaction_outcomeUnknown_isNotCachedUntilItsAnnouncementRunsOut() throws Exception {
        node.transactions.begin();
        node.write(() -> {});
        node.transactions.loseTheOutcome();

        assertThat(store.calls()).containsExactly("begin", "begin");
        assertCachedOnlyAfterTheDeadline();
    }

    @Test
    void transaction_theDatabaseRefusesItsCommit_isCachedAgainAtOnce() throws Exception {
        node.transactions.begin();
        node.write(() -> {});
        node.transactions.endAs(Outcome.REFUSED);

        assertThat(store.calls()).containsExactly("begin", "end");
        assertThat(other.read(() -> row)).isEqualTo("old");
        assertThat(cached()).isEqualTo("old");
    }

    @Test
    void transaction_outcomeUnknownAndRedisAway_isLeftOpenWhenItIsBack() throws Exception {
        node.transactions.begin();
        node.write(() -> {});
        store.after(call -> store.fail(Reason.TIMEOUT));
        node.transactions.loseTheOutcome();
        store.behave();
        time.pass(Duration.ofSeconds(5));
        node.engine.recover();

        assertCachedOnlyAfterTheDeadline();
    }

    @Test
    void write_itsStatementMayBeOnItsWay_isNotCachedUntilItsAnnouncementRunsOut() throws Exception {
        SQLException failure = new SQLException("I/O error", "08006", new SocketTimeoutException());

        assertThatThrownBy(() -> node.engine.write(List.of(KEY), changes -> {
                    throw failure;
                }))
                .isSameAs(failure);
        assertCachedOnlyAfterTheDeadline();
    }

    @Test
    void write_itsStatementMayBeOnItsWayInATransactionWithoutIt_isLeftOpenAtTheRollback() throws Exception {
        node.transactions.begin();
        assertThatThrownBy(() -> node.engine.write(List.of(KEY), changes -> {
                    throw new IllegalStateException(new SocketTimeoutException());
                }))
                .isInstanceOf(IllegalStateException.class);
        node.transactions.rollback();

        assertCachedOnlyAfterTheDeadline();
    }

    @Test
    void transaction_rolledBackWhatItDoesNotUndo_isEvicted() throws Exception {
        node.read(() -> row);
        node.transactions.begin();
        node.write(() -> row = "new"); // elsewhere: a data source outside JTA, another service
        node.transactions.rollback();

        assertThat(other.read(() -> row)).isEqualTo("new");
    }

    @Test
    void transaction_doomedWhenItWritesElsewhere_isEvictedAtOnce() throws Exception {
        node.read(() -> row);
        node.transactions.begin().setRollbackOnly();
        node.write(() -> {
            readBy(other); // fills
            row = "new";
        });

        assertThat(other.read(() -> row)).isEqualTo("new");
        node.engine.evict(KEY);
        assertThat(cached()).isNull();
    }

    @Test
    void transaction_doomedInTheCourseOfAWrite_isEvictedAfterIt() throws Exception {
        One doomed = node.transactions.begin();
        node.write(() -> {
            readBy(other); // fills
            doomed.setRollbackOnly();
            row = "new";
        });

        assertThat(other.read(() -> row)).isEqualTo("new");
    }

    @Test
    void transaction_hasWritten_seesItsOwnWritesAndNobodyElseDoes() throws Exception {
        node.read(() -> row);
        node.transactions.begin();
        node.write(() -> {});

        assertThat(node.read(() -> "dirty")).isEqualTo("dirty");
        assertThat(cached()).isEqualTo("old");
    }

    @Test
    void transaction_suspended_isKeptApart() throws Exception {
        node.read(() -> row);
        node.transactions.begin();
        node.write(() -> {});
        One outer = node.transactions.suspend();

        assertThat(node.read(() -> "wrong")).isEqualTo("old");
        node.transactions.begin();
        assertThat(node.read(() -> "wrong")).isEqualTo("old");
        node.transactions.commit(() -> {});
        node.transactions.resume(outer);
        assertThat(node.read(() -> "dirty")).isEqualTo("dirty");
        node.transactions.rollback();
        assertThat(cached()).isNull();
    }

    @Test
    void transaction_olderThanAnEviction_doesNotFill() throws Exception {
        node.transactions.begin();
        String snapshot = row;
        other.write(() -> row = "new");
        time.pass(Duration.ofMillis(50));

        assertThat(node.read(() -> snapshot)).isEqualTo("old");
        assertThat(cached()).isNull();
        node.transactions.commit(() -> {});
        assertThat(node.read(() -> row)).isEqualTo("new");
    }

    @Test
    void transaction_youngerThanAnEviction_fills() throws Exception {
        other.write(() -> row = "new");
        time.pass(Duration.ofSeconds(1));
        node.transactions.begin();

        node.read(() -> row);
        assertThat(cached()).isNull();
        node.transactions.commit(() -> {});
        assertThat(cached()).isEqualTo("new");
    }

    @Test
    void transaction_looksUpWhatItEvictsOnlyLater_isNeverSeenUncommitted() throws Exception {
        node.transactions.begin();
        assertThat(node.read(() -> "uncommitted")).isEqualTo("uncommitted");
        assertThat(cached()).isNull();
        node.write(() -> {});
        node.transactions.rollback();

        assertThat(cached()).isNull();
        assertThat(other.read(() -> row)).isEqualTo("old");
        assertThat(cached()).isEqualTo("old");
    }

    @Test
    void transaction_looksUpWhatItEvictsOnlyLaterAndCommits_storesNothing() throws Exception {
        node.transactions.begin();
        node.read(() -> "before its own change");
        node.write(() -> {});
        node.transactions.commit(() -> row = "new");

        assertThat(cached()).isNull();
        assertThat(store.calls()).containsExactly("find", "acquire", "begin", "end", "fill");
    }

    @Test
    void transaction_looksUpWhatItEvictsOnlyLaterAndIsOnlySaidToBeCommitted_storesNothing() throws Exception {
        node.transactions.begin();
        node.read(() -> "never committed");
        node.write(() -> {});
        node.transactions.endAs(Outcome.REPORTED_COMMITTED);

        assertThat(cached()).isNull();
        assertThat(other.read(() -> row)).isEqualTo("old");
    }

    @Test
    void transaction_looksUpOnlyAndIsSaidToBeCommitted_stores() throws Exception {
        node.transactions.begin();
        node.read(() -> row);
        node.transactions.endAs(Outcome.REPORTED_COMMITTED);

        assertThat(cached()).isEqualTo("old");
    }

    /** As a JVM does that is stopped after it has worked out how old its transaction is, or before it has the answer. */
    @Test
    void transaction_standsStillWhileItAsksForTheLease_doesNotFill() throws Exception {
        node.transactions.begin();
        store.before(call -> {
            if (call.equals("acquire")) {
                store.behave();
                writeUnnoticed();
                time.pass(Duration.ofSeconds(2));
            }
        });

        assertThat(node.read(() -> "old")).isEqualTo("old");
        node.transactions.commit(() -> {});
        assertThat(cached()).isNull();
        assertThat(other.read(() -> row)).isEqualTo("new");
        assertThat(cached()).isEqualTo("new"); // the lease was given back
    }

    private void writeUnnoticed() {
        try {
            writeElsewhere();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void transaction_looksUpTwiceAndSomebodyWritesInBetween_seesThat() throws Exception {
        node.transactions.begin();
        node.read(() -> row);
        other.write(() -> row = "new");
        assertThat(node.read(() -> row)).isEqualTo("new");
        node.transactions.commit(() -> {});

        assertThat(cached()).isNull(); // the write took its lease away
        assertThat(store.calls()).containsExactly("find", "acquire", "fill");
    }

    @Test
    void transaction_anEvictionOfAnotherKeyIsPending_theOthersAreStored() throws Exception {
        node.transactions.begin();
        node.read(() -> row);
        node.engine.read(node.binding, KEY.space().key("2"), () -> row);
        One one = node.transactions.suspend();
        store.failAt("end");
        node.write(() -> {});
        store.behave();
        node.transactions.resume(one);
        node.transactions.commit(() -> {});

        assertThat(other.engine.contains(other.binding, KEY.space().key("2"))).isEqualTo(Ack.YES);
        assertThat(cached()).isNull();
    }

    @Test
    void write_leavesATransactionOpen_isEvictedWithThatOnceMore() throws Exception {
        node.write(() -> node.transactions.begin());
        readBy(other); // fills
        node.transactions.commit(() -> row = "new");

        assertThat(cached()).isNull();
    }

    @Test
    void read_itsLoadLeavesATransactionOpen_doesNotFill() throws Exception {
        node.read(() -> {
            node.transactions.begin();
            return "uncommitted";
        });

        assertThat(cached()).isNull();
    }

    @Test
    void read_itsLoadEvictsProgrammaticallyInATransactionThatIsDoomed_doesNotFill() throws Exception {
        node.read(() -> {
            node.transactions.begin().setRollbackOnly();
            node.engine.evict(KEY);
            node.transactions.rollback();
            return "rolled back";
        });

        assertThat(cached()).isNull();
    }

    @Test
    void transaction_suspendedWithALoadedValue_isNotWaitedForByItsOwnThread() throws Exception {
        node.transactions.begin();
        node.read(() -> row);
        One outer = node.transactions.suspend();
        assertThat(node.read(() -> "of the inner one")).isEqualTo("of the inner one");
        assertThat(store.calls()).containsExactly("find", "acquire");
        node.transactions.resume(outer);
        node.transactions.commit(() -> {});

        assertThat(cached()).isEqualTo("old");
    }

    @Test
    void transaction_looksUpVeryMany_keepsSomeOfThem() throws Exception {
        node.transactions.begin();
        for (int i = 0; i < 150; i++) {
            node.engine.read(node.binding, KEY.space().key("" + i), () -> row);
        }
        assertThat(store.calls()).filteredOn("release"::equals).hasSize(50);
        node.transactions.commit(() -> {});

        assertThat(store.calls()).filteredOn("fill"::equals).hasSize(100);
    }

    @Test
    void transaction_redisAwayAtItsEnd_isWaitedForOnce() throws Exception {
        node.transactions.begin();
        for (int i = 0; i < 10; i++) {
            node.engine.read(node.binding, KEY.space().key("" + i), () -> row);
        }
        store.fail(Reason.TIMEOUT);
        node.transactions.rollback();

        assertThat(store.calls()).filteredOn("release"::equals).hasSize(1);
    }

    @Test
    void read_itsLoadWritesInATransactionOfItsOwnThatIsRolledBack_doesNotFill() throws Exception {
        node.read(() -> {
            node.transactions.begin();
            node.write(() -> {});
            node.transactions.rollback();
            return "uncommitted";
        });

        assertThat(cached()).isNull();
        assertThat(store.calls()).containsExactly("find", "acquire", "end", "release");
    }

    @Test
    void transaction_theWriteLeavesIt_isFreshWhenItReturns() throws Exception {
        node.transactions.begin();
        node.write(() -> {
            node.transactions.commit(() -> {});
            readBy(other); // fills
            node.transactions.begin();
            row = "new";
            node.transactions.commit(() -> {});
            node.transactions.begin();
        });

        assertThat(cached()).isNull();
        assertThat(readBy(other)).isEqualTo("new");
        node.transactions.commit(() -> {});
        assertThat(cached()).isNull(); // the transaction that it returned in may have written, too
    }

    @Test
    void transaction_beganUnseen_fillsOnlyAfterTheLongestTransaction() throws Exception {
        other.write(() -> row = "new");
        time.pass(Duration.ofSeconds(29));
        node.transactions.begin().beganUnseen();
        node.read(() -> row);
        node.transactions.commit(() -> {});
        assertThat(cached()).isNull();

        time.pass(Duration.ofSeconds(2));
        node.transactions.begin().beganUnseen();
        node.read(() -> row);
        node.transactions.commit(() -> {});
        assertThat(cached()).isEqualTo("new");
    }

    @Test
    void transaction_rollbackOnly_seesItsOwnWrites() throws Exception {
        node.read(() -> row);
        node.transactions.begin().setRollbackOnly();
        node.write(() -> {});

        assertThat(node.read(() -> "own")).isEqualTo("own");
        assertThat(cached()).isNull();
    }

    @Test
    void transaction_theLoadItselfWrites_doesNotFill() throws Exception {
        node.transactions.begin();
        node.read(() -> {
            node.write(() -> {});
            return "uncommitted";
        });
        assertThat(cached()).isNull();
        node.transactions.rollback();
        assertThat(cached()).isNull();
    }

    @Test
    void transaction_theLoadDoomsIt_doesNotFill() throws Exception {
        One doomed = node.transactions.begin();
        node.read(() -> {
            doomed.setRollbackOnly();
            return "uncommitted";
        });

        assertThat(cached()).isNull();
    }

    @Test
    void transaction_rollbackOnly_doesNotFill() throws Exception {
        node.transactions.begin().setRollbackOnly();

        assertThat(node.read(() -> row)).isEqualTo("old");
        assertThat(cached()).isNull();
    }

    @Test
    void put_inATransaction_isStoredAfterTheCommit() throws Exception {
        node.transactions.begin();
        node.engine.write(List.of(KEY), changes -> {
            changes.replace(KEY, () -> node.engine.encode(node.binding, KEY, "new"));
            return null;
        });
        assertThat(cached()).isNull();
        node.transactions.commit(() -> row = "new");

        assertThat(cached()).isEqualTo("new");
    }

    @Test
    void put_inATransactionThatIsOnlySaidToBeCommitted_onlyEvicts() throws Exception {
        node.read(() -> row);
        node.transactions.begin();
        node.engine.write(List.of(KEY), changes -> {
            changes.replace(KEY, () -> node.engine.encode(node.binding, KEY, "never committed"));
            return null;
        });
        node.transactions.endAs(Outcome.REPORTED_COMMITTED);

        assertThat(cached()).isNull();
        assertThat(other.read(() -> row)).isEqualTo("old");
        assertThat(cached()).isEqualTo("old");
    }

    @Test
    void put_forgottenForAnotherKey_onlyEvictsTheFirstOne() throws Exception {
        EntryKey second = KEY.space().key("second");
        node.read(() -> row);
        node.transactions.begin();
        node.engine.write(List.of(), List.of(KEY.space()), changes -> {
            changes.replace(KEY, () -> node.engine.encode(node.binding, KEY, "first attempt"));
            changes.forgetResults();
            changes.replace(second, () -> node.engine.encode(node.binding, second, "new"));
            return null;
        });
        node.transactions.commit(() -> row = "new");

        assertThat(cached()).isNull();
    }

    @Test
    void put_theWorkThrowsAfterwards_isNeverSeen() throws Exception {
        IOException failure = new IOException();

        assertThatThrownBy(() -> node.engine.write(List.of(KEY), changes -> {
                    changes.replace(KEY, () -> node.engine.encode(node.binding, KEY, "perhaps"));
                    throw failure;
                }))
                .isSameAs(failure);
        assertThat(cached()).isNull();
    }

    @Test
    void put_nobodyKnowsWhetherItIsCommitted_evictsAndStoresNothing() throws Exception {
        node.read(() -> row);
        node.transactions.begin();
        node.engine.write(List.of(KEY), changes -> {
            changes.replace(KEY, () -> node.engine.encode(node.binding, KEY, "perhaps"));
            return null;
        });
        node.transactions.loseTheOutcome();

        assertThat(cached()).isNull();
    }

    @Test
    void put_rolledBack_isNeverSeen() throws Exception {
        node.transactions.begin();
        node.engine.write(List.of(KEY), changes -> {
            changes.replace(KEY, () -> node.engine.encode(node.binding, KEY, "dirty"));
            return null;
        });
        node.transactions.rollback();

        assertThat(cached()).isNull();
    }

    @Test
    void put_keyKnownOnlyAfterwards_evictsButStoresNothing() throws Exception {
        node.read(() -> row);
        node.engine.write(List.of(), changes -> {
            changes.replace(KEY, () -> node.engine.encode(node.binding, KEY, "new"));
            return null;
        });

        assertThat(cached()).isNull();
    }

    @Test
    void evictAll_aWrite_takesEveryKeyOfTheCache() throws Exception {
        node.read(() -> row);
        node.engine.write(List.of(KEY.space()), changes -> {
            assertThat(readBy(other)).isEqualTo("old");
            row = "new";
            return null;
        });

        assertThat(other.read(() -> row)).isEqualTo("new");
    }

    @Test
    void evictAll_inATransaction_itsLookupsPassTheCacheBy() throws Exception {
        node.read(() -> row);
        node.transactions.begin();
        node.engine.write(List.of(KEY.space()), changes -> null);

        assertThat(node.read(() -> "dirty")).isEqualTo("dirty");
    }

    @Test
    void retry_redisAway_theWriteGoesOnAndIsCaughtUpOn() throws Exception {
        node.read(() -> row);
        store.fail(Reason.TIMEOUT);
        node.write(() -> row = "new");
        assertThat(node.read(() -> row)).isEqualTo("new");

        store.behave();
        assertThat(node.read(() -> row)).isEqualTo("new"); // not served from there before it is caught up on
        node.engine.recover();
        assertThat(cached()).isNull();
        assertThat(node.read(() -> row)).isEqualTo("new");
        assertThat(cached()).isEqualTo("new");
    }

    @Test
    void retry_onlyTheEndIsLost_isFencedAndCaughtUpOn() throws Exception {
        store.failAt("end");
        node.write(() -> row = "new");
        assertThat(other.read(() -> row)).isEqualTo("new");
        assertThat(cached()).isNull();

        store.behave();
        node.engine.recover();
        assertThat(node.read(() -> row)).isEqualTo("new");
    }

    @Test
    void retry_journalOverflows_theWholeCacheIsEvicted() throws Exception {
        ProtocolSettings small = new ProtocolSettings(
                BUDGET,
                RETRY.leaseTimeout(),
                RETRY.leaseWait(),
                RETRY.maxTransactionAge(),
                RETRY.replicaLag(),
                RETRY.evictTimeout(),
                OnFailure.RETRY,
                2);
        Node tight = new Node(store, time, small);
        tight.read(() -> row);
        store.fail(Reason.CONNECTION);
        for (int i = 2; i < 6; i++) {
            EntryKey key = KEY.space().key("" + i);
            tight.engine.write(List.of(key), changes -> null);
        }
        store.behave();
        assertThat(tight.read(() -> "from the repository")).isEqualTo("from the repository");
        tight.engine.recover();

        assertThat(cached()).isNull();
    }

    @Test
    void fail_redisAway_refusesTheWriteBeforeIt() throws Exception {
        Node strict = new Node(store, time, FAIL);
        strict.read(() -> row);
        store.fail(Reason.CONNECTION);

        assertThatThrownBy(() -> strict.write(() -> row = "new"))
                .isInstanceOf(RefusedWriteException.class)
                .hasMessageStartingWith("CC-0802")
                .satisfies(ScannedLog::thrown);
        assertThat(row).isEqualTo("old");
    }

    /** Such a cache frees its application from Redis: writes go on, whatever Redis does. */
    @Test
    void fail_redisAwayAndTheCacheLeftAlone_asksNothingOfIt() throws Exception {
        Node strict = new Node(store, time, FAIL);
        strict.enabled = false;
        strict.evictsWhenOff = false;
        store.fail(Reason.CONNECTION);
        strict.write(() -> row = "new");
        strict.transactions.begin();
        strict.write(() -> row = "newer");
        strict.transactions.commit(() -> {});
        strict.engine.write(List.of(), List.of(KEY.space()), changes -> null);
        strict.engine.evict(KEY.space());

        assertThat(strict.read(() -> row)).isEqualTo("newer");
        assertThat(strict.engine.evict(strict.binding, KEY)).isEqualTo(Ack.NO);
        assertThat(strict.engine.put(strict.binding, KEY, "x")).isEqualTo(Ack.NO);
        assertThat(store.calls()).isEmpty();
    }

    @Test
    void write_cacheSwitchedOff_evictsForTheOthers() throws Exception {
        other.read(() -> row);
        node.enabled = false;
        node.write(() -> row = "new");

        assertThat(other.read(() -> row)).isEqualTo("new");
    }

    @Test
    void retry_cacheLeftAloneWhileEvictionsWait_deliversThemAllTheSame() throws Exception {
        other.read(() -> row);
        store.fail(Reason.CONNECTION);
        node.write(() -> row = "new");
        store.behave();
        node.enabled = false;
        node.evictsWhenOff = false;
        assertThat(cached()).isEqualTo("old");
        node.engine.recover();

        assertThat(cached()).isNull();
    }

    @Test
    void fail_redisAway_refusesTheCommit() throws Exception {
        Node strict = new Node(store, time, FAIL);
        strict.transactions.begin();
        strict.write(() -> {});
        store.fail(Reason.CONNECTION);

        assertThatThrownBy(() -> strict.transactions.commit(() -> row = "new"))
                .isInstanceOf(RefusedWriteException.class);
        assertThat(row).isEqualTo("old");
    }

    @Test
    void retry_redisSilent_aWriteOfManyKeysWaitsOnceBeforeAndOnceAfter() throws Exception {
        List<Target> targets = List.of(KEY, KEY.space().key("2"), KEY.space().key("3"));
        store.fail(Reason.TIMEOUT);
        node.engine.write(targets, changes -> null);
        assertThat(store.calls()).containsExactly("begin", "end");

        store.behave();
        node.engine.recover();
        assertThat(store.calls()).containsExactly("begin", "end", "end", "end", "end");
    }

    private static final List<EntryKey> THREE =
            List.of(KEY, KEY.space().key("2"), KEY.space().key("3"));

    private static List<Target> three() {
        return List.copyOf(THREE);
    }

    /** The second of these steps is refused, as Redis may refuse one key and not the next. */
    private void refuseTheSecond(String step) {
        AtomicInteger count = new AtomicInteger();
        store.before(call -> {
            if (call.equals(step) && count.incrementAndGet() == 2) {
                throw new StoreException(Reason.REFUSED, "on demand");
            }
        });
    }

    private boolean isFenced(EntryKey key) {
        LeaseResult lease = memory.acquire(
                key, new LeaseRequest("L", Duration.ZERO, Duration.ofSeconds(1), Duration.ofHours(1)), 1);
        return lease.verdict() == LeaseResult.Verdict.FENCED;
    }

    @Test
    void fail_oneOfManyAnnouncementsIsRefused_allAreTakenBackAndTheWriteIsRefused() {
        Node strict = new Node(store, time, FAIL);
        refuseTheSecond("begin");

        assertThatThrownBy(() -> strict.engine.write(three(), changes -> row = "new"))
                .isInstanceOf(RefusedWriteException.class);
        assertThat(row).isEqualTo("old");
        assertThat(store.calls()).containsExactly("begin", "begin", "begin", "end", "end", "end");
        assertThat(THREE).noneMatch(this::isFenced);
    }

    @Test
    void fail_oneOfManyAnnouncementsIsRefused_noCacheIsEvictedAsAWhole() {
        Node strict = new Node(store, time, FAIL);
        refuseTheSecond("begin");
        List<Target> all = List.of(KEY.space(), KEY, KEY.space().key("2"));

        assertThatThrownBy(() -> strict.engine.write(all, changes -> row = "new"))
                .isInstanceOf(RefusedWriteException.class);
        assertThat(store.calls()).containsExactly("begin", "begin", "end", "end");
    }

    @Test
    void retry_oneOfManyAnnouncementsIsRefused_theOthersAreFencedAndAllAreEvicted() throws Exception {
        refuseTheSecond("begin");
        node.engine.write(three(), changes -> {
            assertThat(THREE).extracting(this::isFenced).containsExactly(true, false, true);
            return null;
        });

        assertThat(store.calls()).containsExactly("begin", "begin", "begin", "end", "end", "end");
        assertThat(THREE).noneMatch(this::isFenced);
    }

    @Test
    void retry_oneOfManyEndsIsRefused_onlyThatIsCaughtUpOn() throws Exception {
        refuseTheSecond("end");
        node.engine.write(three(), changes -> null);
        assertThat(THREE).extracting(this::isFenced).containsExactly(false, true, false);
        store.behave();
        node.engine.recover();

        assertThat(store.calls()).containsExactly("begin", "begin", "begin", "end", "end", "end", "end");
        assertThat(THREE).noneMatch(this::isFenced);
    }

    @Test
    void put_theAnnouncementOfOneOfManyIsRefused_itsResultIsNotStored() throws Exception {
        refuseTheSecond("begin");
        node.engine.write(List.of(), changes -> null);
        node.transactions.begin();
        for (EntryKey key : THREE) {
            node.engine.put(node.binding, key, "new");
        }
        time.pass(Duration.ofSeconds(1));
        node.transactions.commit(() -> {});

        assertThat(THREE)
                .extracting(key -> other.engine.find(other.binding, key).value())
                .containsExactly("new", null, "new");
    }

    @Test
    void retry_someStepsFail_theOthersAreDone() throws Exception {
        store.failAt("beginAll");
        node.engine.write(List.of(KEY, KEY.space()), changes -> {
            assertThat(readBy(other)).isEqualTo("old");
            row = "new";
            return null;
        });

        assertThat(cached()).isNull();
        assertThat(store.calls()).containsExactly("begin", "beginAll", "end", "endAll");
    }

    @Test
    void close_evictionsPending_deliversThemOrSaysHowMany() throws Exception {
        store.fail(Reason.CONNECTION);
        node.engine.write(List.of(KEY, KEY.space().key("2")), changes -> null);
        node.engine.close();
        assertThat(node.events.all()).contains("evictions lost: 2");

        store.behave();
        int before = store.calls().size();
        node.engine.close();
        assertThat(store.calls().subList(before, store.calls().size())).containsExactly("end", "end");
        assertThat(node.events.all()).containsOnlyOnce("evictions lost: 2");
    }

    @Test
    void fail_evictedProgrammaticallyAfterTheWrite_isSaidAndCaughtUpOn() throws Exception {
        Node strict = new Node(store, time, FAIL);
        strict.read(() -> row);
        row = "new";
        store.fail(Reason.CONNECTION);
        for (Target target : List.of(KEY, KEY.space())) {
            assertThatThrownBy(() -> strict.engine.evict(target))
                    .isInstanceOf(RefusedWriteException.class)
                    .hasMessageStartingWith("CC-0805")
                    .satisfies(ScannedLog::thrown);
        }

        store.behave();
        strict.engine.recover();
        assertThat(cached()).isNull();
    }

    @Test
    void fail_theAnswerToAnAnnouncementIsLost_takesItBack() throws Exception {
        Node strict = new Node(store, time, FAIL);
        store.after(call -> {
            if (call.equals("beginAll")) {
                throw new StoreException(Reason.TIMEOUT, "on demand");
            }
        });

        assertThatThrownBy(() -> strict.engine.write(List.of(KEY.space()), changes -> row = "new"))
                .isInstanceOf(RefusedWriteException.class);
        other.read(() -> row);
        assertThat(cached()).isEqualTo("old"); // no longer fenced
    }

    @Test
    void fail_secondOfTwoTargetsCannotBeTold_takesTheFirstBack() throws Exception {
        Node strict = new Node(store, time, FAIL);
        store.failAt("beginAll");

        assertThatThrownBy(() -> strict.engine.write(List.of(KEY, KeySpace.of("another", "")), changes -> row = "new"))
                .isInstanceOf(RefusedWriteException.class);
        assertThat(row).isEqualTo("old");
        other.read(() -> row);
        assertThat(cached()).isEqualTo("old"); // no longer fenced
    }

    @Test
    void transaction_writeAfterTheAnnouncement_isAnnouncedBeforeTheCommit() throws Exception {
        EntryKey late = KeySpace.of("c", "").key("2");
        One transaction = node.transactions.begin();
        node.write(() -> {});
        ((Transaction.Completion) transaction.attachment()).beforeCommit(); // and a flush after it writes once more
        node.engine.write(List.of(late), changes -> null);

        assertThat(store.calls()).containsExactly("begin", "begin");
        node.transactions.rollback();
        assertThat(store.calls()).containsExactly("begin", "begin", "begin", "begin"); // they are left to run out
    }

    @Test
    void transaction_calledRolledBackButCommitted_stillEvicts() throws Exception {
        other.transactions.begin();
        String snapshot = row;
        One transaction = node.transactions.begin();
        node.write(() -> {});
        ((Transaction.Completion) transaction.attachment()).beforeCommit();
        row = "new"; // and then the connection to the database breaks
        node.transactions.rollback();
        time.pass(Duration.ofMillis(50));

        assertThat(other.read(() -> snapshot)).isEqualTo("old");
        assertThat(cached()).isNull();
    }

    @Test
    void put_theValueChangesBeforeTheCommit_isNotStored() throws Exception {
        StringBuilder entity = new StringBuilder("version 1");
        node.transactions.begin();
        node.engine.write(List.of(KEY), changes -> {
            changes.replace(KEY, () -> node.engine.encode(node.binding, KEY, entity.toString()));
            return null;
        });
        node.transactions.commit(() -> entity.append(", no, 2"));

        assertThat(cached()).isNull();
    }

    @Test
    void put_keyOfTheResult_itsOwnLookupsPassTheCacheBy() throws Exception {
        node.transactions.begin();
        node.engine.write(List.of(), List.of(KEY.space()), changes -> {
            assertThat(node.read(() -> "uncommitted")).isEqualTo("uncommitted");
            assertThat(node.engine.find(node.binding, KEY).isHit()).isFalse();
            changes.replace(KEY, () -> node.engine.encode(node.binding, KEY, "new"));
            return null;
        });
        assertThat(node.read(() -> "uncommitted")).isEqualTo("uncommitted");
        assertThat(cached()).isNull();
        node.transactions.commit(() -> row = "new");

        assertThat(cached()).isEqualTo("new");
    }

    @Test
    void put_keyOfTheResultWithoutTransaction_itsOwnLookupsPassTheCacheBy() throws Exception {
        node.engine.write(List.of(), List.of(KEY.space()), changes -> {
            node.engine.write(List.of(), List.of(KEY.space()), nested -> null);
            assertThat(node.read(() -> "uncommitted"))
                    .isEqualTo("uncommitted"); // of a transaction that the method began
            return null;
        });
        assertThat(cached()).isNull();
        node.read(() -> row);
        assertThat(cached()).isEqualTo("old");
    }

    @Test
    void fail_keyOfTheResultWithoutTransaction_refusesTheWriteBeforeIt() throws Exception {
        Node strict = new Node(store, time, FAIL);

        assertThatThrownBy(() -> strict.engine.write(List.of(), List.of(KEY.space()), changes -> row = "new"))
                .isInstanceOf(RefusedWriteException.class)
                .hasMessageStartingWith("CC-0804")
                .satisfies(ScannedLog::thrown);
        assertThat(row).isEqualTo("old");
        strict.transactions.begin();
        strict.engine.write(List.of(), List.of(KEY.space()), changes -> row = "new");
        assertThat(row).isEqualTo("new");
    }

    @Test
    void put_itsAnnouncementIsNotAnswered_evictsAndStoresNothing() throws Exception {
        store.after(call -> {
            if (call.equals("begin")) {
                store.behave();
                throw new StoreException(Reason.TIMEOUT, "on demand");
            }
        });
        node.engine.write(List.of(KEY), changes -> {
            changes.replace(KEY, () -> node.engine.encode(node.binding, KEY, "perhaps older than another write"));
            return null;
        });

        assertThat(cached()).isNull();
        assertThat(store.calls()).containsExactly("begin", "end");
    }

    @Test
    void put_programmatic_isAWriteOfItsOwnAndYieldsToOthers() throws Exception {
        node.write(() -> {
            assertThat(other.engine.put(other.binding, KEY, "mine")).isEqualTo(Ack.NO);
            row = "new";
        });
        assertThat(cached()).isNull();
        time.pass(Duration.ofMillis(1));
        assertThat(node.engine.put(node.binding, KEY, "new")).isEqualTo(Ack.YES);
        assertThat(cached()).isEqualTo("new");
    }

    @Test
    void put_inATransactionThatIsEnding_onlyEvicts() throws Exception {
        node.read(() -> row);
        node.transactions.setEnding();

        assertThat(node.engine.put(node.binding, KEY, "never committed")).isEqualTo(Ack.NO);
        assertThat(cached()).isNull();
    }

    @Test
    void result_ofAWriteInATransactionThatIsEnding_isNotStored() throws Exception {
        node.transactions.setEnding();
        node.engine.write(List.of(KEY), changes -> {
            changes.replace(KEY, () -> node.engine.encode(node.binding, KEY, "never committed"));
            return null;
        });

        assertThat(cached()).isNull();
    }

    @Test
    void read_inATransactionFromAReplicaThatLags_isNotStored() throws Exception {
        ProtocolSettings lagging = new ProtocolSettings(
                RETRY.budget(),
                RETRY.leaseTimeout(),
                RETRY.leaseWait(),
                RETRY.maxTransactionAge(),
                Duration.ofSeconds(15),
                RETRY.evictTimeout(),
                RETRY.onFailure(),
                RETRY.journalSize());
        Node reader = new Node(store, time, lagging);
        String replica = row;
        node.write(() -> row = "new");
        time.pass(Duration.ofSeconds(1));
        reader.transactions.begin();
        reader.read(() -> replica);
        reader.transactions.commit(() -> {});

        assertThat(cached()).isNull();
    }

    @Test
    void put_programmaticRedisAway_isCaughtUpOnAsAnEviction() throws Exception {
        node.read(() -> row);
        store.fail(Reason.TIMEOUT);
        assertThat(node.engine.put(node.binding, KEY, "new")).isEqualTo(Ack.UNREACHABLE);

        store.behave();
        node.engine.recover();
        assertThat(cached()).isNull();
    }

    @Test
    void put_inATransaction_isStoredAfterItsCommit() throws Exception {
        node.transactions.begin();
        assertThat(node.engine.put(node.binding, KEY, "new")).isEqualTo(Ack.YES);
        assertThat(cached()).isNull();
        node.transactions.commit(() -> row = "new");

        assertThat(cached()).isEqualTo("new");
    }

    @Test
    void put_programmaticWhatAnotherNodeHasOvertakenBeforeTheCommit_isNotStored() throws Exception {
        node.transactions.begin();
        node.engine.put(node.binding, KEY, row);
        time.pass(Duration.ofMillis(10));
        other.write(() -> row = "new");
        time.pass(Duration.ofMillis(10));
        node.transactions.commit(() -> {});

        assertThat(cached()).isNull();
        assertThat(other.read(() -> row)).isEqualTo("new");
    }

    @Test
    void put_ofTheMethodWhatAnotherNodeHasOvertakenBeforeTheAnnouncement_isNotStored() throws Exception {
        node.transactions.begin();
        String read = row;
        time.pass(Duration.ofMillis(10));
        other.write(() -> row = "new");
        time.pass(Duration.ofMillis(10));
        node.engine.write(List.of(KEY), changes -> {
            changes.replace(KEY, () -> node.engine.encode(node.binding, KEY, read + " and changed"));
            return null;
        });
        node.transactions.commit(() -> {});

        assertThat(cached()).isNull();
    }

    @Test
    void put_inATransactionThatNobodySawBegin_onlyEvicts() throws Exception {
        node.transactions.begin().beganUnseen();
        node.engine.put(node.binding, KEY, "new");
        node.transactions.commit(() -> row = "new");

        assertThat(cached()).isNull();
        assertThat(store.calls()).containsExactly("begin", "end");
    }

    @Test
    void put_inATransactionOlderThanTheFencesRemember_onlyEvicts() throws Exception {
        node.transactions.begin();
        time.pass(RETRY.maxTransactionAge());
        node.engine.put(node.binding, KEY, "new");
        node.transactions.commit(() -> row = "new");

        assertThat(cached()).isNull();
    }

    @Test
    void put_inATransactionThatBeganAfterAnEviction_isStored() throws Exception {
        other.write(() -> row = "new");
        time.pass(Duration.ofSeconds(1));
        node.transactions.begin();
        node.engine.put(node.binding, KEY, "new");
        node.transactions.commit(() -> {});

        assertThat(cached()).isEqualTo("new");
    }

    @Test
    void put_inATransactionRolledBack_leavesNothingBehind() throws Exception {
        node.read(() -> row);
        node.transactions.begin();
        node.engine.put(node.binding, KEY, "new");
        node.transactions.rollback();

        assertThat(cached()).isNull();
        assertThat(other.read(() -> row)).isEqualTo("old");
    }

    @Test
    void evict_inATransaction_goesWithItsCommitAndTellsWhatWasThere() throws Exception {
        node.read(() -> row);
        node.transactions.begin();

        assertThat(node.engine.evict(node.binding, KEY)).isEqualTo(Ack.YES);
        assertThat(node.engine.evict(node.binding, KEY)).isEqualTo(Ack.NO);
        assertThat(node.engine.contains(node.binding, KEY)).isEqualTo(Ack.NO);
        assertThat(node.engine.find(node.binding, KEY).isHit()).isFalse();
        assertThat(cached()).isEqualTo("old"); // for everybody else
        node.transactions.commit(() -> row = "new");

        assertThat(cached()).isNull();
    }

    @Test
    void put_ofWhatIsNotStored_leavesNothingOld() throws Exception {
        node.read(() -> row);

        assertThat(node.engine.put(node.binding, KEY, null)).isEqualTo(Ack.NO);
        assertThat(cached()).isNull();
    }
}
