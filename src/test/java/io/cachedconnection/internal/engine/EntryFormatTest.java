package io.cachedconnection.internal.engine;

import static io.cachedconnection.internal.engine.Node.KEY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.internal.engine.read.CacheBinding;
import io.cachedconnection.internal.engine.read.CacheBinding.TtlChoice;
import io.cachedconnection.internal.engine.read.CacheCounters;
import io.cachedconnection.internal.engine.read.CacheCounters.Event;
import io.cachedconnection.internal.engine.store.Ack;
import io.cachedconnection.internal.engine.store.CacheSettings.NearSettings;
import io.cachedconnection.internal.engine.store.EntryFormat.EntryMetadata;
import io.cachedconnection.internal.engine.store.LookupResult;
import io.cachedconnection.internal.engine.store.LookupResult.Source;
import io.cachedconnection.internal.engine.store.ProtocolSettings;
import io.cachedconnection.internal.engine.store.StoreResult;
import io.cachedconnection.internal.engine.store.UnreadableValueException;
import io.cachedconnection.internal.engine.store.UnreadableValueException.Fault;
import io.cachedconnection.internal.engine.store.ValueCodec;
import io.cachedconnection.testing.MemoryStore;
import io.cachedconnection.testing.NumberedWrapping;
import io.cachedconnection.testing.Settings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the engine has wrapped, and when; by a wrapping that wraps nothing alike twice. */
class EntryFormatTest {

    private static final ProtocolSettings PROTOCOL = Settings.protocol(Duration.ofMillis(100));
    private static final long NANOS = TimeUnit.SECONDS.toNanos(1);

    private final FakeTime time = new FakeTime();
    private final MemoryStore store = new MemoryStore(time, PROTOCOL.maxTransactionAge());
    private final NumberedWrapping wrapping = new NumberedWrapping();
    private final Node node = new Node(store, time, PROTOCOL, () -> new NearSettings(true, 100, Duration.ofSeconds(1)));
    private final CacheBinding<String> binding =
            new CacheBinding<>(node.cache, node.binding.codec(), wrapping, TtlChoice.exactly(Duration.ofMinutes(1)));

    private LookupResult<String> read(String row) throws Exception {
        return node.engine.read(binding, KEY, () -> {
            time.pass(Duration.ofMillis(7));
            return row;
        });
    }

    private String stored() {
        byte[] payload = store.find(KEY, NANOS);
        return payload == null ? null : new String(payload, UTF_8);
    }

    @Test
    void read_loaded_isStoredWrappedWithItsLifeAndCost() throws Exception {
        assertThat(read("a")).isEqualTo(new LookupResult<>("a", Source.REPOSITORY, true));

        assertThat(stored()).isEqualTo("1:\"a\"");
        assertThat(wrapping.origins()).containsExactly(new EntryMetadata(Duration.ofMinutes(1), Duration.ofMillis(7)));
    }

    @Test
    void read_stored_isUnwrapped() throws Exception {
        read("a");

        assertThat(read("b")).isEqualTo(new LookupResult<>("a", Source.REDIS, true));
        assertThat(node.engine.find(binding, KEY).value()).isEqualTo("a");
    }

    @Test
    void read_near_isNotUnwrappedAnyMore() throws Exception {
        node.engine.recover();
        read("a");
        assertThat(read("b").source()).isEqualTo(Source.REDIS);
        int before = wrapping.unwrapped();

        assertThat(read("b")).isEqualTo(new LookupResult<>("a", Source.NEAR, true));
        assertThat(wrapping.unwrapped()).isEqualTo(before);
    }

    /** What the store says of the life of an entry is anybody's word, and what the wrapping says may be somebody's. */
    @Test
    void read_near_isNotServedForLongerThanTheWrappingSays() throws Exception {
        node.engine.recover();
        read("a");
        wrapping.keepFor(Duration.ofMillis(500));
        assertThat(read("b").source()).isEqualTo(Source.REDIS);

        time.pass(Duration.ofMillis(499));
        assertThat(read("b").source()).isEqualTo(Source.NEAR);
        time.pass(Duration.ofMillis(1));
        assertThat(read("b").source()).isEqualTo(Source.REDIS);
    }

    @Test
    void anyCall_codecOfNoUse_passesTheCacheBy() throws Exception {
        CacheBinding<String> useless =
                new CacheBinding<>(node.cache, new UselessCodec(), wrapping, TtlChoice.exactly(Duration.ofMinutes(1)));

        assertThat(node.engine.read(useless, KEY, () -> "a"))
                .isEqualTo(new LookupResult<>("a", Source.REPOSITORY, false));
        assertThat(node.engine.find(useless, KEY).outcome()).isEqualTo(StoreResult.Status.MISS);
        assertThat(node.engine.contains(useless, KEY)).isEqualTo(Ack.NO);
        assertThat(node.engine.put(useless, KEY, "a")).isEqualTo(Ack.NO);
        assertThat(stored()).isNull();
        assertThat(node.events.all()).isEmpty();
    }

    /** One that can neither write nor read, and says so. */
    private static final class UselessCodec implements ValueCodec<String> {

        @Override
        public byte[] encode(String value) throws UnreadableValueException {
            throw new UnreadableValueException("of no use");
        }

        @Override
        public String decode(byte[] payload) throws UnreadableValueException {
            throw new UnreadableValueException("of no use");
        }

        @Override
        public boolean isUsable() {
            return false;
        }
    }

    @Test
    void put_inATransactionAndUnchanged_isStoredAfterTheCommit() throws Exception {
        node.transactions.begin();
        node.engine.write(List.of(KEY), changes -> {
            changes.replace(KEY, () -> node.engine.encode(binding, KEY, "new"));
            return null;
        });
        node.transactions.commit(() -> {});

        assertThat(stored()).isEqualTo("2:\"new\""); // wrapped anew at the commit, for that is when its life begins
        assertThat(wrapping.origins()).contains(new EntryMetadata(Duration.ofMinutes(1), Duration.ZERO));
    }

    @Test
    void put_inATransactionAndChangedUntilTheCommit_isOnlyEvicted() throws Exception {
        String[] entity = {"new"};
        node.transactions.begin();
        node.engine.write(List.of(KEY), changes -> {
            changes.replace(KEY, () -> node.engine.encode(binding, KEY, entity[0]));
            return null;
        });
        node.transactions.commit(() -> entity[0] = "newer");

        assertThat(stored()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"DAMAGED, UNDECODABLE", "OUTDATED, OUTDATED", "UNTRUSTED, UNTRUSTED"})
    void read_notToBeUnwrapped_isCountedRemovedAndLoadedAnew(Fault fault, Event event) throws Exception {
        read("a");
        wrapping.find(fault);

        assertThat(read("b")).isEqualTo(new LookupResult<>("b", Source.REPOSITORY, true));

        assertThat(stored()).isEqualTo("2:\"b\"");
        CacheCounters counters = node.cache.counters();
        assertThat(counters.of(event)).isEqualTo(1);
        assertThat(counters.of(Event.UNDECODABLE) + counters.of(Event.OUTDATED) + counters.of(Event.UNTRUSTED))
                .isEqualTo(1);
        assertThat(node.events.all()).containsExactly("undecodable");
    }
}
