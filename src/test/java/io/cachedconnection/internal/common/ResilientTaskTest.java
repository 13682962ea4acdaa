package io.cachedconnection.internal.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ResilientTaskTest {

    @Test
    void run_aRoundThrows_theNextOneComes() throws InterruptedException {
        ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1);
        CountDownLatch rounds = new CountDownLatch(3);
        try {
            var periodic = clock.scheduleWithFixedDelay(
                    new ResilientTask(() -> {
                        rounds.countDown();
                        throw new NoClassDefFoundError("on demand");
                    }),
                    0,
                    1,
                    TimeUnit.MILLISECONDS);

            assertThat(rounds.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(periodic.isDone()).isFalse();
        } finally {
            clock.shutdownNow();
        }
    }
}
