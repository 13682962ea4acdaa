package io.cachedconnection.internal.engine.read;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.jetbrains.lincheck.datastructures.ManagedStrategyGuaranteeKt.forClasses;

import java.util.concurrent.ConcurrentHashMap;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The sharing of loads under many interleavings of three threads: all see one row, and nobody waits for ever. */
@Tag("lincheck")
@Tag("proof")
class SingleFlightLincheckTest {

    private static final int SCENARIOS = Integer.getInteger("lincheck.scenarios", 20);
    private static final int INTERLEAVINGS = Integer.getInteger("lincheck.interleavings", 1_000);

    /** A row whose loads are closed late. */
    public static final class LateRow extends CachedRow {
        public LateRow() {
            super(Fault.CLOSES_LATE);
        }
    }

    /** A row that shares what the store has refused. */
    public static final class CarelessRow extends CachedRow {
        public CarelessRow() {
            super(Fault.REFUSED_IS_SHARED);
        }
    }

    /** Scenarios of {@code threads} threads with two operations each, before one more operation. */
    private static ModelCheckingOptions scenarios(int number, int threads, Class<?> specification) {
        return new ModelCheckingOptions()
                .iterations(number)
                .invocationsPerIteration(INTERLEAVINGS)
                .threads(threads)
                .actorsBefore(0)
                .actorsPerThread(2)
                .actorsAfter(1) // a thread that was left behind hangs here, if not before
                .minimizeFailedScenario(false)
                .sequentialSpecification(specification);
    }

    /** The steps of the store are atomic; those of InFlightLoads are explored in a test of their own. */
    private static ModelCheckingOptions rows(int threads) {
        return scenarios(SCENARIOS, threads, Register.class)
                .addGuarantee(forClasses(RowStore.class.getName(), ConcurrentHashMap.class.getName())
                        .allMethods()
                        .treatAsAtomic());
    }

    @Test
    void loads_joinedAndLeft_areOneThatRunsAndOneThatWaits() {
        scenarios(SCENARIOS, 3, Timetable.class).check(Joining.class);
    }

    @Test
    void reads_redisAway_seeTheRow() {
        rows(3).check(UncachedRow.class);
    }

    @Test
    void reads_redisThere_seeTheRow() {
        rows(3).check(CachedRow.class);
    }

    @Test
    void reads_loadIsClosedLate_areFoundOut() {
        assertThatExceptionOfType(LincheckAssertionError.class)
                .isThrownBy(() -> rows(2).check(LateRow.class))
                .withMessageContaining("Invalid execution results");
    }

    @Test
    void reads_refusedIsShared_areFoundOut() {
        assertThatExceptionOfType(LincheckAssertionError.class)
                .isThrownBy(() -> rows(2).check(CarelessRow.class))
                .withMessageContaining("Invalid execution results");
    }
}
