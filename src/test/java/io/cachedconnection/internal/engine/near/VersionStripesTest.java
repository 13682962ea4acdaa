package io.cachedconnection.internal.engine.near;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What it costs that keys share counters: a change of one key takes those near entries along whose keys have its counter,
 * about as many as there are entries for each counter. A full cache has between two and four counters for each entry (the
 * default of 10,000 entries has 32,768), so that is a third of an entry on the average, and never more than half of one;
 * each costs one read of Redis. From some two million entries on there are no more counters: it grows in proportion then.
 */
class VersionStripesTest {

    private static final int ENTRIES = 10_000;
    private static final int COUNTERS = 1 << 15;

    static Stream<IntFunction<String>> keys() {
        return Stream.of(
                i -> "shop:books:" + i,
                i -> "shop:books:" + (1_000_000_007L + 1000L * i),
                i -> "shop:books:" + new UUID(i * 0x9E3779B97F4A7C15L, i * 0xC2B2AE3D27D4EB4FL),
                i -> "shop:books:" + new UUID(0, i) + ":" + i % 10);
    }

    @ParameterizedTest
    @MethodSource("keys")
    void change_ofAFullCache_costsAThirdOfAnotherEntry(IntFunction<String> key) {
        VersionStripes versionStripes = new VersionStripes(ENTRIES);
        List<Long> sharing = List.copyOf(IntStream.range(0, ENTRIES)
                .mapToObj(key)
                .collect(Collectors.groupingBy(versionStripes::stripe, Collectors.counting()))
                .values());

        double others = sharing.stream().mapToDouble(n -> n * (n - 1.0)).sum() / ENTRIES;
        assertThat(others).isLessThan(1.5 * ENTRIES / COUNTERS);
    }
}
