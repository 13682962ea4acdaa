package io.cachedconnection.internal.engine;

import static io.cachedconnection.internal.engine.Node.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.internal.common.ResilientTask;
import io.cachedconnection.internal.engine.near.InvalidationTracker;
import io.cachedconnection.internal.engine.near.NearCache;
import io.cachedconnection.internal.engine.near.NearCaches;
import io.cachedconnection.internal.engine.near.NearStore;
import io.cachedconnection.internal.engine.read.Cache;
import io.cachedconnection.internal.engine.read.CacheBinding;
import io.cachedconnection.internal.engine.read.CacheBinding.TtlChoice;
import io.cachedconnection.internal.engine.read.CacheCounters;
import io.cachedconnection.internal.engine.read.CacheCounters.Event;
import io.cachedconnection.internal.engine.store.CacheSettings.NearSettings;
import io.cachedconnection.internal.engine.store.EntryFormat;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.LookupResult;
import io.cachedconnection.internal.engine.store.LookupResult.Source;
import io.cachedconnection.internal.engine.store.ProtocolSettings;
import io.cachedconnection.internal.engine.store.StoreException;
import io.cachedconnection.internal.engine.store.StoreException.Reason;
import io.cachedconnection.internal.engine.store.StoredEntry;
import io.cachedconnection.internal.engine.store.UnreadableValueException;
import io.cachedconnection.internal.engine.store.ValueCodec;
import io.cachedconnection.testing.ChaosStore;
import io.cachedconnection.testing.MemoryFeed;
import io.cachedconnection.testing.MemoryStore;
import io.cachedconnection.testing.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lookups that the memory of a node may answer, and what keeps it from answering what is not so any more. */
class NearTest {

    private static final Duration STALENESS = Duration.ofSeconds(2);
    private static final Duration MOMENT = Duration.ofNanos(1);
    private static final ProtocolSettings RETRY = Settings.protocol(Duration.ofMillis(100));

    private final FakeTime time = new FakeTime();
    private final MemoryStore memory = new MemoryStore(time, RETRY.maxTransactionAge());
    private final ChaosStore store = new ChaosStore(memory);
    private final MemoryFeed feed = memory.feed();
    private NearSettings settings = new NearSettings(true, 100, STALENESS);
    private final Node node = new Node(store, time, RETRY, () -> settings);
    private final Node other = new Node(memory, time, RETRY);
    private String row = "old";

    @BeforeEach
    void tuneIn() {
        node.engine.recover();
    }

    private LookupResult<String> read() throws Exception {
        return node.engine.read(node.binding, KEY, () -> row);
    }

    /** Loads, then finds it in the store, so that it is near. */
    private void bringNear() throws Exception {
        other.read(() -> row);
        assertThat(read().source()).isEqualTo(Source.REDIS);
        assertThat(read()).isEqualTo(new LookupResult<>(row, Source.NEAR, true));
    }

    private void writeElsewhere() throws Exception {
        other.write(() -> row = "new");
    }

    private Source source() throws Exception {
        return read().source();
    }

    @Test
    void read_foundInTheStore_isNearFromThenOn() throws Exception {
        assertThat(source()).isEqualTo(Source.REPOSITORY);
        assertThat(source()).as("the store announces the fill itself").isEqualTo(Source.REDIS);
        assertThat(source()).isEqualTo(Source.NEAR);
        assertThat(source()).isEqualTo(Source.NEAR);

        assertThat(node.cache.counters().of(Event.NEAR_HIT)).isEqualTo(2);
        assertThat(node.cache.counters().of(Event.HIT)).isEqualTo(1);
        assertThat(store.calls()).containsExactly("hear", "findEntry", "acquire", "fill", "findEntry");
    }

