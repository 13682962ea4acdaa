package io.cachedconnection.internal.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.internal.redis.TimeoutAttribution.GracePeriod;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class GracePeriodTest {

    private static final long DEADLINE = 1_000;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final GracePeriod gracePeriod = new GracePeriod(DEADLINE);

    @Test
    void goesOn_lookedInTimeAndNothingArrived_isOver() {
        assertThat(gracePeriod.goesOn(DEADLINE, false)).isFalse();
    }

    @Test
    void goesOn_replyHasArrived_untilItIsReadOrAMomentIsOver() {
        long now = DEADLINE;
        int looks = 0;
        for (; gracePeriod.goesOn(now, true); now += GracePeriod.PAUSE) {
            looks++;
        }

        assertThat(looks).isBetween(5, 20);
    }

    /** The process was stopped, so its threads have not had the chance to see that Redis answered. */
    @Test
    void goesOn_lookedLate_looksAgain() {
        long now = DEADLINE + SECOND;
        assertThat(gracePeriod.goesOn(now, false)).isTrue();
        assertThat(gracePeriod.goesOn(now + GracePeriod.PAUSE, false)).isTrue();

        assertThat(gracePeriod.goesOn(now + 2 * GracePeriod.PAUSE, false)).isFalse();
    }
}
