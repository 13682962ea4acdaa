package io.cachedconnection.internal.engine;

import static io.cachedconnection.internal.engine.Node.KEY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.cachedconnection.internal.engine.read.CacheBinding;
import io.cachedconnection.internal.engine.read.CacheBinding.TtlChoice;
import io.cachedconnection.internal.engine.store.EntryFormat;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.ProtocolSettings;
import io.cachedconnection.internal.engine.store.RemoteStore.LeaseRequest;
import io.cachedconnection.internal.engine.store.StoreException.Reason;
import io.cachedconnection.internal.engine.store.UnreadableValueException;
import io.cachedconnection.internal.engine.store.ValueCodec;
import io.cachedconnection.internal.engine.store.ValueLoader;
import io.cachedconnection.testing.ChaosStore;
import io.cachedconnection.testing.Gate;
import io.cachedconnection.testing.MemoryStore;
import io.cachedconnection.testing.ScannedLog;
import io.cachedconnection.testing.Settings;
import io.cachedconnection.testing.Started;
import io.cachedconnection.testing.TextCodec;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Callers of one node that want the same key at the same time, and nodes that do. */
class SingleFlightTest {

    private static final ProtocolSettings DEFAULTS = Settings.protocol(Duration.ofMillis(100));

    // With so long a lease nobody gives up waiting: what would hang without protection hangs here.
    private static final ProtocolSettings PROTOCOL = new ProtocolSettings(
            DEFAULTS.budget(),
            Duration.ofHours(1),
            Duration.ofSeconds(9),
            DEFAULTS.maxTransactionAge(),
            DEFAULTS.replicaLag(),
            DEFAULTS.evictTimeout(),
            DEFAULTS.onFailure(),
            DEFAULTS.journalSize());

    private final FakeTime time = new FakeTime();
    private final MemoryStore memory = new MemoryStore(time, PROTOCOL.maxTransactionAge());
    private final ChaosStore store = new ChaosStore(memory);
    private final Node node = new Node(store, time, PROTOCOL);
    private final Node other = new Node(memory, time, PROTOCOL);

    private Started<String> started(Node by, Gate loading, String value) {
        return Started.of(() -> by.read(() -> {
            loading.pass();
            return value;
        }));
    }

    private Started<String> started(Node by, String value) {
        return Started.of(() -> by.read(() -> value));
    }

    @Test
    void read_whileAnotherLoads_sharesTheValueThatWasAccepted() {
        Gate loading = new Gate();
        Started<String> first = started(node, loading, "a");
        loading.awaitArrival();
        List<Started<String>> others = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            others.add(started(node, "wrong").awaitWaiting());
        }
        loading.open();

