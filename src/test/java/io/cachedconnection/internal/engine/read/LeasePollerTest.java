package io.cachedconnection.internal.engine.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.internal.common.Histogram;
import io.cachedconnection.internal.engine.FakeTime;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.LeaseResult;
import io.cachedconnection.internal.engine.store.LeaseResult.Verdict;
import io.cachedconnection.internal.engine.store.ProtocolSettings;
import io.cachedconnection.testing.Settings;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How often a node asks, and when, while another one loads. */
class LeasePollerTest {

    private static final EntryKey KEY = KeySpace.of("c", "").key("1");
    private static final Duration LOAD = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(20);

    private final FakeTime time = new FakeTime();
    private final ProtocolSettings protocol = Settings.protocol(Duration.ofMillis(100));
    private final LeasePoller leasePoller = poller();
    private int asked;

    private LeasePoller poller() {
        return new LeasePoller(protocol.leaseWait(), time, length -> {
            time.pass(Duration.ofNanos(length));
            return true;
        });
    }

    /** How long a wait takes for a load that takes {@code load}. */
    private Duration waited(Duration load) {
        return waited(leasePoller, load);
    }

    private Duration waited(LeasePoller how, Duration load) {
        asked = 0;
        long start = time.getAsLong();
        how.whileBusy(KEY, Histogram.ofTimes(), () -> {
            asked++;
            return LeaseResult.of(time.getAsLong() - start < load.toNanos() ? Verdict.BUSY : Verdict.PRESENT);
        });
        return Duration.ofNanos(time.getAsLong() - start);
    }

    @Test
    void whileBusy_unknownLoad_asksAtGrowingIntervals() {
        assertThat(waited(LOAD)).isBetween(LOAD, LOAD.plus(LONGEST_PAUSE));
        assertThat(asked).isEqualTo(8);
    }

    @Test
    void whileBusy_knownLoad_asksSeldomerAndWhenItIsDue() {
        leasePoller.took(KEY, LOAD.toNanos());

        assertThat(waited(LOAD)).isEqualTo(LOAD);
        assertThat(asked).isEqualTo(4);
        assertThat(waited(LOAD.plusMillis(5))).isBetween(LOAD.plusMillis(5), LOAD.plusMillis(7));
        assertThat(asked).isEqualTo(6);
    }

    @Test
    void whileBusy_loadThatIsNotAsUsual_asksAtMostOnceMore() {
        for (int millis = 0; millis < 400; millis += 3) {
            Duration load = Duration.ofMillis(millis);
            waited(poller(), load);
            int unknown = asked;
            for (int usual = 1; usual < 400; usual += 7) {
                LeasePoller known = poller();
                known.took(KEY, Duration.ofMillis(usual).toNanos());

                assertThat(waited(known, load)).isLessThanOrEqualTo(load.plus(LONGEST_PAUSE));
                assertThat(asked).isLessThanOrEqualTo(unknown + 1);
            }
        }
    }

    @Test
    void whileBusy_loadThatWasFasterThanUsual_isSeenWithinTheLongestPause() {
        leasePoller.took(KEY, Duration.ofSeconds(5).toNanos());

        assertThat(waited(LOAD)).isLessThanOrEqualTo(LOAD.plus(LONGEST_PAUSE));
    }

    @Test
    void took_otherLoads_isAdaptedTo() {
        leasePoller.took(KEY, Duration.ofSeconds(5).toNanos());
        for (int i = 0; i < 30; i++) {
            leasePoller.took(KEY, LOAD.toNanos());
        }

        assertThat(waited(LOAD)).isLessThan(LOAD.plusMillis(4));
    }

    @Test
    void whileBusy_longerThanLeaseWait_givesUp() {
        assertThat(waited(Duration.ofHours(1)))
                .isBetween(protocol.leaseWait(), protocol.leaseWait().plus(LONGEST_PAUSE));
    }
}
