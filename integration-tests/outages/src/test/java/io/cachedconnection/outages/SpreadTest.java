package io.cachedconnection.outages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The figures of the table are what they are called. */
class SpreadTest {

    @Test
    void of_aThousand_hasTheirQuantiles() {
        Spread spread = Spread.of(LongStream.rangeClosed(1, 1000).map(i -> 1001 - i));

        assertThat(spread).isEqualTo(new Spread(1000, 500, 990, 999, 1000));
    }

    @Test
    void of_few_hasTheMaximumAsItsHighQuantiles() {
        assertThat(Spread.of(LongStream.of(5, 1, 3))).isEqualTo(new Spread(3, 3, 5, 5, 5));
    }

    @Test
    void of_none_isZero() {
        assertThat(Spread.of(LongStream.empty())).isEqualTo(new Spread(0, 0, 0, 0, 0));
    }

    @Test
    void above_whatIsLess_isZero() {
        Spread spread = new Spread(7, 10, 20, 30, 40);

        assertThat(spread.above(new Spread(9, 1, 25, 3, 4))).isEqualTo(new Spread(7, 9, 0, 27, 36));
    }
}
