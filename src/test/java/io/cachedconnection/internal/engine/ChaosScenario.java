package io.cachedconnection.internal.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.LookupResult;
import io.cachedconnection.internal.engine.store.ProtocolSettings;
import io.cachedconnection.internal.engine.store.ProtocolSettings.OnFailure;
import io.cachedconnection.internal.engine.store.RemoteStore.LeaseRequest;
import io.cachedconnection.internal.engine.store.StoreException.Reason;
import io.cachedconnection.internal.engine.store.StoredEntry;
import io.cachedconnection.internal.engine.write.RefusedWriteException;
import io.cachedconnection.testing.MemoryStore;
import io.cachedconnection.testing.Started;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * The life of one row on a node whose ports fail: it goes through all that the engine can do, and each lookup is held to a
 * plain model, which is the row and what the caller's transaction has not committed. Beside it is a node that has no
 * trouble and fills what the first one evicts. The thread is the only one, so there is never but one right answer.
 */
final class ChaosScenario {

    private static final EntryKey KEY = Node.KEY;
    private static final EntryKey OTHER = KEY.space().key("2");
    private static final ProtocolSettings DEFAULTS = ProtocolSettings.defaults();

    /** What a step does; the repository may throw anything. */
    private interface Step {
        void run() throws Exception;
    }

    private final FakeTime time = new FakeTime();
    private final MemoryStore memory = new MemoryStore(time, DEFAULTS.maxTransactionAge());
    private final OnFailure onFailure;
    private final Predicate<Throwable> mayBeSeen;
    private final Node other;
    final ChaosNode node;

    private String row = "1";
    private String uncommitted; // null if the caller's transaction has not written the row

    /** {@code mayBeSeen} says what a write may throw besides refusals, then to be rolled back. */
    ChaosScenario(OnFailure onFailure, Predicate<Throwable> mayBeSeen) {
        this.onFailure = onFailure;
        this.mayBeSeen = mayBeSeen;
        ProtocolSettings protocol = new ProtocolSettings(
                DEFAULTS.budget(),
                Duration.ofHours(1), // of a load that was left behind one would wait for that long
                DEFAULTS.leaseWait(),
                DEFAULTS.maxTransactionAge(),
                DEFAULTS.replicaLag(),
                DEFAULTS.evictTimeout(),
                onFailure,
                DEFAULTS.journalSize());
        node = new ChaosNode(memory, time, protocol);
        other = new Node(memory, time, protocol);
    }

    void run() throws Exception {
        lookups();
        writes();
        transactions();
        programmatic();
        storeIsAway();
    }

    private void lookups() throws Exception {
        look();
        look();
        look(OTHER, "large".repeat(ChaosNode.MOST_BYTES));
        look(OTHER, "unwritable");
        look(OTHER, null);
        memory.evict(KEY, 1);
        storeUnderLease(KEY, "garbage");
        look();
        memory.evict(KEY, 1);
        memory.acquire(KEY, claim("somebody else's"), 1);
        look(); // waits in vain
        memory.release(KEY, "somebody else's", 1);
    }

    private void writes() throws Exception {
        look();
        write();
        look();
        attempt(() -> node.engine.write(List.of(KEY.space()), changes -> row += "+"));
        look();
        attempt(() -> node.engine.write(List.of(), List.of(KEY.space()), changes -> {
            row += "+";
            changes.replace(KEY, () -> node.engine.encode(node.binding, KEY, row));
            return null;
        }));
        node.engine.recover(); // such a write is announced by nobody: until it is delivered nothing is promised
        write();
        look();
    }

    private void transactions() throws Exception {
        inTransaction(() -> {
            look();
            writeInTransaction();
            look();
        });
        look();
        memory.evict(KEY, 1);
        time.pass(Duration.ofMinutes(2));
        inTransaction(this::look); // is kept until the commit
        look();
        inTransaction(() -> {
            writeInTransaction();
            look();
            throw new RolledBack();
        });
        look();
        inTransaction(() -> {
            writeInTransaction();
            node.engine.put(node.binding, KEY, uncommitted);
            node.engine.evict(node.binding, OTHER);
            node.engine.evict(KEY.space());
        });
        look();
    }