    /** What a load stores has no bound on its age, so it may not be made of values that have one. */
    @Test
    void read_inALoadOfAnotherCache_isNotNear() throws Exception {
        bringNear();
        CacheBinding<String> outer = new CacheBinding<>(
                new Cache("outer", Settings::cache, new CacheCounters()),
                node.binding.codec(),
                EntryFormat.none(),
                TtlChoice.annotated(null));
        EntryKey key = KeySpace.of("outer", "").key("1");
        feed.hold(); // the node does not hear of the write yet
        other.write(() -> row = "new");

        String loaded =
                node.engine.read(outer, key, () -> "made of " + read().value()).value();

        assertThat(loaded).isEqualTo("made of new");
        feed.letGo();
        assertThat(source()).isEqualTo(Source.REDIS);
        assertThat(source()).isEqualTo(Source.NEAR);
    }

    @Test
    void find_inALoadOfAnotherCache_isNotNear() throws Exception {
        bringNear();
        node.engine.read(node.binding, KeySpace.of("c", "").key("2"), () -> {
            assertThat(node.engine.find(node.binding, KEY).value()).isEqualTo("old");
            return "made of it";
        });

        assertThat(node.cache.counters().of(Event.NEAR_HIT)).isEqualTo(1); // that of bringNear
    }

    @Test
    void read_null_isNearLikeAnyOther() throws Exception {
        memory.begin(KEY, "w", 1);
        memory.endWith(
                KEY,
                "w",
                Duration.ZERO,
                new StoredEntry("null".getBytes(java.nio.charset.StandardCharsets.UTF_8), STALENESS),
                1);

        assertThat(read()).isEqualTo(new LookupResult<>(null, Source.REDIS, true));
        assertThat(read()).isEqualTo(new LookupResult<>(null, Source.NEAR, true));
    }

    @Test
    void find_programmatic_isAnsweredNear() throws Exception {
        bringNear();

        assertThat(node.engine.find(node.binding, KEY).value()).isEqualTo("old");
        assertThat(store.calls()).filteredOn("findEntry"::equals).hasSize(1);
    }

    @Test
    void read_mayNotBeShared_isAnotherObjectEachTime() throws Exception {
        bringNear();

        assertThat(read().value()).isNotSameAs(read().value());
    }

    @Test
    void read_mayBeShared_isTheSameObject() throws Exception {
        CacheBinding<String> shared =
                new CacheBinding<>(node.cache, new SharedTextCodec(), EntryFormat.none(), TtlChoice.annotated(null));
        other.read(() -> row);
        node.engine.read(shared, KEY, () -> row);

        LookupResult<String> near = node.engine.read(shared, KEY, () -> row);
        assertThat(near.source()).isEqualTo(Source.NEAR);
        assertThat(node.engine.read(shared, KEY, () -> row)).isSameAs(near);
    }

    @Test
    void read_byAMethodOfAnotherCodec_isNotHandedWhatAnotherMade() throws Exception {
        CacheBinding<String> shared =
                new CacheBinding<>(node.cache, new SharedTextCodec(), EntryFormat.none(), TtlChoice.annotated(null));
        other.read(() -> row);
        node.engine.read(shared, KEY, () -> row);
        node.engine.read(shared, KEY, () -> row);

        assertThat(source()).isEqualTo(Source.REDIS);
    }

    @Test
    void read_writtenElsewhere_isNotServedNear() throws Exception {
        bringNear();
        writeElsewhere();

        assertThat(read().value()).isEqualTo("new");
    }

    @Test
    void read_announcedElsewhereAndNotCommitted_isNotServedNear() throws Exception {
        bringNear();
        other.write(() ->
                done(() -> assertThat(read()).isEqualTo(new LookupResult<>("old", Source.REPOSITORY, false))));
    }

    @Test
    void read_changeIsOnItsWay_isServedNoLongerThanAllowed() throws Exception {
        bringNear();
        feed.hold();
        writeElsewhere();

        time.pass(STALENESS);
        assertThat(read()).isEqualTo(new LookupResult<>("old", Source.NEAR, true));
        time.pass(MOMENT);
        assertThat(read().value()).isEqualTo("new");
    }

