package io.cachedconnection.benchmarks;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Numbers of which the k-th is asked for in proportion to k to the power of minus 0.99, always in the same order. */
final class Zipf {

    private static final double EXPONENT = 0.99;

    private final SplittableRandom random = new SplittableRandom(2026);
    private final double[] upTo; // the share of the first k

    Zipf(int numbers) {
        upTo = new double[numbers];
        double sum = 0;
        for (int k = 0; k < numbers; k++) {
            sum += Math.pow(k + 1.0, -EXPONENT);
            upTo[k] = sum;
        }
        for (int k = 0; k < numbers; k++) {
            upTo[k] /= sum;
        }
    }

    int next() {
        int found = Arrays.binarySearch(upTo, random.nextDouble());
        return Math.min(found < 0 ? -found - 1 : found, upTo.length - 1);
    }

    /** What share of all questions those for the most wanted {@code n} are: no cache of that size can answer more. */
    double share(int n) {
        return upTo[n - 1];
    }
}
