package io.cachedconnection.internal.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachedconnection.internal.common.Sleeper;
import io.cachedconnection.internal.common.Tokens;
import io.cachedconnection.internal.engine.read.Cache;
import io.cachedconnection.internal.engine.read.CacheBinding;
import io.cachedconnection.internal.engine.read.CacheBinding.TtlChoice;
import io.cachedconnection.internal.engine.read.CacheCounters;
import io.cachedconnection.internal.engine.read.CacheCounters.Event;
import io.cachedconnection.internal.engine.store.Ack;
import io.cachedconnection.internal.engine.store.CacheSettings;
import io.cachedconnection.internal.engine.store.CacheSettings.NearSettings;
import io.cachedconnection.internal.engine.store.EntryFormat;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.LookupResult;
import io.cachedconnection.internal.engine.store.LookupResult.Source;
import io.cachedconnection.internal.engine.store.StoreException;
import io.cachedconnection.internal.engine.store.StoreException.Reason;
import io.cachedconnection.internal.engine.store.StoreResult;
import io.cachedconnection.internal.engine.store.StoreResult.Status;
import io.cachedconnection.internal.engine.write.TransactionScope;
import io.cachedconnection.testing.ChaosStore;
import io.cachedconnection.testing.MemoryStore;
import io.cachedconnection.testing.NotedEvents;
import io.cachedconnection.testing.Seeds;
import io.cachedconnection.testing.Settings;
import io.cachedconnection.testing.TextCodec;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Lookups and programmatic entries, over a store that behaves and one that does not. */
class EngineTest {

    private static final Duration BUDGET = Duration.ofMillis(100);
    private static final EntryKey KEY = KeySpace.of("c", "").key(Seeds.ARGUMENT);

    private final AtomicLong now = new AtomicLong();
    private final ChaosStore store = new ChaosStore(new MemoryStore(now::get, Duration.ofSeconds(30)));
    private final NotedEvents events = new NotedEvents();
    private CacheSettings settings = Settings.cache();
    private final Cache cache = new Cache("c", () -> settings, new CacheCounters());
    private final CacheBinding<String> binding =
            new CacheBinding<>(cache, new TextCodec(), EntryFormat.none(), TtlChoice.annotated(null));
    private final Engine engine = new Engine(ports(), Settings.protocol(BUDGET));

    private Ports ports() {
        return new Ports(
                store,
                Settings.nothingNear(),
                events,
                TransactionScope.none(),
                now::get,
                () -> 1,
                new Tokens()::next,
                Sleeper.sleeping());
    }

    private final AtomicInteger loads = new AtomicInteger();

