package io.cachedconnection.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.internal.engine.read.CacheBinding;
import io.cachedconnection.internal.engine.read.CacheBinding.TtlChoice;
import io.cachedconnection.internal.engine.read.CheckedCodec;
import io.cachedconnection.internal.engine.store.EntryFormat;
import io.cachedconnection.internal.engine.store.UnreadableValueException;
import io.cachedconnection.internal.engine.store.ValueCodec;
import io.cachedconnection.testing.MemoryStore;
import io.cachedconnection.testing.Settings;
import io.cachedconnection.testing.TextCodec;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Whose object a caller gets, where values may be managed by persistence. */
class EntityLayerTest {

    private static final String GOOD = "a";
    private static final String ODD = "unwritable";

    private final FakeTime time = new FakeTime();
    private final Node node =
            new Node(new MemoryStore(time, Duration.ofSeconds(30)), time, Settings.protocol(Duration.ofMillis(100)));
    private final AtomicInteger trials = new AtomicInteger();
    private final CacheBinding<String> binding = new CacheBinding<>(
            node.cache,
            new CheckedCodec<>("Books.find()", new Entity(), value -> true, time),
            EntryFormat.none(),
            TtlChoice.annotated(null));

    /** Texts that are taken for entities. */
    private final class Entity implements ValueCodec<String> {

        private final TextCodec text = new TextCodec();

        @Override
        public byte[] encode(String value) throws UnreadableValueException {
            trials.incrementAndGet();
            return text.encode(value);
        }

        @Override
        public String decode(byte[] payload) throws UnreadableValueException {
            return text.decode(payload);
        }

        @Override
        public boolean isOfEntities() {
            return true;
        }
    }

    private String read(String value) throws Exception {
        return node.engine.read(binding, Node.KEY, () -> value).value();
    }

    @Test
    void read_inNoTransaction_isACopy() throws Exception {
        assertThat(read(GOOD)).isEqualTo(GOOD).isNotSameAs(GOOD);
        assertThat(read(GOOD)).isEqualTo(GOOD).isNotSameAs(GOOD);
    }

    @Test
    void read_inATransaction_isTheMethodsOwn() throws Exception {
        node.transactions.begin();
        assertThat(read(GOOD)).isSameAs(GOOD);
        assertThat(trials).hasValue(0);
    }

    /** Its thread is in no current transaction any more, but the method's entities may still be managed. */
    @Test
    void read_whileATransactionEnds_isTheMethodsOwn() throws Exception {
        read("stored");
        node.transactions.setEnding();

        assertThat(read(GOOD)).isSameAs(GOOD);
    }

    @Test
    void read_manyThatCannotBeCopied_areNotTriedForAMinute() throws Exception {
        for (int i = 0; i < CheckedCodec.MAX_REFUSALS; i++) {
            assertThat(read(ODD)).isSameAs(ODD);
        }
        int tried = trials.get();
        assertThat(tried).isLessThanOrEqualTo(CheckedCodec.MAX_REFUSALS);

        assertThat(read(ODD)).isSameAs(ODD);
        assertThat(read(GOOD)).isSameAs(GOOD);
        assertThat(trials).hasValue(tried);

        time.pass(Duration.ofMinutes(1));
        assertThat(read(GOOD)).isEqualTo(GOOD).isNotSameAs(GOOD);
        assertThat(binding.isResting()).isFalse();
    }
}
