package io.cachedconnection.internal.engine;

import static io.cachedconnection.internal.engine.Node.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.ProtocolSettings;
import io.cachedconnection.testing.Chaos;
import io.cachedconnection.testing.Gate;
import io.cachedconnection.testing.MemoryStore;
import io.cachedconnection.testing.Settings;
import io.cachedconnection.testing.Started;
import io.cachedconnection.testing.Trouble;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Lookups and writes that are held up at any call of any port, in turn: who has to wait, and what is seen then and after. */
class ChaosDelayTest {

    private static final EntryKey OTHER = KEY.space().key("2");

    /** A node with chaos, one without, and a row that one thread at a time writes. */
    private static final class Attempt {

        private final FakeTime time = new FakeTime();
        private final MemoryStore memory =
                new MemoryStore(time, ProtocolSettings.defaults().maxTransactionAge());
        private final ChaosNode node = new ChaosNode(memory, time, Settings.patient(Duration.ofHours(1)));
        private final Node other = new Node(memory, time, Settings.patient(Duration.ofHours(1)));
        private volatile String row = "1";

        private String read() throws Exception {
            return node.read(KEY, () -> row).value();
        }

        private String write() throws Exception {
            return node.engine.write(List.of(KEY), changes -> row = row.concat("+"));
        }

        private String commit() throws Exception {
            node.transactions.begin();
            node.read(OTHER, () -> "kept");
            node.engine.write(List.of(KEY), changes -> null);
            node.transactions.commit(() -> row = row.concat("+"));
            return row;
        }

        /** Nobody but who wants the same key has to wait, and what is over is seen at once. */
        private void isSound(Started<String> held, Gate gate, boolean writes) throws Exception {
            gate.awaitArrival();
            EntryKey third = KEY.space().key("3");
            assertThat(Started.of(() -> node.read(third, () -> "free").value()).result())
                    .isEqualTo("free");
            assertThat(other.read(() -> row)).isIn("1", row);
            if (!writes) {
                assertThat(Started.of(this::write).result()).isEqualTo(row);
                assertThat(other.read(() -> row)).isEqualTo(row);
            }
            gate.open();
            assertThat(held.result()).isIn("1", row);
            assertThat(other.read(() -> row)).isEqualTo(row);
            assertThat(read()).isEqualTo(row);
            assertThat(memory.fence(KEY.fence())).doesNotContain("lease");
        }
    }

    /** What is done. */
    private interface Deed {
        String by(Attempt attempt) throws Exception;
    }

    static Stream<Named<Function<ChaosNode, Chaos>>> ports() {
        return Stream.of(
                Named.of("store", node -> node.stores),
                Named.of("transactions", node -> node.scope),
                Named.of("clock", node -> node.clock),
                Named.of("random", node -> node.random),
                Named.of("codec", node -> node.codec),
                Named.of("settings", node -> node.settings),
                Named.of("repository", node -> node.repository));
    }

    private void heldAtEachCall(Function<ChaosNode, Chaos> port, Deed deed, boolean writes) throws Exception {
        Attempt undisturbed = new Attempt();
        int before = port.apply(undisturbed.node).calls();
        deed.by(undisturbed);
        int calls = port.apply(undisturbed.node).calls();
        for (int call = before + 1; call <= calls; call++) {
            Attempt attempt = new Attempt();
            Gate gate = new Gate();
            port.apply(attempt.node).at(call, Trouble.waits(gate));
            attempt.isSound(Started.of(() -> deed.by(attempt)), gate, writes);
        }
        assertThat(calls).as("calls of the port").isGreaterThan(before);
    }

    @ParameterizedTest
    @MethodSource("ports")
    void read_heldUpAnywhere_isInNobodysWayAndLeavesNothingOld(Function<ChaosNode, Chaos> port) throws Exception {
        heldAtEachCall(port, Attempt::read, false);
    }

    @ParameterizedTest
    @MethodSource("ports")
    void commit_heldUpAnywhere_isInNobodysWayAndLeavesNothingOld(Function<ChaosNode, Chaos> port) throws Exception {
        heldAtEachCall(port, Attempt::commit, true);
    }

    static Stream<Named<Function<ChaosNode, Chaos>>> portsOfWrites() {
        return ports().filter(port -> List.of("store", "transactions", "clock").contains(port.getName()));
    }

    @ParameterizedTest
    @MethodSource("portsOfWrites")
    void write_heldUpAnywhere_isInNobodysWayAndLeavesNothingOld(Function<ChaosNode, Chaos> port) throws Exception {
        heldAtEachCall(port, Attempt::write, true);
    }
}
