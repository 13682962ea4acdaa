package io.cachedconnection.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.fuzz.Meter.Cost;
import io.cachedconnection.internal.engine.store.UnreadableValueException;
import io.cachedconnection.internal.json.JsonbCodecs;
import io.cachedconnection.internal.json.Provider;
import jakarta.json.bind.Jsonb;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What an entry of 1 MB costs, from its bytes in Redis to the refusal or the value. A refusal may take a multiple of the CPU
 * time of a plain pass over the same bytes, measured in turns with it, and allocate a multiple of their number.
 */
@Tag("fuzz")
@Tag("proof")
class LargeEntriesTest {

    private static final int ROUNDS = 3; // over all of them in turn, so that the JIT has seen all
    private static final int MORE_ROUNDS =
            500; // of what is too slow so far: the JIT may not be done, or the machine busy
    private static final int ROUNDS_OF_VALUES = 2;
    private static final double MB = 1_000_000;
    private static final double MOST_PASSES = 40; // quadratic work on 1 MB would be worth thousands
    private static final double MOST_BYTES_PER_BYTE = 20;
    private static final double MOST_MORE_BYTES_PER_BYTE =
            100; // numbers that are nearly too large; all others less than 20

    /** Something to measure, and the least that it has cost. */
    private static final class Measured {

        private final Large large;
        private final Runnable work;
        private final byte[] json;
        private Cost best = new Cost(Long.MAX_VALUE, Long.MAX_VALUE);
        private Cost pass = best; // over its JSON
        private int sum; // so that the JIT leaves the pass in

        Measured(Large large, Runnable work) {
            this.large = large;
            this.work = work;
            this.json = large.text().getBytes(UTF_8);
        }

        void measure() {
            pass = pass.best(Meter.of(() -> {
                for (byte each : json) {
                    sum = 31 * sum + each;
                }
            }));
            best = best.best(Meter.of(work));
        }

        double passes() {
            return (double) best.nanos() / pass.nanos();
        }

        @Override
        public String toString() {
            return line(this);
        }
    }

    private static void measure(List<Measured> all, int rounds) {
        for (int round = 0; round < rounds; round++) {
            all.forEach(Measured::measure);
        }
    }

    private static List<Measured> lookups(JsonbCodecs codecs, List<Large> all, boolean taken)
            throws UnreadableValueException {
        List<Measured> lookups = new ArrayList<>();
        for (Large large : all) {
            Target target = new Target(codecs, large.sample(), large.wire());
            byte[] bytes = large.bytes().from(target);
            assertThat(target.takes(bytes)).as(large.name()).isEqualTo(taken);
            lookups.add(new Measured(large, () -> target.takes(bytes)));
        }
        return lookups;
    }

    @ParameterizedTest
    @EnumSource(Provider.class)
    void lookup_entryThatIsRefused_costsLittle(Provider provider) throws Exception {
        try (JsonbCodecs codecs = provider.codecs()) {
            List<Measured> lookups = lookups(codecs, Large.refused(), false);
            measure(lookups, ROUNDS);
            for (int i = 0; i < MORE_ROUNDS; i++) {
                measure(
                        lookups.stream()
                                .filter(each -> each.passes() >= MOST_PASSES)
                                .toList(),
                        1);
            }
            lookups.forEach(each -> System.out.println(provider + ", refused: " + line(each)));
            assertThat(lookups).allSatisfy(each -> {
                assertThat(perByte(each)).as(each.large.name()).isLessThan(MOST_BYTES_PER_BYTE);
                assertThat(each.passes()).as(each.large.name()).isLessThan(MOST_PASSES);
            });
        }
    }

    /** A provider's own work on a value is its own; what is asked here is how much comes on top. */
    @ParameterizedTest
    @EnumSource(Provider.class)
    void lookup_entryThatIsTaken_allocatesLittleMoreThanTheProvider(Provider provider) throws Exception {
        Jsonb alone = provider.alone();
        try (JsonbCodecs codecs = provider.codecs()) {
            List<Measured> lookups = lookups(codecs, Large.taken(), true);
            measure(lookups, ROUNDS_OF_VALUES);
            List<Measured> parses = lookups.stream()
                    .map(each -> each.large)
                    .map(large -> new Measured(
                            large,
                            () -> alone.fromJson(large.text(), large.sample().type())))
                    .toList();
            measure(parses, ROUNDS_OF_VALUES);
            for (int i = 0; i < lookups.size(); i++) {
                Measured own = parses.get(i);
                System.out.println(provider + ", taken: " + line(lookups.get(i)) + "; JSON-B alone " + figures(own));
                assertThat(perByte(lookups.get(i)) - perByte(own))
                        .as(own.large.name())
                        .isLessThan(MOST_MORE_BYTES_PER_BYTE);
            }
        } finally {
            alone.close();
        }
    }

    private static double perByte(Measured measured) {
        return (double) measured.best.bytes() / measured.json.length;
    }

    private static String line(Measured measured) {
        return measured.large.name() + ": " + figures(measured);
    }

    private static String figures(Measured measured) {
        return String.format(
                Locale.ROOT,
                "%.1f ms/MB, %.1f passes, %.1f bytes allocated for each",
                measured.best.nanos() / 1e6 / (measured.json.length / MB),
                measured.passes(),
                perByte(measured));
    }
}
