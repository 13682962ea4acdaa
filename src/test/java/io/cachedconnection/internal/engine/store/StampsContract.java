package io.cachedconnection.internal.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.internal.engine.store.KeySpace.KeyNames;
import io.cachedconnection.internal.engine.store.LeaseResult.Verdict;
import io.cachedconnection.internal.engine.store.RemoteStore.LeaseRequest;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every remote store does with entries that carry the stamps of their tags. */
public abstract class StampsContract {

    protected static final long NANOS = TimeUnit.SECONDS.toNanos(5);

    /** How old a transaction is at most, in the store under test: long enough for a busy machine. */
    protected static final Duration MAX_TRANSACTION_AGE = Duration.ofSeconds(3);

    private static final Duration LIFE = Duration.ofMinutes(1);

    private EntryKey tag;
    private EntryKey ofCache;
    private EntryKey page; // with two tags
    private EntryKey count; // with the same
    private EntryKey other; // of the same cache, without the tag
    private KeySpace ofTags;

    @Test
    void isUntouched_aTagIsWritten_isNot() {
        pass(Duration.ofMillis(1500));
        assertThat(store().isUntouched(page, Duration.ofMillis(500), NANOS)).isTrue();

        store().begin(tag, "w", NANOS);
        assertThat(store().isUntouched(page, Duration.ofMillis(500), NANOS)).isFalse();
        assertThat(store().isUntouched(other, Duration.ofMillis(500), NANOS)).isTrue();

        store().end(tag, "w", Outcome.COMMITTED, NANOS);
        assertThat(store().isUntouched(page, Duration.ofMillis(1500), NANOS)).isFalse();
    }

    @Test
    void isUntouched_allTagsAreWritten_isNot() {
        pass(Duration.ofMillis(1500));
        store().beginAll(ofTags, "w", NANOS);

        assertThat(store().isUntouched(page, Duration.ofMillis(500), NANOS)).isFalse();
    }

    protected abstract RemoteStore store();

    /** Lets the store's time pass. */
    protected abstract void pass(Duration time);

    @BeforeEach
    void freshTags() {
        String application = "t" + UUID.randomUUID();
        ofTags = KeySpace.ofTags(application, KeyNames.clear());
        KeySpace space = KeySpace.of("pages", application).stamped(ofTags, false);
        tag = ofTags.key("customer:1");
        ofCache = (EntryKey) space.all();
        page = space.key("1:0").with(List.of(tag));
        count = space.key("count:1").with(List.of(tag));
        other = space.key("2:0");
    }

    /** An entry of this value, with room for the stamps of {@code key}. */
    private static StoredEntry entry(EntryKey key, int value) {
        byte[] payload = new byte[Stamps.PLACE + 1 + key.tags().size() * Stamps.BYTES + 1];
        payload[0] = Stamps.MAGIC;
        payload[1] = Stamps.VERSION;
        payload[Stamps.PLACE] = (byte) key.tags().size();
        payload[payload.length - 1] = (byte) value;
        return new StoredEntry(payload, LIFE);
    }

    private LeaseResult acquire(EntryKey key, String token, Duration settle) {
        return store().acquire(key, new LeaseRequest(token, settle, LIFE, LIFE), NANOS);
    }

    private Verdict verdict(EntryKey key, Duration settle) {
        return acquire(key, "V" + UUID.randomUUID(), settle).verdict();
    }

    private boolean fill(EntryKey key, String token, LeaseResult lease, int value) {
        return store().fill(key, token, entry(key, value).with(lease.stamps()), NANOS);
    }

    private void filled(EntryKey key, int value) {
        LeaseResult lease = acquire(key, "L1", Duration.ZERO);
        assertThat(lease.verdict()).isEqualTo(Verdict.LEASED);
        assertThat(fill(key, "L1", lease, value)).isTrue();
        assertThat(value(key)).isEqualTo(value);
    }

    /** What a lookup finds under {@code key}; 0 for nothing. */
    private int value(EntryKey key) {
        byte[] found = store().find(key, NANOS);
        StoredEntry entry = store().findEntry(key, NANOS);
        assertThat(store().contains(key, NANOS)).isEqualTo(found != null);
        assertThat(entry == null ? null : entry.payload()).isEqualTo(found);
        return found == null ? 0 : found[found.length - 1];
    }

