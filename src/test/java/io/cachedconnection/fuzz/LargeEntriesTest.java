package io.cachedconnection.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.fuzz.Meter.Cost;
import io.cachedconnection.internal.core.UnreadableValueException;
import io.cachedconnection.internal.json.JsonbCodecs;
import io.cachedconnection.internal.json.Provider;
import jakarta.json.bind.Jsonb;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What an entry of 1 MB costs, from its bytes in Redis to the refusal or the value. The bytes that are allocated are held to a
 * multiple of its own; the time is only told, but where {@code -Dfuzz.times=true} says that the machine is fit for that.
 */
class LargeEntriesTest {

    private static final boolean TIMES = Boolean.getBoolean("fuzz.times");
    private static final int ROUNDS = TIMES ? 40 : 3; // over all of them in turn, so that the JIT has seen all
    private static final int MORE_ROUNDS = 500;
    private static final int ROUNDS_OF_VALUES = TIMES ? 8 : 2;
    private static final double MB = 1_000_000;
    private static final double MOST_MILLIS_PER_MB = 10;
    private static final double MOST_BYTES_PER_BYTE = 20;
    private static final double MOST_MORE_BYTES_PER_BYTE =
            100; // numbers that are nearly too large; all others less than 20

    /** Something to measure, and the least that it has cost. */
    private static final class Measured {

        private final Large large;
        private final Runnable work;
        private final int length; // of its JSON, in bytes
        private Cost best = new Cost(Long.MAX_VALUE, Long.MAX_VALUE);

        Measured(Large large, Runnable work) {
            this.large = large;
            this.work = work;
            this.length = large.text().getBytes(UTF_8).length;
        }

        void measure() {
            best = best.best(Meter.of(work));
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
            for (int i = 0; TIMES && i < MORE_ROUNDS; i++) { // what is slow because the machine is busy
                measure(
                        lookups.stream()
                                .filter(each -> millisPerMb(each) >= MOST_MILLIS_PER_MB)
                                .toList(),
                        1);
            }
            lookups.forEach(each -> System.out.println(provider + ", refused: " + line(each)));
            assertThat(lookups).allSatisfy(each -> {
                assertThat(perByte(each)).as(each.large.name()).isLessThan(MOST_BYTES_PER_BYTE);
                assertThat(TIMES ? millisPerMb(each) : 0).as(each.large.name()).isLessThan(MOST_MILLIS_PER_MB);
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

    private static double millisPerMb(Measured measured) {
        return measured.best.nanos() / 1e6 / (measured.length / MB);
    }

    private static double perByte(Measured measured) {
        return (double) measured.best.bytes() / measured.length;
    }

    private static String line(Measured measured) {
        return measured.large.name() + ": " + figures(measured);
    }

    private static String figures(Measured measured) {
        return String.format(
                Locale.ROOT, "%.1f ms/MB, %.1f bytes allocated for each", millisPerMb(measured), perByte(measured));
    }
}