        assertThat(first.result()).isEqualTo("a");
        assertThat(others).extracting(Started::result).containsOnly("a");
        assertThat(node.loads).hasValue(1);
    }

    @Test
    void read_shared_givesEachACopyOfItsOwn() {
        Gate loading = new Gate();
        Started<String> first = started(node, loading, "a");
        loading.awaitArrival();
        Started<String> second = started(node, "wrong").awaitWaiting();
        loading.open();

        assertThat(second.result()).isEqualTo(first.result()).isNotSameAs(first.result());
    }

    /** Text whose writing is counted. */
    private static final class Counting implements ValueCodec<String> {

        private final TextCodec text = new TextCodec();
        private final AtomicInteger written = new AtomicInteger();

        @Override
        public byte[] encode(String value) throws UnreadableValueException {
            written.incrementAndGet();
            return text.encode(value);
        }

        @Override
        public String decode(byte[] payload) throws UnreadableValueException {
            return text.decode(payload);
        }
    }

    private Started<String> started(Counting codec, ValueLoader<String> loader) {
        CacheBinding<String> binding =
                new CacheBinding<>(node.cache, codec, EntryFormat.none(), TtlChoice.annotated(null));
        return Started.of(() -> node.engine.read(binding, KEY, loader).value());
    }

    @Test
    void read_shared_isWrittenOnce() {
        Counting codec = new Counting();
        Gate loading = new Gate();
        Started<String> first = started(codec, () -> {
            loading.pass();
            return "a";
        });
        loading.awaitArrival();
        Started<String> second = started(codec, () -> "wrong").awaitWaiting();
        loading.open();

        assertThat(first.result()).isEqualTo("a");
        assertThat(second.result()).isEqualTo("a");
        assertThat(codec.written).hasValue(1);
    }

    @Test
    void read_cameWithTheReplyToTheRequestForALease_isSharedUnwritten() {
        Counting codec = new Counting();
        Gate asking = new Gate();
        gateAtAcquire(asking);
        Started<String> first = started(codec, () -> "wrong");
        asking.awaitArrival();
        Started<String> second = started(codec, () -> "wrong").awaitWaiting();
        memory.plant(KEY, "\"a\"".getBytes(UTF_8));
        asking.open();

        assertThat(first.result()).isEqualTo("a");
        assertThat(second.result()).isEqualTo("a");
        assertThat(codec.written).hasValue(0);
    }

    @Test
    void read_whatCameInsteadOfALeaseCannotBeRead_isNotWhatOthersGet() {
        Counting codec = new Counting();
        Gate loading = new Gate();
        Started<String> first = started(codec, () -> {
            loading.pass();
            return "a";
        });
        loading.awaitArrival();
        Started<String> second = started(codec, () -> "b").awaitWaiting();
        Started<String> third = started(codec, () -> "c").awaitWaiting();
        memory.evict(KEY, 1); // so the others do not take the first one's value
        store.before(call -> {
            if (call.equals("acquire")) {
                memory.plant(KEY, "not quoted".getBytes(UTF_8));
            }
        });
        loading.open();

        assertThat(first.result()).isEqualTo("a");
        assertThat(second.result()).isEqualTo("b");
        assertThat(third.result()).isEqualTo("b");
    }

    private void gateAtAcquire(Gate asking) {
        store.before(call -> {
            if (call.equals("acquire")) {
                store.behave();
                asking.pass();
            }
        });
    }

    @Test
    void read_evictedWhileAnotherLoads_doesNotShareTheOldValue() {
        Gate loading = new Gate();
        Started<String> slow = started(node, loading, "old");
        loading.awaitArrival();
        memory.evict(KEY, 1);
        Started<String> late = started(node, "new").awaitWaiting();
        loading.open();

        assertThat(slow.result()).isEqualTo("old");
        assertThat(late.result()).isEqualTo("new");
    }

    @Test
    void read_afterTheFillWasAcceptedAndEvictedAgain_doesNotShareTheOldValue() {
        Gate accepted = new Gate();
        store.after(call -> {
            if (call.equals("fill")) {
                store.behave();
                accepted.pass(); // the pilot rests between the store's acceptance and its landing
            }
        });
        Started<String> pilot = started(node, "old");
        accepted.awaitArrival();
        memory.evict(KEY, 1); // a write has come and gone
        Started<String> late = started(node, "new");

        assertThat(late.result()).isEqualTo("new");
        accepted.open();
        assertThat(pilot.result()).isEqualTo("old");
    }

    @Test
    void read_redisAway_oneLoadRunsAndOneWaits() {
        store.fail(Reason.CONNECTION);
        Gate loading = new Gate();
        Started<String> first = started(node, loading, "a");
        loading.awaitArrival();
        List<Started<String>> others = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            others.add(started(node, "b").awaitWaiting());
        }
        loading.open();

        assertThat(first.result()).isEqualTo("a");
        assertThat(others).extracting(Started::result).containsOnly("b"); // loaded after they came
        assertThat(node.loads).hasValue(2);
    }

    @Test
    void read_loadThrows_nobodyHangsAndTheLeaseIsFree() {
        Gate loading = new Gate();
        Started<String> failing = Started.of(() -> node.read(() -> {
            loading.pass();
            throw new IOException("the repository's own");
        }));
        loading.awaitArrival();
        Started<String> second = started(node, "a").awaitWaiting();
        loading.open();

        assertThatThrownBy(failing::result).cause().isInstanceOf(IOException.class);
        assertThat(second.result()).isEqualTo("a");
        assertThat(memory.find(KEY, 1)).isNotNull();
    }

    @Test
    void read_nextLoadThrows_isTheSameForAllWhoWaitedForIt() {
        Gate loading = new Gate();
        store.fail(Reason.CONNECTION);
        Started<String> first = started(node, loading, "a");
        loading.awaitArrival();
        IOException failure = new IOException();
        List<Started<String>> others = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            others.add(Started.<String>of(() -> node.read(() -> {
                        throw failure;
                    }))
                    .awaitWaiting());
        }
        loading.open();

        first.result();
        for (Started<String> waiter : others) {
            assertThatThrownBy(waiter::result).cause().isSameAs(failure);
        }
        assertThat(node.loads).hasValue(2);
    }

    @Test
    void read_anotherNodeLoads_waitsForItsValue() {
        Gate loading = new Gate();
        Started<String> first = started(other, loading, "a");
        loading.awaitArrival();
        store.before(call -> {
            if (store.calls().size() == 5) {
                loading.open();
                first.result();
            }
        });

        assertThat(started(node, "wrong").result()).isEqualTo("a");
        assertThat(node.loads).hasValue(0);
    }

    @Test
    void read_anotherNodeDiedLoading_waitsNoLongerThanLeaseWait() {
        memory.acquire(KEY, new LeaseRequest("dead", Duration.ZERO, Duration.ofSeconds(10), Duration.ofHours(1)), 1);
        long start = time.getAsLong();

        assertThat(started(node, "a").result()).isEqualTo("a");
        assertThat(time.getAsLong() - start)
                .isBetween(
                        PROTOCOL.leaseWait().toNanos(),
                        PROTOCOL.leaseWait().plusMillis(50).toNanos());
        assertThat(memory.find(KEY, 1)).isNull();

        time.pass(Duration.ofSeconds(10));
        started(node, "b").result();
        assertThat(memory.find(KEY, 1)).isNotNull();
    }

    @Test
    void read_loadLooksUpAnotherKey_works() throws Exception {
        EntryKey inner = KEY.space().key("inner");

        assertThat(node.read(
                        () -> node.engine.read(node.binding, inner, () -> "a").value() + "b"))
                .isEqualTo("ab");
    }

    @Test
    void read_loadLooksUpItsOwnKey_isRefusedAtOnce() {
        assertThatIllegalStateException()
                .isThrownBy(() -> node.read(() -> node.read(() -> "a")))
                .withMessageStartingWith("CC-0801")
                .satisfies(ScannedLog::thrown);
        assertThat(started(node, "a").result()).isEqualTo("a");
    }

    @Test
    void read_twoLoadsLookUpEachOthersKeys_neitherHangs() {
        EntryKey one = KEY.space().key("one");
        EntryKey two = KEY.space().key("two");
        Gate first = new Gate();
        Gate second = new Gate();
        Started<String> there = Started.of(() -> crossing(one, two, first));
        Started<String> back = Started.of(() -> crossing(two, one, second));
        first.awaitArrival();
        second.awaitArrival();
        first.open();
        there.awaitWaiting();
        second.open();

        assertThat(there.result()).endsWith("outer");
        assertThat(back.result()).endsWith("outer");
    }

    @Test
    void read_boardsAfterALoadTookOffBesideAnother_seesALaterLoad() {
        store.fail(Reason.CONNECTION);
        Gate first = new Gate();
        Started<String> running = started(node, first, "old");
        first.awaitArrival();
        Gate second = new Gate();
        Started<String> beside = Started.of(() -> node.read(() -> {
            assertThat(Thread.interrupted()).isTrue();
            second.pass();
            return "old";
        }));
        beside.awaitWaiting().interrupt(); // it waits no longer, and takes off beside the first
        second.awaitArrival();
        Started<String> late = started(node, "new").awaitWaiting(); // a write has come and gone since then
        second.open();
        first.open();

        running.result();
        assertThat(late.result()).isEqualTo("new");
    }

    private String crossing(EntryKey outer, EntryKey inner, Gate gate) throws Exception {
        return node.engine
                .read(node.binding, outer, () -> {
                    gate.pass();
                    return node.engine.read(node.binding, inner, () -> "inner").value() + " outer";
                })
                .value();
    }

    @Test
    void read_inATransactionAndRefused_isForItsOwnEyes() {
        store.fail(Reason.CONNECTION);
        Gate loading = new Gate();
        Started<String> first = Started.of(() -> {
            node.transactions.begin();
            return node.read(() -> {
                loading.pass();
                return "dirty";
            });
        });
        loading.awaitArrival();
        List<Started<String>> others = new ArrayList<>();
        AtomicInteger number = new AtomicInteger();
        for (int i = 0; i < 4; i++) {
            others.add(Started.of(() -> {
                        node.transactions.begin();
                        return node.read(() -> "own " + number.incrementAndGet());
                    })
                    .awaitWaiting());
        }
        loading.open();

        first.result();
        assertThat(others).extracting(Started::result).containsExactlyInAnyOrder("own 1", "own 2", "own 3", "own 4");
    }

    @Test
    void read_theNextLoadIsInATransaction_theOthersStillShareOne() {
        store.fail(Reason.CONNECTION);
        Gate first = new Gate();
        Started<String> running = started(node, first, "old");
        first.awaitArrival();
        Gate second = new Gate();
        Started<String> transactional = Started.of(() -> {
                    node.transactions.begin();
                    return node.read(() -> {
                        second.pass();
                        return "own";
                    });
                })
                .awaitWaiting();
        List<Started<String>> others = new ArrayList<>();
        AtomicInteger loading = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        for (int i = 0; i < 8; i++) {
            others.add(Started.of(() -> node.read(() -> {
                        most.accumulateAndGet(loading.incrementAndGet(), Math::max);
                        loading.decrementAndGet();
                        return "new";
                    }))
                    .awaitWaiting());
        }
        first.open();
        second.awaitArrival();
        second.open();

        assertThat(running.result()).isEqualTo("old");
        assertThat(transactional.result()).isEqualTo("own");
        assertThat(others).extracting(Started::result).containsOnly("new");
        assertThat(most).hasValue(1);
    }

    @Test
    void read_inATransaction_waitsForAnotherLoadNoLongerThanLeaseWait() {
        Node impatient = new Node(store, time, quick());
        Gate loading = new Gate();
        Started<String> first = started(impatient, loading, "a");
        loading.awaitArrival();
        Started<String> second = Started.of(() -> {
            impatient.transactions.begin();
            return impatient.read(() -> "own");
        });

        assertThat(second.result()).isEqualTo("own");
        loading.open();
        assertThat(first.result()).isEqualTo("a");
    }

    @Test
    void read_loadLooksUpItsOwnKeyOnAnotherThread_goesOnAfterLeaseWait() throws Exception {
        Node impatient = new Node(store, time, quick());

        String value =
                impatient.read(() -> "outer " + started(impatient, "inner").result());

        assertThat(value).isEqualTo("outer inner");
        assertThat(impatient.events.all()).containsExactly("load waits");
    }

    @Test
    void read_loadLooksUpItsOwnKeyOnThreadsOfAStream_goesOnAfterLeaseWait() throws Exception {
        Node impatient = new Node(store, time, quick());
        Gate loading = new Gate();
        Started<String> outer = Started.of(() -> impatient.read(() -> {
            loading.pass();
            return CompletableFuture.supplyAsync(
                            () -> IntStream.range(0, 8).mapToObj(i -> started(impatient, "inner")).toList().stream()
                                    .map(Started::result)
                                    .collect(Collectors.joining()))
                    .join();
        }));
        loading.awaitArrival();
        loading.open();

        assertThat(outer.result()).isEqualTo("inner".repeat(8));
        assertThat(impatient.loads.get()).isLessThan(4);
    }

    /** As one does that waits for the database in its driver. */
    @Test
    void read_loadIsSlowAndWaitsForNoThread_isWaitedFor() throws Exception {
        assertIsWaitedFor(Thread::onSpinWait);
        assertIsWaitedFor(() -> LockSupport.parkNanos(1_000_000)); // as one that sleeps
    }

    private void assertIsWaitedFor(Runnable pause) throws Exception {
        Node impatient = new Node(store, time, quick());
        AtomicBoolean arrived = new AtomicBoolean();
        AtomicBoolean goOn = new AtomicBoolean();
        Started<String> first = Started.of(() -> impatient.read(() -> {
            arrived.set(true);
            while (!goOn.get()) {
                pause.run();
            }
            return "a";
        }));
        while (!arrived.get()) {
            Thread.onSpinWait();
        }
        Started<String> second = started(impatient, "wrong").awaitWaiting();
        LockSupport.parkNanos(quick().leaseWait().multipliedBy(4).toNanos());
        goOn.set(true);

        assertThat(second.result()).isEqualTo(first.result()).isEqualTo("a");
        assertThat(impatient.events.all()).isEmpty();
        impatient.write(() -> {});
    }

    private static ProtocolSettings quick() {
        return new ProtocolSettings(
                PROTOCOL.budget(),
                PROTOCOL.leaseTimeout(),
                Duration.ofMillis(50),
                PROTOCOL.maxTransactionAge(),
                PROTOCOL.replicaLag(),
                PROTOCOL.evictTimeout(),
                PROTOCOL.onFailure(),
                PROTOCOL.journalSize());
    }

    @Test
    void read_anInterruptedLoadFails_othersLoadForThemselves() {
        Gate loading = new Gate();
        Started<String> first = Started.of(() -> node.read(() -> {
            loading.pass();
            throw new InterruptedException();
        }));
        loading.awaitArrival();
        Gate second = new Gate();
        Started<String> next = Started.of(() -> node.read(() -> {
                    second.pass();
                    throw new InterruptedException();
                }))
                .awaitWaiting();
        Started<String> passenger = started(node, "a").awaitWaiting();
        loading.open();
        second.open();

        assertThatThrownBy(first::result).cause().isInstanceOf(InterruptedException.class);
        assertThatThrownBy(next::result).cause().isInstanceOf(InterruptedException.class);
        assertThat(passenger.result()).isEqualTo("a");
    }

    @Test
    void read_anotherNodeLoadsAndRedisIsFarAway_stillWaitsAsLongAsItMay() {
        Gate loading = new Gate();
        Started<String> there = started(other, loading, "a");
        loading.awaitArrival();
        store.before(call -> time.pass(Duration.ofMillis(5)));
        AtomicInteger asked = new AtomicInteger();
        store.after(call -> {
            if (call.equals("acquire") && asked.incrementAndGet() == 30) { // 150 ms, and the pauses in between
                loading.open();
                assertThat(there.result()).isEqualTo("a");
            }
        });

        assertThat(started(node, "loaded here").result()).isEqualTo("a");
        assertThat(node.loads).hasValue(0);
    }

    @Test
    void read_gotOldWhileItWaitedForAnotherLoad_doesNotFill() {
        Gate loading = new Gate();
        Started<String> first = started(node, loading, "old");
        loading.awaitArrival();
        Started<String> transactional = Started.of(() -> {
                    node.transactions.begin();
                    return node.read(() -> "old snapshot");
                })
                .awaitWaiting();
        memory.evict(KEY, 1);
        time.pass(Duration.ofSeconds(3)); // longer ago than the transaction was old when it asked
        loading.open();

        first.result();
        assertThat(transactional.result()).isEqualTo("old snapshot");
        assertThat(memory.find(KEY, 1)).isNull();
    }

    /** As a driver does whose socket was closed because a virtual thread was interrupted in a read. */
    @Test
    void read_loadThrowsSomethingBecauseItWasInterrupted_othersLoadForThemselves() {
        store.fail(Reason.CONNECTION);
        Gate loading = new Gate();
        Started<String> first = started(node, loading, "old");
        loading.awaitArrival();
        Started<Throwable> next = Started.of(() -> catchThrowable(() -> node.read(() -> {
                    Thread.currentThread().interrupt();
                    throw new SocketException("Closed by interrupt");
                })))
                .awaitWaiting();
        Started<String> other = started(node, "new").awaitWaiting(); // shares the load of the one that is interrupted
        loading.open();

        first.result();
        assertThat(next.result()).isInstanceOf(SocketException.class);
        assertThat(other.result()).isEqualTo("new");
    }

    @Test
    void read_interruptedWhileItWaits_loadsForItselfAndStaysInterrupted() {
        Gate loading = new Gate();
        Started<String> first = started(node, loading, "a");
        loading.awaitArrival();
        Started<Boolean> second = Started.of(() -> {
            assertThat(node.read(() -> "b")).isEqualTo("b");
            return Thread.currentThread().isInterrupted();
        });
        second.awaitWaiting().interrupt();

        assertThat(second.result()).isTrue();
        loading.open();
        assertThat(first.result()).isEqualTo("a");
    }
}