    private LookupResult<String> read(String inRepository) throws Exception {
        return engine.read(binding, KEY, () -> {
            loads.incrementAndGet();
            return inRepository;
        });
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Test
    void read_twice_loadsOnce() throws Exception {
        assertThat(read("a")).isEqualTo(new LookupResult<>("a", Source.REPOSITORY, true));
        assertThat(read("b")).isEqualTo(new LookupResult<>("a", Source.REDIS, true));

        assertThat(loads).hasValue(1);
        assertThat(store.calls()).containsExactly("find", "acquire", "fill", "find");
        assertThat(cache.counters().of(Event.HIT)).isEqualTo(1);
        assertThat(cache.counters().of(Event.MISS)).isEqualTo(1);
        assertThat(cache.counters().of(Event.LOAD)).isEqualTo(1);
        assertThat(cache.counters().of(Event.LOAD_STORED)).isEqualTo(1);
    }

    @Test
    void read_hitTwice_givesEachCallerAValueOfItsOwn() throws Exception {
        read("a");

        assertThat(read("b").value()).isNotSameAs(read("b").value());
    }

    @Test
    void read_ttlOver_loadsAnew() throws Exception {
        read("a");
        pass(Duration.ofMinutes(5));

        assertThat(read("b").value()).isEqualTo("b");
    }

    @Test
    void read_jitter_shortensTheLife() throws Exception {
        settings = new CacheSettings(true, null, Duration.ofMinutes(5), Duration.ZERO, 0.1, 1000, NearSettings.OFF);
        read("a");
        pass(Duration.ofMinutes(5).multipliedBy(9).dividedBy(10));

        assertThat(read("b").value()).isEqualTo("b");
    }

    @Test
    void read_ttlOfTheAnnotation_winsOverTheGeneralAndLosesToTheOwn() {
        Duration annotated = Duration.ofSeconds(7);

        assertThat(settings.ttl(annotated)).isEqualTo(annotated);
        assertThat(settings.ttl(null)).isEqualTo(Duration.ofMinutes(5));
        Duration own = Duration.ofSeconds(9);
        assertThat(new CacheSettings(true, own, annotated, Duration.ZERO, 0, 1, NearSettings.OFF).ttl(annotated))
                .isEqualTo(own);
    }

    @Test
    void read_nullAndNegativeTtlOff_isNotStored() throws Exception {
        assertThat(read(null).value()).isNull();
        assertThat(read("b").value()).isEqualTo("b");
    }

    @Test
    void read_nullAndNegativeTtlOn_isRememberedForThatLong() throws Exception {
        settings =
                new CacheSettings(true, null, Duration.ofMinutes(5), Duration.ofSeconds(2), 0, 1000, NearSettings.OFF);

        read(null);
        assertThat(read("b")).isEqualTo(new LookupResult<>(null, Source.REDIS, true));
        pass(Duration.ofSeconds(2));
        assertThat(read("c").value()).isEqualTo("c");
    }

    @Test
    void read_switchedOff_doesNotTouchTheStore() throws Exception {
        settings = new CacheSettings(false, null, Duration.ofMinutes(5), Duration.ZERO, 0, 1000, NearSettings.OFF);

        assertThat(read("a").value()).isEqualTo("a");
        assertThat(read("b").value()).isEqualTo("b");
        assertThat(store.calls()).isEmpty();
    }

    @Test
    void read_loaderThrows_passesTheExceptionAndStoresNothing() {
        IOException failure = new IOException("the repository's own");

        assertThatThrownBy(() -> engine.read(binding, KEY, () -> {
                    throw failure;
                }))
                .isSameAs(failure)
                .hasNoSuppressedExceptions();
        assertThat(store.calls()).containsExactly("find", "acquire", "release");
        assertThat(cache.counters().of(Event.LOAD_FAILED)).isEqualTo(1);
    }

    @Test
    void read_storeFails_loadsAndAsksTheStoreNoMore() throws Exception {
        store.fail(Reason.TIMEOUT);

        assertThat(read("a")).isEqualTo(new LookupResult<>("a", Source.REPOSITORY, false));
        assertThat(store.calls()).containsExactly("find");
        assertThat(cache.counters().of(Event.FAILURE)).isEqualTo(1);
    }

    @Test
    void read_storeTookTheWholeBudget_isNotAskedToStore() throws Exception {
        store.before(call -> pass(BUDGET));

        assertThat(read("a").value()).isEqualTo("a");
        assertThat(store.calls()).containsExactly("find");
    }

    @Test
    void read_slowLoad_costsNoneOfTheBudget() throws Exception {
        engine.read(binding, KEY, () -> {
            pass(BUDGET.multipliedBy(100));
            return "a";
        });

        assertThat(store.calls()).containsExactly("find", "acquire", "fill");
    }

    @Test
    void read_storeLostAndBack_isToldOnceEach() throws Exception {
        store.fail(Reason.CONNECTION);
        read("a");
        read("a");
        assertThat(events.all()).containsExactly("lost");

        store.behave();
        pass(Duration.ofSeconds(1));
        read("a");
        read("a");
        assertThat(events.all()).containsExactly("lost", "back");
    }

    @Test
    void read_storeLostForLong_isToldOnceAMinute() throws Exception {
        store.fail(Reason.CONNECTION);
        for (int second = 0; second < 150; second++) {
            read("a");
            pass(Duration.ofSeconds(1));
        }

        assertThat(events.all()).containsExactly("lost", "lost", "lost");
    }

    @Test
    void read_storeFailsNowAndThen_isNotToldEachTime() throws Exception {
        for (int i = 0; i < 50; i++) {
            store.fail(Reason.CONNECTION);
            read("a");
            store.behave();
            read("a");
            pass(Duration.ofMillis(10));
        }

        assertThat(events.all()).containsExactly("lost");
    }

    @Test
    void read_storeReadsButDoesNotWrite_isLostAndNotBack() throws Exception {
        store.before(call -> {
            if (!call.equals("find")) {
                throw new StoreException(Reason.REFUSED, "READONLY");
            }
        });
        for (int i = 0; i < 20; i++) {
            read("a");
            pass(Duration.ofSeconds(2));
        }
        assertThat(events.all()).containsExactly("lost");

        store.behave();
        read("a");
        assertThat(events.all()).containsExactly("lost", "back");
    }

    @Test
    void read_callerInterrupted_doesNotBlameTheStore() throws Exception {
        store.fail(Reason.INTERRUPTED);

        assertThat(read("a").value()).isEqualTo("a");
        assertThat(events.all()).isEmpty();
    }

    @Test
    void read_entryCannotBeRead_isRemovedToldAndLoadedAnew() throws Exception {
        read("a");
        store.garble(payload -> "garbage".getBytes(UTF_8));

        assertThat(read("b")).isEqualTo(new LookupResult<>("b", Source.REPOSITORY, true));
        assertThat(store.calls()).containsExactly("find", "acquire", "fill", "find", "remove", "acquire", "fill");
        assertThat(events.all()).containsExactly("undecodable");
        assertThat(cache.counters().of(Event.UNDECODABLE)).isEqualTo(1);

        store.behave();
        assertThat(read("c")).isEqualTo(new LookupResult<>("b", Source.REDIS, true));
    }

    @Test
    void read_hardlyAnyBudgetLeft_takesNoLeaseThatItCouldNotGiveBack() throws Exception {
        store.before(call -> pass(call.equals("find") ? BUDGET.multipliedBy(95).dividedBy(100) : Duration.ZERO));

        assertThat(read("a").value()).isEqualTo("a");
        assertThat(store.calls()).containsExactly("find");
        assertThat(events.all()).isEmpty();
    }

    @Test
    void read_storeThrowsWhatItDoesNotAnnounce_answersFromTheRepository() throws Exception {
        store.before(call -> {
            throw new IllegalStateException(Seeds.PASSWORD);
        });

        assertThat(read("a").value()).isEqualTo("a");
        assertThat(events.all()).containsExactly("lost");
    }

    @Test
    void read_valueCannotBeWritten_isReturnedAllTheSame() throws Exception {
        assertThat(read("unwritable").value()).isEqualTo("unwritable");
        assertThat(store.calls()).containsExactly("find", "acquire", "release");
        assertThat(events.all()).containsExactly("unencodable");
    }

    @Test
    void read_valueTooLarge_isReturnedAllTheSame() throws Exception {
        settings = new CacheSettings(true, null, Duration.ofMinutes(5), Duration.ZERO, 0, 10, NearSettings.OFF);

        assertThat(read("123456789").value()).isEqualTo("123456789");
        assertThat(store.calls()).containsExactly("find", "acquire", "release");
        assertThat(events.all()).containsExactly("too large");
    }

    @Test
    void programmatic_putFindRemove_seeEachOther() {
        assertThat(engine.find(binding, KEY).outcome()).isEqualTo(Status.MISS);
        assertThat(engine.put(binding, KEY, "a")).isEqualTo(Ack.YES);
        assertThat(engine.find(binding, KEY)).isEqualTo(new StoreResult<>(Status.HIT, "a"));
        assertThat(engine.contains(binding, KEY)).isEqualTo(Ack.YES);
        assertThat(engine.evict(binding, KEY)).isEqualTo(Ack.YES);
        assertThat(engine.evict(binding, KEY)).isEqualTo(Ack.NO);
        assertThat(engine.contains(binding, KEY)).isEqualTo(Ack.NO);
    }

    @Test
    void programmatic_putWithATtlOfItsOwn_livesThatLong() {
        settings = new CacheSettings(
                true, Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ZERO, 0, 1000, NearSettings.OFF);
        engine.put(binding.with(TtlChoice.exactly(Duration.ofMinutes(2))), KEY, "a");

        pass(Duration.ofSeconds(119));
        assertThat(engine.find(binding, KEY).isHit()).isTrue();
        pass(Duration.ofSeconds(1));
        assertThat(engine.find(binding, KEY).isHit()).isFalse();
    }

    @Test
    void programmatic_storeFails_saysUnreachableAndThrowsNothing() {
        store.fail(Reason.REFUSED);

        assertThat(engine.find(binding, KEY).outcome()).isEqualTo(Status.UNREACHABLE);
        assertThat(engine.put(binding, KEY, "a")).isEqualTo(Ack.UNREACHABLE);
        assertThat(engine.contains(binding, KEY)).isEqualTo(Ack.UNREACHABLE);
        assertThat(engine.evict(binding, KEY)).isEqualTo(Ack.UNREACHABLE);
        assertThat(cache.counters().of(Event.FAILURE)).isEqualTo(4);
    }
}
