package io.cachedconnection.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Which version of one row must be seen from which moment on. */
final class Floor {

    private record Step(long moment, long version) {}

    private final List<Step> steps = new ArrayList<>();
    private boolean sorted;

    /** From {@code moment} on nothing older than {@code version} may be seen. */
    void raise(long moment, long version) {
        steps.add(new Step(moment, version));
        sorted = false;
    }

    /** The least version that a lookup may see that began after {@code moment}. */
    long at(long moment) {
        sort();
        int low = 0;
        int high = steps.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (steps.get(middle).moment() < moment) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == 0 ? 0 : steps.get(low - 1).version();
    }

    /** Since when {@code version} may not be seen any more. */
    long outdated(long version) {
        sort();
        return steps.stream()
                .filter(step -> step.version() > version)
                .findFirst()
                .map(Step::moment)
                .orElse(Long.MAX_VALUE);
    }

    /** In the order of time; writes return in another order than they commit, so only the highest so far counts. */
    private void sort() {
        if (sorted) {
            return;
        }
        steps.sort(Comparator.comparingLong(Step::moment));
        long highest = 0;
        for (int i = 0; i < steps.size(); i++) {
            highest = Math.max(highest, steps.get(i).version());
            steps.set(i, new Step(steps.get(i).moment(), highest));
        }
        sorted = true;
    }
}