    @Test
    void read_provenLately_isServed() throws Exception {
        bringNear();
        time.pass(STALENESS);
        feed.prove();
        time.pass(STALENESS);

        assertThat(source()).isEqualTo(Source.NEAR);
        time.pass(MOMENT);
        assertThat(source()).isEqualTo(Source.REDIS);
    }

    @Test
    void read_provenAgainAfterSilence_isServedAsNothingHasChanged() throws Exception {
        bringNear();
        time.pass(STALENESS.plus(MOMENT));
        feed.prove();

        assertThat(source()).isEqualTo(Source.NEAR);
    }

    @Test
    void read_gapInWhatIsHeard_isDropped() throws Exception {
        bringNear();
        feed.cut();
        assertThat(source()).isEqualTo(Source.REDIS);
        assertThat(source()).as("nothing is kept meanwhile").isEqualTo(Source.REDIS);
        feed.mend();

        assertThat(source()).isEqualTo(Source.REDIS);
        assertThat(source()).isEqualTo(Source.NEAR);
    }

    @Test
    void read_anythingMayHaveChanged_isDropped() throws Exception {
        bringNear();
        feed.flush();

        assertThat(source()).isEqualTo(Source.REDIS);
        assertThat(source()).isEqualTo(Source.NEAR);
    }

    /** The reply was on its way when the change was made, and is here when the change has been told. */
    @Test
    void read_changedWhileTheReplyWasOnItsWay_isNotKept() throws Exception {
        other.read(() -> row);
        afterTheReply(this::writeElsewhere);

        assertThat(read()).isEqualTo(new LookupResult<>("old", Source.REDIS, true));
        assertThat(read().value()).isEqualTo("new");
    }

    @Test
    void read_gapWhileTheReplyWasOnItsWay_isNotKept() throws Exception {
        other.read(() -> row);
        afterTheReply(() -> {
            feed.cut();
            writeElsewhere();
            feed.mend();
        });

        assertThat(read().value()).isEqualTo("old");
        assertThat(read().value()).isEqualTo("new");
    }

    @Test
    void read_anythingMayHaveChangedWhileTheReplyWasOnItsWay_isNotKept() throws Exception {
        other.read(() -> row);
        afterTheReply(feed::flush);

        assertThat(source()).isEqualTo(Source.REDIS);
        assertThat(source()).isEqualTo(Source.REDIS);
    }

    /** Something in the course of which anything may fail. */
    private interface Step {
        void run() throws Exception;
    }

    private void afterTheReply(Step step) {
        store.after(call -> {
            if (call.equals("findEntry")) {
                store.behave();
                done(step);
            }
        });
    }

    @Test
    void read_lifeInTheStoreIsOver_isNotServed() throws Exception {
        other.read(() -> row);
        time.pass(Duration.ofMinutes(4));
        assertThat(source()).isEqualTo(Source.REDIS);
        time.pass(Duration.ofMinutes(1).minus(MOMENT));
        feed.prove();
        assertThat(source()).isEqualTo(Source.NEAR);

        time.pass(MOMENT);
        assertThat(source()).isEqualTo(Source.REPOSITORY);
    }

    @Test
    void write_ofThisNode_isSeenAtOnceThoughItsAnnouncementsAreOnTheirWay() throws Exception {
        bringNear();
        feed.hold();
        node.write(() -> row = "new");

        assertThat(read().value()).isEqualTo("new");
    }

    @Test
    void write_readBeforeItIsAnnounced_isNotServedNear() throws Exception {
        bringNear();
        feed.hold();
        before("begin", () -> assertThat(source()).isEqualTo(Source.REDIS));
        node.write(() -> row = "new");

        assertThat(read().value()).isEqualTo("new");
    }

    @Test
    void write_readWhileItsEndIsSentAndItsBeginningWasLost_isNotServedNear() throws Exception {
        bringNear();
        feed.hold();
        store.before(call -> {
            if (call.equals("begin")) {
                store.behave();
                before("end", () -> assertThat(source()).isEqualTo(Source.REDIS)); // and is near again
                throw new StoreException(Reason.TIMEOUT, "on demand");
            }
        });
        node.write(() -> row = "new");

        assertThat(read().value()).isEqualTo("new");
    }

