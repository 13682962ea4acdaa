package io.cachedconnection.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

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
        int early = stepsWith(step -> step.moment() < moment);
        return early == 0 ? 0 : steps.get(early - 1).version();
    }

    /** How many of the first steps are {@code early}; after one that is not, none is. */
    private int stepsWith(Predicate<Step> early) {
        sort();
        int low = 0;
        int high = steps.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (early.test(steps.get(middle))) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Since when {@code version} may not be seen any more. */
    long outdated(long version) {
        int first = stepsWith(step -> step.version() <= version);
        return first == steps.size() ? Long.MAX_VALUE : steps.get(first).moment();
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
