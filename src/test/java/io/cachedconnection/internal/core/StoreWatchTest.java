package io.cachedconnection.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.internal.core.StoreException.Reason;
import io.cachedconnection.internal.core.StoreWatch.Kind;
import io.cachedconnection.testing.NotedEvents;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StoreWatchTest {

    private final FakeTime time = new FakeTime();
    private final NotedEvents events = new NotedEvents();
    private boolean calm = true;
    private final StoreWatch watch = new StoreWatch(events, () -> calm, time);

    private void fail(Kind kind) {
        watch.failed(kind, new StoreException(Reason.TIMEOUT, "on demand"));
    }

    private void failAndRecover() {
        fail(Kind.READ);
        time.pass(Duration.ofSeconds(1));
        watch.answered(Kind.READ);
        time.pass(Duration.ofSeconds(1));
    }

    @Test
    void failed_andAnsweredAgain_bothAreTold() {
        failAndRecover();

        assertThat(events.all()).containsExactly("lost", "back");
    }

    @Test
    void failed_again_isToldOnceAMinute() {
        for (int i = 0; i < 119; i++) {
            fail(Kind.READ);
            time.pass(Duration.ofSeconds(1));
        }

        assertThat(events.all()).containsExactly("lost", "lost");
    }

    @Test
    void failed_comesAndGoes_isToldOnceAMinute() {
        for (int i = 0; i < 59; i++) { // of two seconds
            failAndRecover();
        }

        assertThat(events.all()).containsExactly("lost", "back", "lost", "back");
    }

    @Test
    void failed_writesOnly_readsDoNotMeanThatItIsBack() {
        fail(Kind.WRITE);
        time.pass(Duration.ofSeconds(10));
        watch.answered(Kind.READ);
        assertThat(events.all()).containsExactly("lost");
        watch.answered(Kind.WRITE);

        assertThat(events.all()).containsExactly("lost", "back");
    }

    @Test
    void answered_someOfItIsLeftAlone_isNotBack() {
        fail(Kind.READ);
        calm = false;
        time.pass(Duration.ofSeconds(10));
        watch.answered(Kind.READ);
        assertThat(events.all()).containsExactly("lost");
        calm = true;
        watch.answered(Kind.READ);

        assertThat(events.all()).containsExactly("lost", "back");
    }

    @Test
    void answered_tooSoonAfterAFailure_saysNothing() {
        fail(Kind.READ);
        time.pass(Duration.ofMillis(999));
        watch.answered(Kind.READ);

        assertThat(events.all()).containsExactly("lost");
    }

    @Test
    void failed_callerInterrupted_saysNothingAboutTheStore() {
        watch.failed(Kind.READ, new StoreException(Reason.INTERRUPTED, "on demand"));

        assertThat(events.all()).isEmpty();
    }
}