    private void programmatic() throws Exception {
        attempt(() -> node.engine.put(node.binding, KEY, row));
        attempt(() -> assertThat(node.engine.find(node.binding, KEY).value()).isIn(null, row));
        attempt(() -> node.engine.contains(node.binding, KEY));
        look();
        attempt(() -> node.engine.evict(node.binding, KEY));
        look();
        attempt(() -> node.engine.evict(KEY));
        look();
    }

    /** It neither answers nor is it found to be back for a while. */
    private void storeIsAway() throws Exception {
        node.store.fail(Reason.CONNECTION);
        look();
        write();
        node.store.leaveAlone();
        look();
        write();
        node.engine.recover();
        node.store.behave();
        time.pass(Duration.ofSeconds(2));
        node.engine.recover();
        look();
    }

    private void look() throws Exception {
        look(KEY, uncommitted == null ? row : uncommitted);
        // Another node is told by way of the store: with RETRY perhaps late.
        String seen = other.read(() -> row);
        if (onFailure == OnFailure.FAIL) {
            assertThat(seen).as("on another node").isEqualTo(row);
        }
    }

    private void look(EntryKey key, String expected) throws Exception {
        String seen;
        try {
            seen = node.read(key, () -> expected).value();
        } catch (RepositoryFailure e) {
            return; // its own, and as it is
        } catch (RuntimeException e) {
            throw new AssertionError("A lookup threw.", e); // also where a write might
        }
        assertThat(seen).isEqualTo(expected);
    }

    private void write() throws Exception {
        attempt(() -> node.engine.write(List.of(KEY), changes -> row += "+"));
    }

    private void writeInTransaction() throws Exception {
        node.engine.write(List.of(KEY), changes -> {
            uncommitted = row + "+";
            return null;
        });
    }

    private void inTransaction(Step work) throws Exception {
        node.transactions.begin();
        try {
            attempt(() -> {
                work.run();
                node.transactions.commit(() -> row = uncommitted == null ? row : uncommitted);
            });
        } finally {
            uncommitted = null;
            if (node.transactions.current() != null) {
                node.transactions.rollback();
            }
        }
    }

    private void attempt(Step step) throws Exception {
        try {
            step.run();
        } catch (RolledBack e) {
            return;
        } catch (RefusedWriteException e) {
            assertThat(onFailure).as(e.getMessage()).isEqualTo(OnFailure.FAIL);
        } catch (RuntimeException e) {
            if (!mayBeSeen.test(e)) {
                throw e;
            }
        }
    }

    /** Everything is well again: nothing is stale, nobody waits, and the cache does what it is for. */
    void isOver(boolean leasesStay) throws Exception {
        if (!leasesStay) {
            assertThat(memory.fence(KEY.fence())).as("of nobody any more").doesNotContain("lease");
        }
        node.engine.recover();
        assertThat(other.read(() -> row)).isEqualTo(row);
        look();
        time.pass(Duration.ofHours(2));
        assertThat(elsewhere().value()).isEqualTo(row); // waits if a load was left behind
        assertThat(node.read(KEY, () -> "not asked"))
                .as("what this thread sees")
                .isEqualTo(LookupResult.stored(row));
        node.engine.close();
        assertThat(node.events.all()).noneMatch(event -> event.startsWith("evictions lost"));
    }

    private LookupResult<String> elsewhere() {
        return Started.of(() -> node.read(KEY, () -> row)).result();
    }

    private static LeaseRequest claim(String token) {
        return new LeaseRequest(token, Duration.ZERO, Duration.ofHours(1), Duration.ofHours(1));
    }

    private void storeUnderLease(EntryKey key, String text) {
        memory.acquire(key, claim("t"), 1);
        memory.fill(key, "t", new StoredEntry(text.getBytes(UTF_8), Duration.ofMinutes(1)), 1);
    }

    /** The caller does not want it any more. */
    private static final class RolledBack extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** The repository's own. */
    static final class RepositoryFailure extends Exception {
        private static final long serialVersionUID = 1L;
    }
}
