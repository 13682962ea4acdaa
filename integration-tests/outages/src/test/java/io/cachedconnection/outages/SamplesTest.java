package io.cachedconnection.outages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The calls that count are those that the fault met. */
class SamplesTest {

    private final Samples samples = new Samples();

    SamplesTest() {
        for (int i = 0; i < 10_000; i++) {
            samples.add(10L * i, i);
        }
    }

    @Test
    void between_isByTheBeginningOfTheCalls() {
        assertThat(samples.between(20, 50).toArray()).containsExactly(2, 3, 4);
    }

    @Test
    void firstAfter_beginsWithTheCallThatWasNotOver() {
        assertThat(samples.firstAfter(11, 2).toArray()).containsExactly(1, 2);
        assertThat(samples.firstAfter(12, 2).toArray()).containsExactly(2, 3);
    }
}
