package io.cachedconnection.internal.engine.near;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is kept near, read, put, made old, flushed and swept under many interleavings: nobody sees what is over. */
@Tag("lincheck")
@Tag("proof")
class NearLincheckTest {

    private static final int SCENARIOS = Integer.getInteger("lincheck.scenarios", 30);
    private static final int INTERLEAVINGS = Integer.getInteger("lincheck.interleavings", 2_000);

    /** A row whose near cache looks too late at what has been heard. */
    public static final class HastyRow extends NearRow {
        public HastyRow() {
            super(true);
        }
    }

    private static ModelCheckingOptions scenarios() {
        return new ModelCheckingOptions()
                .iterations(SCENARIOS)
                .invocationsPerIteration(INTERLEAVINGS)
                .threads(2)
                .actorsBefore(1)
                .actorsPerThread(3)
                .actorsAfter(1)
                .minimizeFailedScenario(false)
                .sequentialSpecification(Truth.class);
    }

    @Test
    void reads_ofWhatIsNear_seeWhatIsDone() {
        scenarios().check(NearRow.class);
    }

    @Test
    void reads_heardIsLookedAtTooLate_areFoundOut() {
        assertThatExceptionOfType(LincheckAssertionError.class)
                .isThrownBy(() -> scenarios().check(HastyRow.class))
                .withMessageContaining("Invalid execution results");
    }
}
