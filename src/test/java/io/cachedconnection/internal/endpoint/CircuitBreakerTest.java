package io.cachedconnection.internal.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.internal.endpoint.RedisSettings.CircuitBreakerSettings;
import io.cachedconnection.internal.engine.FakeTime;
import io.cachedconnection.testing.Started;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {

    private static final Duration OPEN_FOR = Duration.ofSeconds(2);

    private final FakeTime time = new FakeTime();
    private final CircuitBreaker breaker = new CircuitBreaker(new CircuitBreakerSettings(3, OPEN_FOR), time);

    /** A call begins, and fails. */
    private boolean fails() {
        return breaker.failed(time.getAsLong());
    }

    private void fail(int times) {
        IntStream.range(0, times).forEach(i -> fails());
    }

    @Test
    void failed_lessThanItBears_staysClosed() {
        fail(2);

        assertThat(breaker.isOpen()).isFalse();
        assertThat(breaker.isProbeDue()).isFalse();
    }

    @Test
    void failed_asOftenAsItBears_opensAndSaysSoOnce() {
        fail(2);

        assertThat(fails()).isTrue();
        assertThat(breaker.isOpen()).isTrue();
        assertThat(fails()).isFalse();
    }

    /** Five of a crowd are not five in a row. */
    @Test
    void failed_callsThatOverlap_countOnce() {
        long since = time.getAsLong();
        time.pass(Duration.ofMillis(100));
        for (int i = 0; i < 10; i++) {
            assertThat(breaker.failed(since)).isFalse();
        }
        assertThat(breaker.isOpen()).isFalse();
        fail(2);

        assertThat(breaker.isOpen()).isTrue();
    }

    @Test
    void failed_answersInBetween_startsAnew() {
        fail(2);
        breaker.answered();
        fail(2);

        assertThat(breaker.isOpen()).isFalse();
    }

    @Test
    void answered_open_isTheAnswerToAnOldQuestion() {
        fail(3);
        breaker.answered();

        assertThat(breaker.isOpen()).isTrue();
    }

    @Test
    void isProbeDue_open_onceInEachOpenFor() {
        fail(3);
        assertThat(breaker.isProbeDue()).isFalse();

        time.pass(OPEN_FOR);
        assertThat(breaker.isProbeDue()).isTrue();
        assertThat(breaker.isProbeDue()).isFalse();
        time.pass(OPEN_FOR.minusNanos(1));
        assertThat(breaker.isProbeDue()).isFalse();
        time.pass(Duration.ofNanos(1));
        assertThat(breaker.isProbeDue()).isTrue();
    }

    @Test
    void isProbeDue_manyAsk_oneIsToldSo() {
        fail(3);
        time.pass(OPEN_FOR);
        CountDownLatch start = new CountDownLatch(1);
        List<Started<Boolean>> callers = IntStream.range(0, 8)
                .mapToObj(i -> Started.of(() -> {
                    start.await();
                    return breaker.isProbeDue();
                }))
                .toList();
        start.countDown();

        assertThat(callers.stream().map(Started::result)).containsOnlyOnce(true);
    }

    @Test
    void close_probeAnswered_letsCallersBackAFewAtATime() {
        assertThat(breaker.isRecovering()).isFalse();
        fail(3);
        breaker.close();
        assertThat(breaker.isRecovering()).isTrue();
        int atATime = entering();
        assertThat(atATime).isLessThan(5);
        answer(atATime);
        int later = entering();
        assertThat(later).isGreaterThan(atATime).isLessThan(10);
        answer(later);

        breaker.failed(time.getAsLong());
        assertThat(entering()).isEqualTo(atATime); // it was too soon for more
        answer(atATime);
        while (breaker.isRecovering()) {
            answer(entering());
        }
        assertThat(entering()).isGreaterThan(200);
    }

    private int entering() {
        int entered = 0;
        while (breaker.enter()) {
            entered++;
        }
        return entered;
    }

    private void answer(int times) {
        for (int i = 0; i < times; i++) {
            breaker.answered();
            breaker.leave();
        }
    }

    @Test
    void close_probeAnswered_bearsFailuresAnew() {
        fail(5);
        breaker.close();
        assertThat(breaker.isOpen()).isFalse();
        fail(2);
        assertThat(breaker.isOpen()).isFalse();

        assertThat(fails()).isTrue();
    }
}
