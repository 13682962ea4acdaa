package io.cachedconnection.internal.engine;

import static io.cachedconnection.internal.engine.Node.KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachedconnection.internal.engine.store.Ack;
import io.cachedconnection.internal.engine.store.EncodedValue;
import io.cachedconnection.internal.engine.store.ProtocolSettings;
import io.cachedconnection.internal.engine.store.StoreException.Reason;
import io.cachedconnection.testing.Gate;
import io.cachedconnection.testing.MemoryStore;
import io.cachedconnection.testing.Started;
import io.cachedconnection.testing.Trouble;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What no lookup shows of ports that fail: exceptions of the repository, the end, the life of values, a slow log. */
class ChaosEdgesTest {

    private static final Trouble FAILS = Trouble.fails(new IllegalStateException("on demand"));

    private final FakeTime time = new FakeTime();
    private final MemoryStore memory =
            new MemoryStore(time, ProtocolSettings.defaults().maxTransactionAge());
    private final ChaosNode node = new ChaosNode(memory, time, ProtocolSettings.defaults());

    @Test
    void write_throwsAndTransactionsCannotBeAskedAfterIt_passesItsException() {
        IOException failure = new IOException("the repository's own");

        assertThatThrownBy(() -> node.engine.write(List.of(KEY), changes -> {
                    node.scope.always(FAILS);
                    throw failure;
                }))
                .isSameAs(failure);
    }

    @Test
    void write_throwsInATransactionThatCannotBeAskedAfterIt_passesItsException() {
        IOException failure = new IOException("the repository's own");
        node.transactions.begin();

        assertThatThrownBy(() -> node.engine.write(List.of(KEY), changes -> {
                    node.scope.always(FAILS);
                    throw failure;
                }))
                .isSameAs(failure);
    }

    @Test
    void write_transactionsCannotBeAsked_isNotDone() {
        node.scope.always(FAILS);

        assertThatThrownBy(() -> node.engine.write(List.of(KEY), changes -> {
                    throw new AssertionError("It is done.");
                }))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void find_transactionsCannotBeAsked_findsNothing() throws Exception {
        node.read(KEY, () -> "perhaps made old by the caller itself");
        node.scope.always(FAILS);

        assertThat(node.engine.find(node.binding, KEY).isHit()).isFalse();
        assertThat(node.engine.contains(node.binding, KEY)).isEqualTo(Ack.NO);
    }

    @Test
    void read_loadLeavesATransactionOpenAndNobodyCanSay_doesNotFill() throws Exception {
        node.read(KEY, () -> {
            node.transactions.begin();
            node.scope.always(FAILS);
            return "uncommitted";
        });

        assertThat(memory.find(KEY, 1)).isNull();
    }

    @Test
    void close_nothingCanBeDeliveredOrTold_ends() throws Exception {
        node.store.fail(Reason.CONNECTION);
        node.engine.write(List.of(KEY), changes -> null);
        node.tellings.always(FAILS);
        node.engine.close();

        assertThat(node.events.all()).containsExactly("lost"); // and what was lost with it, had it been heard
        assertThat(node.tellings.calls()).isEqualTo(2);
    }

    @Test
    void transaction_resultCannotBeMadeAnew_isEvicted() throws Exception {
        node.transactions.begin();
        node.engine.write(List.of(KEY), changes -> {
            EncodedValue encoded = node.engine.encode(node.binding, KEY, "new");
            changes.replace(KEY, failingAfter(encoded));
            return null;
        });
        node.store.failAt("begin"); // so that no fence stands in for the end
        node.transactions.commit(() -> {});

        assertThat(node.store.calls()).endsWith("end");
    }

    private static Supplier<EncodedValue> failingAfter(EncodedValue first) {
        boolean[] made = {false};
        return () -> {
            if (made[0]) {
                throw new IllegalStateException("on demand");
            }
            made[0] = true;
            return first;
        };
    }

    @ParameterizedTest
    @ValueSource(
            doubles = {
                Double.NaN,
                -1,
                2,
                -1e300,
                1e300,
                Double.NEGATIVE_INFINITY,
                Double.POSITIVE_INFINITY,
            })
    void random_isNone_livesAtLeastAMomentAndNoLongerThanTheTtl(double wrong) throws Exception {
        node.wrongRandom = wrong;
        node.random.always(Trouble.answersGarbage());
        node.read(KEY, () -> "old");

        assertThat(node.read(KEY, () -> "new").value()).isEqualTo("old");
        time.pass(Duration.ofMinutes(5));
        assertThat(node.read(KEY, () -> "new").value()).isEqualTo("new");
    }

    @Test
    void read_anotherOneIsTellingASlowLog_doesNotWaitForThat() throws Exception {
        Gate log = new Gate();
        node.tellings.at(1, Trouble.waits(log));
        node.store.fail(Reason.CONNECTION);
        Started<String> teller = Started.of(() -> node.read(KEY, () -> "a").value());
        log.awaitArrival();

        Started<String> second =
                Started.of(() -> node.read(KEY.space().key("2"), () -> "b").value());
        assertThat(second.result()).isEqualTo("b");
        log.open();
        assertThat(teller.result()).isEqualTo("a");
    }
}