    @Test
    void evict_aTag_outdatesItsEntriesAndNoOthers() {
        filled(page, 1);
        filled(count, 2);
        filled(other, 3);

        assertThat(store().evict(tag, NANOS)).isTrue();

        assertThat(value(page)).isZero();
        assertThat(value(count)).isZero();
        assertThat(value(other)).isEqualTo(3);
        filled(page, 4);
    }

    @Test
    void evict_theTagOfTheCache_outdatesAllOfIt() {
        filled(page, 1);
        filled(other, 2);

        assertThat(store().evict(ofCache, NANOS)).isTrue();

        assertThat(value(page)).isZero();
        assertThat(value(other)).isZero();
        filled(other, 3);
    }

    @Test
    void begin_ofATag_fencesItsEntriesUntilItEnds() {
        filled(page, 1);
        pass(Duration.ofMillis(1));

        store().begin(tag, "W1", NANOS);
        assertThat(value(page)).isZero();
        assertThat(verdict(page, Duration.ZERO)).isEqualTo(Verdict.FENCED);
        assertThat(verdict(other, Duration.ZERO)).isEqualTo(Verdict.LEASED);

        store().end(tag, "W1", Outcome.COMMITTED, NANOS);
        assertThat(verdict(page, Duration.ofSeconds(1))).isEqualTo(Verdict.OLD);
        filled(page, 2);
    }

    @Test
    void begin_ofTheTagOfTheCache_fencesAllOfIt() {
        store().begin(ofCache, "W1", NANOS);
        assertThat(verdict(page, Duration.ZERO)).isEqualTo(Verdict.FENCED);
        assertThat(verdict(other, Duration.ZERO)).isEqualTo(Verdict.FENCED);

        store().end(ofCache, "W1", Outcome.COMMITTED, NANOS);
        filled(other, 1);
    }

    @Test
    void fill_tagEvictedWhileLoading_isNotServed() {
        LeaseResult lease = acquire(page, "L1", Duration.ZERO);
        store().evict(tag, NANOS);

        assertThat(fill(page, "L1", lease, 1)).isFalse();
        assertThat(value(page)).isZero();
        filled(page, 2);
    }

    @Test
    void fill_tagWrittenWhileLoading_isNotServed() {
        LeaseResult lease = acquire(page, "L1", Duration.ZERO);
        store().begin(tag, "W1", NANOS);
        store().end(tag, "W1", Outcome.COMMITTED, NANOS);
        LeaseResult next = acquire(count, "L2", Duration.ZERO); // gives the tag another stamp

        assertThat(next.verdict()).isEqualTo(Verdict.LEASED);
        assertThat(fill(page, "L1", lease, 1)).isFalse();
        assertThat(value(page)).isZero();
    }

    @Test
    void fill_stampLostWhileLoading_isNotServed() {
        LeaseResult lease = acquire(page, "L1", Duration.ZERO);
        store().remove(tag, NANOS);

        assertThat(fill(page, "L1", lease, 1)).isFalse();
        assertThat(value(page)).isZero();
    }

    @Test
    void find_stampLost_isNullAndTheNextIsStored() {
        filled(page, 1);

        store().remove(ofCache, NANOS);

        assertThat(value(page)).isZero();
        filled(page, 2);
    }

    @Test
    void acquire_outdatedValueThere_isLeasedAndNotGiven() {
        filled(page, 1);
        store().evict(tag, NANOS);

        LeaseResult lease = acquire(page, "L2", Duration.ZERO);

        assertThat(lease.verdict()).isEqualTo(Verdict.LEASED);
        assertThat(fill(page, "L2", lease, 2)).isTrue();
        LeaseResult present = acquire(page, "L3", Duration.ZERO);
        assertThat(present.verdict()).isEqualTo(Verdict.PRESENT);
        assertThat(present.payload()).isEqualTo(store().find(page, NANOS));
    }

