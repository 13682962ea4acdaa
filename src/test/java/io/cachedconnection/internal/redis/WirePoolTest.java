package io.cachedconnection.internal.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cachedconnection.internal.core.StoreException;
import io.cachedconnection.internal.core.StoreException.Reason;
import io.cachedconnection.testing.Started;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Connection;

/** The pool, with connections that are made when the test says so. */
class WirePoolTest {

    private static final long SOON = TimeUnit.SECONDS.toNanos(20);

    private final Queue<Runnable> dials = new ConcurrentLinkedQueue<>();
    private final AtomicInteger made = new AtomicInteger();
    private volatile boolean refused;

    private Wire dial() {
        if (refused) {
            throw new StoreException(Reason.NOT_NOW, "no more");
        }
        made.incrementAndGet();
        return new Wire(new Connection(), new Socket());
    }

    private WirePool pool(int min, int max) {
        return new WirePool(this::dial, dials::add, min, max);
    }

    private static long in(long nanos) {
        return System.nanoTime() + nanos;
    }

    private void makeOne() {
        Runnable next = dials.poll();
        assertThat(next).isNotNull();
        next.run();
    }

    private static Started<Wire> borrowing(WirePool pool) {
        return Started.of(() -> pool.borrow(in(SOON))).awaitWaiting();
    }

    private Wire borrowed(WirePool pool) {
        Started<Wire> borrower = borrowing(pool);
        makeOne();
        return borrower.result();
    }

    @Test
    void borrow_nothingIdle_waitsForOneThatIsMadeElsewhere() {
        WirePool pool = pool(0, 2);
        Started<Wire> borrower = borrowing(pool);
        assertThat(made).hasValue(0);
        makeOne();

        assertThat(borrower.result()).isNotNull();
    }

    @Test
    void borrow_givenBack_getsTheWarmestAndMakesNoMore() {
        WirePool pool = pool(0, 2);
        Wire first = borrowed(pool);
        Wire second = borrowed(pool);
        pool.giveBack(first);
        pool.giveBack(second);

        assertThat(pool.borrow(in(SOON))).isSameAs(second);
        assertThat(dials).isEmpty();
    }

    @Test
    void borrow_othersWait_comesAfterThem() {
        WirePool pool = pool(0, 1);
        Wire one = borrowed(pool);
        Started<Wire> second = borrowing(pool);
        Started<Wire> third = borrowing(pool);
        pool.giveBack(one);

        assertThatThrownBy(() -> pool.borrow(in(0))).isInstanceOf(StoreException.class); // it is the second's already
        assertThat(second.result()).isSameAs(one);
        pool.giveBack(one);
        assertThat(third.result()).isSameAs(one);
    }

    @Test
    void borrow_interruptedInTheQueue_leavesIt() {
        WirePool pool = pool(0, 1);
        Wire one = borrowed(pool);
        Started<StoreException> two =
                Started.of(() -> catchThrowableOfType(StoreException.class, () -> pool.borrow(in(SOON))));
        two.awaitWaiting().interrupt();
        assertThat(two.result().reason()).isEqualTo(Reason.INTERRUPTED);
        pool.giveBack(one);

        assertThat(pool.borrow(in(0))).isSameAs(one);
    }

    @Test
    void borrow_allOut_makesNoneBeyondTheLimit() {
        WirePool pool = pool(0, 1);
        Wire one = borrowed(pool);
        Started<Wire> two = borrowing(pool);
        assertThat(dials).isEmpty();
        pool.giveBack(one);

        assertThat(two.result()).isSameAs(one);
    }

    @Test
    void borrow_nobodyThere_failsAtOnce() {
        refused = true;
        WirePool pool = pool(0, 2);
        Started<StoreException> borrower =
                Started.of(() -> catchThrowableOfType(StoreException.class, () -> pool.borrow(in(SOON))));
        borrower.awaitWaiting();
        makeOne();

        assertThat(borrower.result().reason()).isEqualTo(Reason.NOT_NOW);
    }

    @Test
    void borrow_oneMoreIsRefused_waitsForThoseThereAre() {
        WirePool pool = pool(0, 3);
        Wire one = borrowed(pool);
        Started<Wire> two = borrowing(pool);
        refused = true;
        makeOne();
        pool.giveBack(one);

        assertThat(two.result()).isSameAs(one);
    }

