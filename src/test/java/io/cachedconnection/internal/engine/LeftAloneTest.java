package io.cachedconnection.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachedconnection.internal.engine.store.Ack;
import io.cachedconnection.internal.engine.store.ProtocolSettings.OnFailure;
import io.cachedconnection.internal.engine.store.StoreException;
import io.cachedconnection.internal.engine.store.StoreException.Reason;
import io.cachedconnection.internal.engine.store.StoreResult;
import io.cachedconnection.internal.engine.write.RefusedWriteException;
import io.cachedconnection.testing.ChaosStore;
import io.cachedconnection.testing.MemoryStore;
import io.cachedconnection.testing.Settings;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the engine does while its store is left alone because it did not answer. */
class LeftAloneTest {

    private final FakeTime time = new FakeTime();
    private final MemoryStore memory = new MemoryStore(time, Duration.ofSeconds(30));
    private final ChaosStore store = new ChaosStore(memory);
    private final Node node = new Node(store, time, Settings.protocol(Duration.ofMillis(100)));

    @Test
    void read_leftAlone_loadsAndAsksNothing() throws Exception {
        store.leaveAlone();

        assertThat(node.read(() -> "a")).isEqualTo("a");
        assertThat(node.read(() -> "b")).isEqualTo("b");
        assertThat(store.calls()).isEmpty();
    }

    @Test
    void handCalls_leftAlone_askNothing() {
        store.leaveAlone();

        assertThat(node.engine.find(node.binding, Node.KEY).outcome()).isEqualTo(StoreResult.Status.UNREACHABLE);
        assertThat(node.engine.contains(node.binding, Node.KEY)).isEqualTo(Ack.UNREACHABLE);
        assertThat(node.engine.evict(node.binding, Node.KEY)).isEqualTo(Ack.UNREACHABLE);
        assertThat(node.engine.put(node.binding, Node.KEY, "a")).isEqualTo(Ack.UNREACHABLE);
        assertThat(store.calls()).isEmpty();
    }

    @Test
    void write_leftAlone_goesOnAndIsCaughtUpOnWhenItIsBack() throws Exception {
        node.read(() -> "old");
        store.leaveAlone();
        node.write(() -> {});
        store.fail(Reason.TIMEOUT);
        node.engine.recover();
        assertThat(store.calls()).endsWith("fill", "revive"); // and nothing that a caller or the journal wanted
        store.behave();
        node.engine.recover();

        assertThat(store.calls()).endsWith("revive", "end");
        assertThat(node.read(() -> "new")).isEqualTo("new");
    }

    @Test
    void writes_ofOneKeyWhileItIsAway_leaveNoAnnouncementBehind() throws Exception {
        store.failAt("end"); // so Redis knows that it began
        node.write(() -> {});
        store.fail(Reason.TIMEOUT);
        node.write(() -> {});
        store.leaveAlone();
        node.write(() -> {});
        store.behave();
        node.engine.recover();

        assertThat(node.read(() -> "new")).isEqualTo("new");
        assertThat(node.read(() -> "newer")).isEqualTo("new");
    }

    @Test
    void recover_leaseWasGivenButNobodyTold_isGivenBack() throws Exception {
        Node other = new Node(store, time, Settings.protocol(Duration.ofMillis(100)));
        store.after(call -> {
            if (call.equals("acquire")) {
                throw new StoreException(Reason.TIMEOUT, "on demand");
            }
        });
        assertThat(node.read(() -> "a")).isEqualTo("a");
        store.behave();
        node.engine.recover();

        assertThat(other.read(() -> "b")).isEqualTo("b");
        assertThat(other.read(() -> "c")).isEqualTo("b"); // it had the lease, so it was stored
        assertThat(store.calls()).containsOnlyOnce("release");
    }

    /** The load is over, so nobody may wait for it. */
    @Test
    void recover_fillFailed_leaseIsGivenBack() throws Exception {
        Node other = new Node(store, time, Settings.protocol(Duration.ofMillis(100)));
        store.failAt("fill");
        assertThat(node.read(() -> "a")).isEqualTo("a");
        store.behave();
        node.engine.recover();

        assertThat(other.read(() -> "b")).isEqualTo("b");
        assertThat(other.read(() -> "c")).isEqualTo("b");
        assertThat(store.calls()).containsOnlyOnce("release");
    }

    @Test
    void recover_releaseFailed_leaseIsGivenBack() throws Exception {
        Node other = new Node(store, time, Settings.protocol(Duration.ofMillis(100)));
        store.failAt("release");
        assertThat(node.read(() -> "unwritable")).isEqualTo("unwritable");
        store.behave();
        node.engine.recover();

        assertThat(other.read(() -> "b")).isEqualTo("b");
        assertThat(other.read(() -> "c")).isEqualTo("b");
    }

    @Test
    void write_leftAloneAndNotToGoOnUnannounced_isRefusedAtOnce() {
        Node strict = new Node(store, time, Settings.protocol(Duration.ofMillis(100), OnFailure.FAIL));
        store.leaveAlone();

        assertThatThrownBy(() -> strict.write(() -> {})).isInstanceOf(RefusedWriteException.class);
        assertThat(store.calls()).isEmpty();
    }

    @Test
    void recover_probeAndReadAnswered_saysThatItIsBack() throws Exception {
        store.fail(Reason.CONNECTION);
        node.read(() -> "a");
        store.leaveAlone();
        node.engine.recover();
        store.behave();
        time.pass(Duration.ofSeconds(2));
        store.failAt("contains"); // a probe is not what callers want of it
        node.engine.recover();
        assertThat(node.events.all()).isEqualTo(List.of("lost"));
        store.behave();
        time.pass(Duration.ofSeconds(2));
        node.engine.recover();

        assertThat(node.events.all()).isEqualTo(List.of("lost", "back"));
    }

    @Test
    void recover_probeFailsForLong_remindsOnceAMinute() throws Exception {
        store.fail(Reason.TIMEOUT);
        node.read(() -> "a");
        store.leaveAlone();
        for (int i = 0; i < 119; i++) {
            time.pass(Duration.ofSeconds(1));
            node.engine.recover();
        }

        assertThat(node.events.all()).isEqualTo(List.of("lost", "lost"));
    }

    @Test
    void close_leftAlone_isTriedALastTime() throws Exception {
        node.read(() -> "old");
        store.leaveAlone();
        node.write(() -> {});
        node.engine.close();

        assertThat(store.calls()).endsWith("end");
        assertThat(node.events.all()).isEmpty();
    }
}