    private void before(String name, Step step) {
        store.before(call -> {
            if (call.equals(name)) {
                store.behave();
                done(step);
            }
        });
    }

    private static void done(Step step) {
        try {
            step.run();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void evict_readWhileItIsSent_isNotServedNear() throws Exception {
        bringNear();
        feed.hold();
        before("evict", () -> assertThat(source()).isEqualTo(Source.REDIS)); // and is near again
        row = "new";
        node.engine.evict(node.binding, KEY);

        assertThat(read().value()).isEqualTo("new");
    }

    @Test
    void evict_programmatic_isSeenAtOnce() throws Exception {
        bringNear();
        feed.hold();
        row = "new";
        node.engine.evict(node.binding, KEY);

        assertThat(read().value()).isEqualTo("new");
    }

    @Test
    void put_programmatic_isSeenAtOnce() throws Exception {
        bringNear();
        feed.hold();
        node.engine.put(node.binding, KEY, "new");

        assertThat(read()).isEqualTo(new LookupResult<>("new", Source.REDIS, true));
    }

    @Test
    void evictAll_ofThisNode_isSeenAtOnce() throws Exception {
        bringNear();
        feed.hold();
        row = "new";
        node.engine.evict(KEY.space());

        assertThat(read().value()).isEqualTo("new");
    }

    @Test
    void evictAll_elsewhere_isHeard() throws Exception {
        bringNear();
        row = "new";
        other.engine.evict(KEY.space());

        assertThat(read().value()).isEqualTo("new");
    }

    @Test
    void write_inATransaction_isSeenInsideAtOnceAndOutsideFromTheCommit() throws Exception {
        bringNear();
        var transaction = node.transactions.begin();
        node.write(() -> {});
        assertThat(node.engine.read(node.binding, KEY, () -> "new").value()).isEqualTo("new");

        node.transactions.suspend();
        assertThat(source()).isEqualTo(Source.NEAR);
        node.transactions.resume(transaction);
        feed.hold();
        node.transactions.commit(() -> {
            var committing = node.transactions.suspend();
            done(() -> assertThat(source()).as("gone before the commit").isEqualTo(Source.REPOSITORY));
            node.transactions.resume(committing);
            row = "new";
        });

        assertThat(read().value()).isEqualTo("new");
    }

    @Test
    void read_inATransactionThatHasNotWrittenIt_isServedNear() throws Exception {
        bringNear();
        node.transactions.begin();

        assertThat(source()).isEqualTo(Source.NEAR);
    }

    @Test
    void write_storeIsAway_isSeenAtOnce() throws Exception {
        bringNear();
        store.fail(Reason.TIMEOUT);
        node.write(() -> row = "new");

        assertThat(read()).isEqualTo(new LookupResult<>("new", Source.REPOSITORY, false));
    }

    @Test
    void read_switchedOffAtRunTime_passesItBy() throws Exception {
        bringNear();
        node.enabled = false;
        row = "new";

        assertThat(read()).isEqualTo(new LookupResult<>("new", Source.REPOSITORY, false));
    }

    @Test
    void near_switchedOffAndOnAtRunTime_isPassedByMeanwhile() throws Exception {
        bringNear();
        settings = new NearSettings(false, 100, STALENESS);
        assertThat(source()).isEqualTo(Source.REDIS);
        assertThat(source()).isEqualTo(Source.REDIS);

        settings = new NearSettings(true, 100, STALENESS);
        assertThat(source()).isEqualTo(Source.NEAR);
    }

    @Test
    void read_otherStalenessAtRunTime_counts() throws Exception {
        bringNear();
        time.pass(Duration.ofSeconds(1));
        settings = new NearSettings(true, 100, Duration.ofMillis(999));

        assertThat(source()).isEqualTo(Source.REDIS);
    }

    @Test
    void read_fewerEntriesAtRunTime_areKept() throws Exception {
        bringNear();
        settings = new NearSettings(true, 0, STALENESS);
        assertThat(source()).isEqualTo(Source.NEAR);
        node.near.sweep();

        assertThat(source()).isEqualTo(Source.REDIS);
        assertThat(source()).isEqualTo(Source.REDIS);
    }

    /** Some sources of settings need a thread of the application, and the sweep has none. */
    @Test
    void sweep_readsNoSettings() {
        AtomicInteger readings = new AtomicInteger();
        node.near.of(KeySpace.of("swept", ""), () -> {
            readings.incrementAndGet();
            return settings;
        });
        int before = readings.get();
        node.near.sweep();
        node.engine.recover();

        assertThat(readings).hasValue(before);
    }

    @Test
    void sweep_whatIsStillTrue_stays() throws Exception {
        bringNear();
        node.near.sweep();
        assertThat(source()).isEqualTo(Source.NEAR);
    }

    @Test
    void changes_unheard_areToldOnceAMinuteAndWhenTheyAreHeardAgain() throws Exception {
        feed.cut();
        assertThat(told()).as("it may be back in a moment").isEmpty();
        feed.fail();
        assertThat(told()).containsExactly("unheard");
        feed.fail();
        assertThat(told()).containsExactly("unheard");
        time.pass(Duration.ofMinutes(1));
        assertThat(told()).containsExactly("unheard", "unheard");
        feed.mend();
        assertThat(told()).containsExactly("unheard", "unheard", "heard");
        feed.cut();
        feed.mend();
        assertThat(told()).containsExactly("unheard", "unheard", "heard");
    }

    /** Callers that are served near ask the store nothing, so the background asks it. */
    @Test
    void storeBack_callersAreServedNear_isTold() throws Exception {
        bringNear();
        store.fail(Reason.TIMEOUT);
        EntryKey another = KEY.space().key("another");
        node.engine.read(node.binding, another, () -> row);
        time.pass(MOMENT);
        node.engine.read(node.binding, another, () -> row);
        assertThat(told()).containsExactly("lost");
        store.behave();
        assertThat(source()).isEqualTo(Source.NEAR);
        assertThat(told()).as("a moment later it may fail again").containsExactly("lost");
        time.pass(Duration.ofSeconds(1));
        assertThat(source()).isEqualTo(Source.NEAR);

        assertThat(told()).containsExactly("lost", "back");
    }

    /** Only the writes of callers show what a full Redis takes. */
    @Test
    void storeBack_itRefused_isLeftToCallers() throws Exception {
        bringNear();
        store.fail(Reason.NOT_NOW);
        EntryKey another = KEY.space().key("another");
        node.engine.read(node.binding, another, () -> row);
        node.engine.read(node.binding, another, () -> row);
        store.behave();
        time.pass(Duration.ofSeconds(1));

        assertThat(told()).containsExactly("lost");
    }

    private List<String> told() {
        node.engine.recover();
        return node.events.all();
    }

    @Test
    void near_storeCannotBeHeardAtFirst_isTriedAgain() throws Exception {
        Node late = new Node(store, time, RETRY, () -> settings);
        store.failAt("hear");
        new ResilientTask(late.engine::recover).run();
        store.behave();
        late.engine.recover();
        late.read(() -> row);
        late.read(() -> row);
        late.read(() -> row);

        assertThat(late.cache.counters().of(Event.NEAR_HIT)).isEqualTo(1);
    }

    /** Another cache is opened while the first one is in use: its changes are not heard yet. */
    @Test
    void near_oneMoreCache_keepsNothingUntilItIsHeard() throws Exception {
        bringNear();
        KeySpace later = KeySpace.of("later", "");
        Cache cache = new Cache("later", Settings::cache, new CacheCounters(), node.near.of(later, () -> settings));
        CacheBinding<String> binding =
                new CacheBinding<>(cache, node.binding.codec(), EntryFormat.none(), node.binding.ttl());
        EntryKey key = later.key("1");
        node.engine.read(binding, key, () -> row);
        node.engine.find(binding, key);
        row = "new";
        other.engine.evict(key);

        assertThat(node.engine.read(binding, key, () -> row).value()).isEqualTo("new");
        node.engine.recover();
        node.engine.find(binding, key);
        assertThat(node.engine.read(binding, key, () -> row).source()).isEqualTo(Source.NEAR);
    }

    /** It is memory that it works with, and that may be all gone. */
    @Test
    void near_mapFails_isPassedBy() throws Exception {
        NearCaches failing = new NearCaches(new FailingStores(), node.events, time);
        NearCache near = failing.of(KEY.space(), () -> settings);
        failing.tuneIn(memory);
        Cache cache = new Cache("c", Settings::cache, new CacheCounters(), near);
        CacheBinding<String> binding =
                new CacheBinding<>(cache, node.binding.codec(), EntryFormat.none(), node.binding.ttl());

        assertThat(node.engine.read(binding, KEY, () -> row).source()).isEqualTo(Source.REPOSITORY);
        assertThat(node.engine.read(binding, KEY, () -> row).source()).isEqualTo(Source.REDIS);
        assertThat(node.engine.find(binding, KEY).value()).isEqualTo(row);
    }

    @Test
    void near_settingsFail_isPassedBy() throws Exception {
        bringNear();
        settings = null;

        assertThat(source()).isEqualTo(Source.REDIS);
    }

    /** Maps for which there is no memory. */
    private static final class FailingStores implements NearStore.Maker {

        @Override
        public <E> NearStore<E> holding(long entries) {
            return new NearStore<>() {
                @Override
                public E find(Object name) {
                    throw new OutOfMemoryError("on demand");
                }

                @Override
                public void put(Object name, E entry) {
                    throw new OutOfMemoryError("on demand");
                }

                @Override
                public void limit(long most) {
                    throw new IllegalStateException("on demand");
                }

                @Override
                public long size() {
                    throw new IllegalStateException("on demand");
                }

                @Override
                public void removeIf(Predicate<E> doomed) {
                    throw new IllegalStateException("on demand");
                }
            };
        }
    }

    /** Redis refuses prefixes of which one begins with the other. */
    @Test
    void listening_prefixesWithinPrefixes_areHeardOnce() {
        InvalidationTracker invalidationTracker = new InvalidationTracker(node.events, () -> STALENESS, time);
        Set<String> wanted = Set.of("provider:", "provider:conn:", "prov", "books:");
        wanted.forEach(prefix -> invalidationTracker.want(Set.of(prefix), 1));
        assertThat(invalidationTracker.wanted()).isEqualTo(wanted);
        Set<String> heard = InvalidationTracker.outermost(wanted);

        assertThat(heard).containsExactlyInAnyOrder("prov", "books:");
        invalidationTracker.began(heard, 0);
        assertThat(invalidationTracker.isLive()).isTrue();
        invalidationTracker.began(Set.of("books:", "provider:"), 0);
        assertThat(invalidationTracker.isLive()).isFalse();
    }

    /** Its changes are heard with those of the other one already. */
    @Test
    void near_cacheOpenedWithinAnothersPrefix_isNearAndSoIsTheOther() throws Exception {
        bringNear();
        KeySpace inner = KeySpace.of("c:d", "");
        NearCache opened = node.near.of(inner, () -> settings);

        assertThat(opened.version(inner.key("1"))).isNotNull();
        assertThat(source()).isEqualTo(Source.NEAR);
    }

    /** Text between quotes, whose values may be shared. */
    private static final class SharedTextCodec implements ValueCodec<String> {

        private final ValueCodec<String> codec = new io.cachedconnection.testing.TextCodec();

        @Override
        public boolean isShareable() {
            return true;
        }

        @Override
        public byte[] encode(String value) throws UnreadableValueException {
            return codec.encode(value);
        }

        @Override
        public String decode(byte[] payload) throws UnreadableValueException {
            return codec.decode(payload);
        }
    }
}