    @Test
    void borrow_timeOver_takesWhatHasComeInTheSameMoment() {
        WirePool pool = pool(1, 1);
        pool.tidy();
        makeOne();
        for (int round = 0; round < 300; round++) {
            Wire only = pool.borrow(in(SOON));
            long aboutNow = in(TimeUnit.MICROSECONDS.toNanos(300));
            List<Started<Boolean>> expiring = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                expiring.add(Started.of(() -> borrowedAndGivenBack(pool, aboutNow)));
            }
            Started<Boolean> patient = Started.of(() -> borrowedAndGivenBack(pool, in(SOON)));
            while (System.nanoTime() < aboutNow) {
                Thread.onSpinWait();
            }
            pool.giveBack(only);

            assertThat(patient.result()).isTrue(); // the wake-up is not lost with one whose time was over
            expiring.forEach(Started::result);
        }
    }

    @Test
    void borrow_manyInAHurryAndSomeBreak_noneIsLost() {
        WirePool pool = new WirePool(this::dial, Runnable::run, 0, 3);
        List<Started<Integer>> callers = new ArrayList<>();
        for (int caller = 0; caller < 8; caller++) {
            Random random = new Random(caller);
            callers.add(Started.of(() -> inAHurry(pool, random)));
        }
        assertThat(callers).allSatisfy(caller -> assertThat(caller.result()).isPositive());

        assertThat(pool.borrow(in(0))).isNotSameAs(pool.borrow(in(0)));
        assertThat(pool.borrow(in(0))).isNotNull();
        assertThatThrownBy(() -> pool.borrow(in(0))).isInstanceOf(StoreException.class);
    }

    /** How often one came in time. */
    private static int inAHurry(WirePool pool, Random random) {
        int inTime = 0;
        for (int i = 0; i < 20_000; i++) {
            try {
                Wire wire = pool.borrow(in(random.nextInt(20_000)));
                inTime++;
                if (random.nextInt(100) == 0) {
                    wire.distrust();
                }
                pool.giveBack(wire);
            } catch (StoreException e) {
                assertThat(e.reason()).isEqualTo(Reason.TIMEOUT);
            }
        }
        return inTime;
    }

    private static boolean borrowedAndGivenBack(WirePool pool, long deadline) {
        try {
            pool.giveBack(pool.borrow(deadline));
            return true;
        } catch (StoreException e) {
            return false;
        }
    }

    @Test
    void borrow_closed_failsAsAStoreDoes() {
        WirePool pool = pool(0, 1);
        pool.close();

        assertThatThrownBy(() -> pool.borrow(in(SOON))).isInstanceOf(StoreException.class);
        assertThat(dials).isEmpty();
    }

    @Test
    void borrow_nobodyDialsAnyMore_failsAsAStoreDoes() {
        WirePool pool = new WirePool(
                this::dial,
                task -> {
                    throw new RejectedExecutionException();
                },
                0,
                1);

        assertThatThrownBy(() -> pool.borrow(in(SOON))).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> pool.borrow(in(SOON))).isInstanceOf(StoreException.class);
    }

    @Test
    void giveBack_cut_isThrownAwayAndAnotherMade() {
        WirePool pool = pool(0, 1);
        Wire one = borrowed(pool);
        Started<Wire> two = borrowing(pool);
        one.distrust();
        pool.giveBack(one);
        while (dials.isEmpty()) {
            Thread.onSpinWait();
        }
        makeOne();

        assertThat(two.result()).isNotSameAs(one);
    }

    @Test
    void renew_twiceAtOnce_replacesWhatWasMadeInBetween() {
        WirePool pool = pool(0, 2);
        Wire first = borrowed(pool);
        pool.giveBack(first);
        pool.renew();
        Wire second = borrowed(pool);
        pool.renew();
        pool.giveBack(second);

        assertThat(first.isOpen()).isFalse();
        assertThat(second.isOpen()).isFalse();
    }

    /** Callers of one pool find out the same at the same time. */
    @Test
    void renewSeldom_twiceAtOnce_leavesWhatWasMadeInBetween() {
        WirePool pool = pool(0, 2);
        Wire first = borrowed(pool);
        pool.giveBack(first);
        pool.renewSeldom();
        Wire second = borrowed(pool);
        pool.renewSeldom();
        pool.giveBack(second);

        assertThat(first.isOpen()).isFalse();
        assertThat(pool.borrow(in(SOON))).isSameAs(second);
    }

    @Test
    void tidy_fewerThanWanted_makesThem() {
        WirePool pool = pool(2, 4);
        pool.tidy();

        assertThat(dials).hasSize(2);
    }

    @Test
    void close_idleAndBorrowed_areClosed() {
        WirePool pool = pool(0, 2);
        Wire wire = borrowed(pool);
        pool.close();
        pool.giveBack(wire);

        assertThat(wire.isOpen()).isFalse();
    }
}
