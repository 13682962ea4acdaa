package io.cachedconnection.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.internal.engine.read.CacheBinding;
import io.cachedconnection.internal.engine.read.CacheBinding.TtlChoice;
import io.cachedconnection.internal.engine.read.CheckedCodec;
import io.cachedconnection.internal.engine.store.Ack;
import io.cachedconnection.internal.engine.store.EntryFormat;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.LookupResult.Source;
import io.cachedconnection.testing.ChaosStore;
import io.cachedconnection.testing.MemoryStore;
import io.cachedconnection.testing.Settings;
import io.cachedconnection.testing.TextCodec;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A method whose values cannot be stored, one after the other. */
class RefusedValuesTest {

    private static final EntryKey GOOD = Node.KEY.space().key("good");
    private static final EntryKey ODD = Node.KEY.space().key("odd");
    private static final EntryKey NEW = Node.KEY.space().key("new");

    private final FakeTime time = new FakeTime();
    private final ChaosStore store = new ChaosStore(new MemoryStore(time, Duration.ofSeconds(30)));
    private final Node node = new Node(store, time, Settings.protocol(Duration.ofMillis(100)));
    private final TextCodec shared = new TextCodec();
    private final CacheBinding<String> binding = plan("Books.find()");

    private CacheBinding<String> plan(String method) {
        return new CacheBinding<>(
                node.cache,
                new CheckedCodec<>(method, shared, value -> true, time),
                EntryFormat.none(),
                TtlChoice.annotated(null));
    }

    private Source read(EntryKey key, String value) throws Exception {
        return node.engine.read(binding, key, () -> value).source();
    }

    private void refuse(int times) throws Exception {
        for (int i = 0; i < times; i++) {
            assertThat(read(ODD, "unwritable")).isEqualTo(Source.REPOSITORY);
        }
    }

    private long refused() {
        return node.events.all().stream().filter("unencodable"::equals).count();
    }

    @BeforeEach
    void store() throws Exception {
        assertThat(read(GOOD, "a")).isEqualTo(Source.REPOSITORY);
    }

    @Test
    void read_manyRefusedInARow_costsNoLeaseAndNoTrialForAMinute() throws Exception {
        refuse(CheckedCodec.MAX_REFUSALS);
        assertThat(refused()).isEqualTo(CheckedCodec.MAX_REFUSALS);
        int calls = store.calls().size();

        refuse(10);

        assertThat(store.calls().subList(calls, store.calls().size()))
                .hasSize(10)
                .containsOnly("find");
        assertThat(refused()).isEqualTo(CheckedCodec.MAX_REFUSALS);
    }

    @Test
    void read_manyRefusedInARow_answersWhatIsStored() throws Exception {
        refuse(CheckedCodec.MAX_REFUSALS + 1);

        for (int i = 0; i < 10; i++) {
            assertThat(read(GOOD, "b")).isEqualTo(Source.REDIS);
        }
    }

    @Test
    void read_manyRefusedInARow_storesNothingUntilTheMinuteIsOver() throws Exception {
        refuse(CheckedCodec.MAX_REFUSALS);
        assertThat(read(NEW, "a")).isEqualTo(Source.REPOSITORY);
        assertThat(read(NEW, "b")).isEqualTo(Source.REPOSITORY);

        time.pass(Duration.ofMinutes(1));
        read(NEW, "c");
        assertThat(read(NEW, "d")).isEqualTo(Source.REDIS);

        refuse(CheckedCodec.MAX_REFUSALS - 1); // that one success has forgotten all earlier ones
        assertThat(binding.isResting()).isFalse();
    }

    @Test
    void read_refusedAgainAfterTheMinute_restsForAnotherOne() throws Exception {
        refuse(CheckedCodec.MAX_REFUSALS);
        time.pass(Duration.ofMinutes(1));
        assertThat(binding.isResting()).isFalse();

        refuse(1);

        assertThat(binding.isResting()).isTrue();
    }

    @Test
    void read_storedValueInBetween_isNotInARow() throws Exception {
        refuse(CheckedCodec.MAX_REFUSALS - 1);
        assertThat(read(GOOD, "b")).isEqualTo(Source.REDIS);
        refuse(CheckedCodec.MAX_REFUSALS - 1);
        assertThat(binding.isResting()).isFalse();

        binding.encoded(null); // says nothing of other values
        refuse(1);

        assertThat(binding.isResting()).isTrue();
    }

    @Test
    void read_anotherMethodOfTheSameType_doesNotRest() throws Exception {
        refuse(CheckedCodec.MAX_REFUSALS);

        CacheBinding<String> other = plan("Books.all()");
        node.engine.read(other, NEW, () -> "a");

        assertThat(node.engine.read(other, NEW, () -> "b").source()).isEqualTo(Source.REDIS);
    }

    @Test
    void put_manyRefusedInARow_isNotTriedAndLeavesNothingOld() throws Exception {
        refuse(CheckedCodec.MAX_REFUSALS);

        assertThat(node.engine.put(binding, GOOD, "b")).isEqualTo(Ack.NO);
        assertThat(node.engine.encode(binding, GOOD, "b")).isNull();
        assertThat(node.engine.contains(binding, GOOD)).isEqualTo(Ack.NO);

        time.pass(Duration.ofMinutes(1));
        assertThat(node.engine.put(binding, GOOD, "c")).isEqualTo(Ack.YES);
        assertThat(node.engine.find(binding, GOOD).value()).isEqualTo("c");
    }
}
