package io.cachedconnection.internal.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OvertimeTest {

    private static final long DEADLINE = 1_000;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Overtime overtime = new Overtime(DEADLINE);

    @Test
    void goesOn_lookedInTimeAndNothingArrived_isOver() {
        assertThat(overtime.goesOn(DEADLINE, false)).isFalse();
    }

    @Test
    void goesOn_replyHasArrived_untilItIsReadOrAMomentIsOver() {
        long now = DEADLINE;
        int looks = 0;
        for (; overtime.goesOn(now, true); now += Overtime.PAUSE) {
            looks++;
        }

        assertThat(looks).isBetween(5, 20);
    }

    /** The process was stopped, so its threads have not had the chance to see that Redis answered. */
    @Test
    void goesOn_lookedLate_looksAgain() {
        long now = DEADLINE + SECOND;
        assertThat(overtime.goesOn(now, false)).isTrue();
        assertThat(overtime.goesOn(now + Overtime.PAUSE, false)).isTrue();

        assertThat(overtime.goesOn(now + 2 * Overtime.PAUSE, false)).isFalse();
    }
}
