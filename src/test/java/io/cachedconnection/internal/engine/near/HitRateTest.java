package io.cachedconnection.internal.engine.near;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How well the map of the near cache chooses what it keeps, on questions as they are usual: few keys, asked for often. */
class HitRateTest {

    private static final int LIMIT = 10_000;
    private static final int KEYS = 10 * LIMIT;
    private static final int QUESTIONS = 20 * LIMIT;
    private static final double EXPONENT = 0.99;

    private final SplittableRandom random = new SplittableRandom(2026);
    private final double[] upTo = shares(); // how many of all questions are for the first k keys
    private final NearStore<Integer> store = new CaffeineStores().holding(LIMIT);

    /** Zipf's law: the k-th is asked for in proportion to a power of k. */
    private static double[] shares() {
        double[] upTo = new double[KEYS];
        double sum = 0;
        for (int k = 0; k < KEYS; k++) {
            sum += Math.pow(k + 1.0, -EXPONENT);
            upTo[k] = sum;
        }
        double all = sum;
        return Arrays.stream(upTo).map(share -> share / all).toArray();
    }

    private int key() {
        int found = Arrays.binarySearch(upTo, random.nextDouble());
        return Math.min(found < 0 ? -found - 1 : found, KEYS - 1);
    }

    private double answered() {
        int hits = 0;
        for (int i = 0; i < QUESTIONS; i++) {
            Integer key = key();
            if (store.find(key) == null) {
                store.put(key, key);
            } else {
                hits++;
            }
        }
        return (double) hits / QUESTIONS;
    }

    private int entries() {
        AtomicInteger entries = new AtomicInteger();
        store.removeIf(entry -> entries.incrementAndGet() < 0);
        return entries.get();
    }

    /** The best would be to know beforehand which keys will be asked for most, and to keep those. */
    @Test
    void store_fewKeysAskedForOften_answersNineTenthsOfWhatTheBestWould() {
        answered(); // until it has settled

        assertThat(answered()).isBetween(0.9 * upTo[LIMIT - 1], upTo[LIMIT - 1] + 0.01);
    }

    @Test
    void store_moreKeysThanItsLimit_keepsToIt() {
        answered();

        assertThat(entries()).isBetween(LIMIT * 9 / 10, LIMIT);
    }

    @Test
    void store_lowerLimit_keepsToThat() {
        answered();
        store.limit(LIMIT / 10);
        answered();

        assertThat(entries()).isBetween(LIMIT * 9 / 100, LIMIT / 10);
    }
}
