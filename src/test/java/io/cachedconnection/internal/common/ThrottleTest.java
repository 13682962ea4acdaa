package io.cachedconnection.internal.common;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.internal.engine.FakeTime;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ThrottleTest {

    private final FakeTime time = new FakeTime();
    private final Throttle throttle = new Throttle(Duration.ofMinutes(1), time);

    @Test
    void permits_firstTime_isTrue() {
        assertThat(throttle.permits()).isTrue();
    }

    @Test
    void permits_withinTheInterval_isFalse() {
        throttle.permits();
        time.pass(Duration.ofSeconds(59));

        assertThat(throttle.permits()).isFalse();
    }

    @Test
    void permits_afterTheInterval_isTrueOnce() {
        throttle.permits();
        time.pass(Duration.ofMinutes(1));

        assertThat(throttle.permits()).isTrue();
        assertThat(throttle.permits()).isFalse();
    }

    @Test
    void permits_askedByMany_letsOneThrough() {
        long through = IntStream.range(0, 10_000)
                .parallel()
                .filter(each -> throttle.permits())
                .count();

        assertThat(through).isEqualTo(1);
    }
}
