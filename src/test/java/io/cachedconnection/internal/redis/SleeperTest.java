package io.cachedconnection.internal.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How long the pauses are. */
class SleeperTest {

    private final InvalidationStream.ReconnectDelay backoff = new InvalidationStream.ReconnectDelay();

    private long millisAfter(long worked) {
        backoff.after(worked);
        return TimeUnit.NANOSECONDS.toMillis(backoff.next());
    }

    @Test
    void next_beforeTheFirstAttempt_isNone() {
        assertThat(backoff.next()).isZero();
    }

    @Test
    void next_attemptsFail_growsUpToALimit() {
        assertThat(new long[] {millisAfter(0), millisAfter(0), millisAfter(0)}).containsExactly(50, 100, 200);
        for (int i = 0; i < 100; i++) {
            backoff.after(0);
        }

        assertThat(millisAfter(0)).isEqualTo(2000);
    }

    @Test
    void next_attemptsWorkForAMoment_growsAsIfTheyFailed() {
        long moment = TimeUnit.SECONDS.toNanos(1);

        assertThat(new long[] {millisAfter(moment), millisAfter(moment), millisAfter(moment)})
                .containsExactly(50, 100, 200);
    }

    @Test
    void next_attemptHasWorkedForAWhile_isShortAgain() {
        backoff.after(0);
        backoff.after(0);

        assertThat(millisAfter(TimeUnit.SECONDS.toNanos(10))).isEqualTo(50);
    }
}
