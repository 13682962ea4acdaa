package io.cachedconnection.internal.engine.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.internal.engine.FakeTime;
import io.cachedconnection.internal.engine.store.StoreException.Reason;
import io.cachedconnection.internal.engine.store.StoreHealth.Operation;
import io.cachedconnection.testing.NotedEvents;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StoreHealthTest {

    private final FakeTime time = new FakeTime();
    private final NotedEvents events = new NotedEvents();
    private boolean calm = true;
    private final StoreHealth watch = new StoreHealth(events, () -> calm, time);

    private void fail(Operation kind) {
        watch.failed(kind, new StoreException(Reason.CONNECTION, "on demand"), time.getAsLong());
    }

    private void timeOut(Operation kind, long start) {
        watch.failed(kind, new StoreException(Reason.TIMEOUT, "on demand"), start);
    }

    /** A stall of one moment befalls all who wait then; a crowd has a few that are late among many that are not. */
    @Test
    void failed_timeOutsOfOneStall_areNotTold() {
        long start = time.getAsLong();
        time.pass(Duration.ofMillis(100));
        for (int i = 0; i < 64; i++) {
            timeOut(Operation.READ, start);
            time.pass(Duration.ofMillis(1));
        }

        assertThat(events.all()).isEmpty();
    }

    @Test
    void failed_timeOutsWithAnswersInBetween_areNotTold() {
        for (int i = 0; i < 10; i++) {
            timeOut(Operation.READ, time.getAsLong());
            watch.answered(Operation.READ);
            time.pass(Duration.ofMillis(100));
        }

        assertThat(events.all()).isEmpty();
    }

    @Test
    void failed_timeOutsOneAfterTheOther_areTold() {
        long first = time.getAsLong();
        time.pass(Duration.ofMillis(100));
        timeOut(Operation.READ, first);
        timeOut(Operation.WRITE, first);
        assertThat(events.all()).isEmpty();
        time.pass(Duration.ofMillis(1));
        long second = time.getAsLong();
        time.pass(Duration.ofMillis(100));
        timeOut(Operation.READ, second);

        assertThat(events.all()).containsExactly("lost");
    }

    /** A lookup has no time left to store what it has loaded where Redis is far away, and is answered all the same. */
    @Test
    void failed_timeOutsOfOneKindWithAnswersToAnother_areNotTold() {
        for (int i = 0; i < 10; i++) {
            timeOut(Operation.STORE, time.getAsLong());
            watch.answered(Operation.READ);
            time.pass(Duration.ofMillis(100));
        }

        assertThat(events.all()).isEmpty();
    }

    /** What is lost is told as such, not as a crowd. */
    @Test
    void failed_writeHadNoTurnAtAStoreThatIsLost_isNoCrowd() {
        fail(Operation.READ);
        watch.failed(Operation.WRITE, new StoreException(Reason.CROWDED, "on demand"), time.getAsLong());

        assertThat(events.all()).containsExactly("lost");
    }

    /** A write that timed out has its server left alone, so there is no second one to wait for. */
    @Test
    void failed_timeOutForWhichTheStoreIsLeftAlone_isTold() {
        calm = false;
        timeOut(Operation.WRITE, time.getAsLong());

        assertThat(events.all()).containsExactly("lost");
    }

    /** A full store takes the steps of writes, and stores nothing. */
    @Test
    void answered_stepsOfWritesWhereItStoresNothing_isNotBack() {
        watch.failed(Operation.STORE, new StoreException(Reason.NOT_NOW, "full"), time.getAsLong());
        time.pass(Duration.ofSeconds(2));
        watch.answered(Operation.WRITE);
        watch.answered(Operation.READ);
        assertThat(events.all()).containsExactly("lost");
        watch.answered(Operation.STORE);

        assertThat(events.all()).containsExactly("lost", "back");
    }

    @Test
    void failed_writeHadNoTurn_isToldAsACrowd() {
        for (Operation kind : Operation.values()) {
            watch.failed(kind, new StoreException(Reason.CROWDED, "on demand"), time.getAsLong());
        }

        assertThat(events.all()).containsExactly("writes crowded");
    }

    private void failAndRecover() {
        fail(Operation.READ);
        time.pass(Duration.ofSeconds(1));
        watch.answered(Operation.READ);
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
            fail(Operation.READ);
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
        fail(Operation.WRITE);
        time.pass(Duration.ofSeconds(10));
        watch.answered(Operation.READ);
        assertThat(events.all()).containsExactly("lost");
        watch.answered(Operation.WRITE);

        assertThat(events.all()).containsExactly("lost", "back");
    }

    @Test
    void answered_someOfItIsLeftAlone_isNotBack() {
        fail(Operation.READ);
        calm = false;
        time.pass(Duration.ofSeconds(10));
        watch.answered(Operation.READ);
        assertThat(events.all()).containsExactly("lost");
        calm = true;
        watch.answered(Operation.READ);

        assertThat(events.all()).containsExactly("lost", "back");
    }

    @Test
    void answered_tooSoonAfterAFailure_saysNothing() {
        fail(Operation.READ);
        time.pass(Duration.ofMillis(999));
        watch.answered(Operation.READ);

        assertThat(events.all()).containsExactly("lost");
    }

    @Test
    void failed_callerInterrupted_saysNothingAboutTheStore() {
        watch.failed(Operation.READ, new StoreException(Reason.INTERRUPTED, "on demand"), time.getAsLong());

        assertThat(events.all()).isEmpty();
    }
}
