package io.cachedconnection.internal.engine.near;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.internal.engine.near.NearCache.NearEntry;
import io.cachedconnection.internal.engine.near.NearCache.ReadVersion;
import io.cachedconnection.internal.engine.store.StoredEntry;
import io.cachedconnection.testing.TextCodec;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** When an entry is worth something. */
class NearEntryTest {

    private static final long EPOCH = 7;

    private final VersionStripes versionStripes = new VersionStripes(10);
    private final int stripe = versionStripes.stripe("c:1");
    private final NearEntry entry = new NearEntry(
            new TextCodec(),
            new ReadVersion(new int[] {stripe}, 0, EPOCH, 0),
            new StoredEntry(new byte[] {1}, Duration.ofSeconds(1)),
            "value");

    @Test
    void entry_asItWas_isUnchanged() {
        assertThat(entry.isUnchanged(versionStripes, () -> EPOCH)).isTrue();
    }

    @Test
    void entry_changedOrofAnEarlierEpoch_isNot() {
        assertThat(entry.isUnchanged(versionStripes, () -> EPOCH + 1)).isFalse();
        versionStripes.count("c:1");
        assertThat(entry.isUnchanged(versionStripes, () -> EPOCH)).isFalse();
    }

    /**
     * The counters may be replaced by new ones, and then the epoch is another one. Were the epoch looked at before them, an entry
     * that is old could look unchanged to the new ones, in the epoch that has just ended.
     */
    @Test
    void entry_old_isFoundOutByTheCountersBeforeTheEpoch() {
        AtomicInteger asked = new AtomicInteger();
        versionStripes.count("c:1");
        entry.isUnchanged(versionStripes, () -> asked.incrementAndGet());

        assertThat(asked).hasValue(0);
    }

    @Test
    void entry_lifeIsOver_isOver() {
        assertThat(entry.isOver(Duration.ofSeconds(1).toNanos() - 1)).isFalse();
        assertThat(entry.isOver(Duration.ofSeconds(1).toNanos())).isTrue();
    }
}