    @Test
    void acquire_twiceOfAnOutdatedValue_isForOneOnly() {
        filled(page, 1);
        store().evict(tag, NANOS);

        assertThat(verdict(page, Duration.ZERO)).isEqualTo(Verdict.LEASED);
        assertThat(verdict(page, Duration.ZERO)).isEqualTo(Verdict.BUSY);
    }

    /** One whose method has other tags now. */
    @Test
    void find_otherNumberOfTags_isNull() {
        filled(page, 1);

        assertThat(value(page.space().key("1:0"))).isZero();
        assertThat(value(page.with(List.of(ofTags.key("status:active"))))).isZero();
    }

    @Test
    void endWith_alone_storesItUnderItsTags() {
        store().begin(page, "W1", NANOS);
        pass(Duration.ofMillis(1));

        assertThat(store().endWith(page, "W1", Duration.ZERO, entry(page, 1), NANOS))
                .isTrue();
        assertThat(value(page)).isEqualTo(1);

        store().evict(tag, NANOS);
        assertThat(value(page)).isZero();
    }

    @Test
    void endWith_tagWrittenMeanwhile_leavesNothing() {
        store().begin(page, "W1", NANOS);
        store().begin(tag, "W2", NANOS);
        assertThat(store().endWith(page, "W1", Duration.ZERO, entry(page, 1), NANOS))
                .isFalse();
        assertThat(value(page)).isZero();

        store().begin(page, "W3", NANOS);
        pass(Duration.ofMillis(1));
        store().end(tag, "W2", Outcome.COMMITTED, NANOS);
        assertThat(store().endWith(page, "W3", Duration.ZERO, entry(page, 1), NANOS))
                .isFalse();
        assertThat(value(page)).isZero();
    }

    @Test
    void endWith_tagEvictedWhenItsTransactionMayHaveRead_leavesNothing() {
        store().evict(tag, NANOS);
        store().begin(page, "W1", NANOS);
        pass(Duration.ofMillis(1));

        assertThat(store().endWith(page, "W1", Duration.ofSeconds(1), entry(page, 1), NANOS))
                .isFalse();
        assertThat(value(page)).isZero();
    }

    @Test
    void begin_ofATagWhoseWriterDies_fencesAndCountsAsEvictedThen() {
        store().begin(tag, "W1", NANOS);
        pass(MAX_TRANSACTION_AGE.plusMillis(50));

        assertThat(verdict(page, Duration.ofSeconds(1))).isEqualTo(Verdict.OLD);
        filled(page, 1);
    }

    @Test
    void end_ofATagAfterItsDeadline_stillEvicts() {
        store().begin(tag, "W1", NANOS);
        pass(MAX_TRANSACTION_AGE.plusMillis(50));
        filled(page, 1);

        store().end(tag, "W1", Outcome.COMMITTED, NANOS);

        assertThat(value(page)).isZero();
    }

    /** What becomes of a journal that has no room for more tags. */
    @Test
    void endAll_ofTags_outdatesAllThatHaveSome() {
        filled(page, 1);
        filled(other, 2);
        LeaseResult lease = acquire(count, "L2", Duration.ZERO);

        store().beginAll(ofTags, "W1", NANOS);
        assertThat(verdict(page, Duration.ZERO)).isEqualTo(Verdict.FENCED);
        store().endAll(ofTags, "W1", Outcome.COMMITTED, NANOS);

        assertThat(fill(count, "L2", lease, 1)).isFalse();
        assertThat(value(page)).isZero();
        assertThat(value(other)).isZero();
        assertThat(verdict(page, Duration.ofSeconds(1))).isEqualTo(Verdict.OLD);
        filled(page, 3);
    }

    /** Nodes that know nothing of stamps evict all of a cache so. */
    @Test
    void endAll_ofTheCache_outdatesAllOfIt() {
        filled(page, 1);
        LeaseResult lease = acquire(count, "L2", Duration.ZERO);

        store().beginAll(page.space(), "W1", NANOS);
        assertThat(verdict(page, Duration.ZERO)).isEqualTo(Verdict.FENCED);
        store().endAll(page.space(), "W1", Outcome.COMMITTED, NANOS);

        assertThat(fill(count, "L2", lease, 1)).isFalse();
        assertThat(value(page)).isZero();
        filled(page, 2);
    }
}
