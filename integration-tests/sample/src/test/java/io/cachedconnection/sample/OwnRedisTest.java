package io.cachedconnection.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The Redis that the sample starts itself: stopped, started again, ended. */
class OwnRedisTest {

    @AfterEach
    void end() {
        OwnRedis.end();
    }

    @Test
    void stoppedAndStarted_keepsItsAddress() {
        String uri = OwnRedis.uri();
        assertThat(OwnRedis.isAt(uri)).isTrue();
        assertThat(OwnRedis.isRunning()).isTrue();

        assertThat(OwnRedis.stop()).isTrue();
        assertThat(OwnRedis.isRunning()).isFalse();
        assertThat(OwnRedis.uri()).isEqualTo(uri); // and does not start it
        assertThat(OwnRedis.isRunning()).isFalse();

        assertThat(OwnRedis.start()).isTrue();
        assertThat(OwnRedis.isRunning()).isTrue();
        assertThat(OwnRedis.uri()).isEqualTo(uri);
    }

    @Test
    void twice_isAsGoodAsOnce() {
        OwnRedis.uri();

        assertThat(OwnRedis.start()).isTrue();
        assertThat(OwnRedis.stop()).isTrue();
        assertThat(OwnRedis.stop()).isTrue();
        assertThat(OwnRedis.isRunning()).isFalse();
    }

    @Test
    void manyAtOnce_agree() throws Exception {
        OwnRedis.uri();

        assertThat(atOnce(OwnRedis::stop)).containsOnly(true);
        assertThat(OwnRedis.isRunning()).isFalse();
        assertThat(atOnce(OwnRedis::start)).containsOnly(true);
        assertThat(OwnRedis.isRunning()).isTrue();
    }

    @Test
    void ended_isNotKnownAnyMore() {
        String uri = OwnRedis.uri();

        OwnRedis.end();

        assertThat(OwnRedis.isAt(uri)).isFalse();
        assertThat(OwnRedis.isRunning()).isFalse();
        assertThat(OwnRedis.start()).isFalse();
    }

    private static List<Boolean> atOnce(Callable<Boolean> step) throws InterruptedException, ExecutionException {
        var threads = Executors.newFixedThreadPool(4);
        try {
            var results = new ArrayList<Boolean>();
            for (Future<Boolean> result : threads.invokeAll(List.of(step, step, step, step))) {
                results.add(result.get());
            }
            return results;
        } finally {
            threads.shutdown();
        }
    }
}
