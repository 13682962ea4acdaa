package io.cachedconnection.model;

import java.util.ArrayList;
import java.util.List;

/**
 * A promise that was broken.
 *
 * @param promise which, and how
 * @param schedule the steps that led there, each with what came of it
 */
record Violation(String promise, List<String> schedule) {

    /** Of a schedule that breaks a promise, what cannot be left out. */
    static Violation shortest(Setting setting, String promise, List<Step> schedule) {
        List<Step> steps = new ArrayList<>(schedule);
        Violation violation = of(setting, steps);
        for (int i = steps.size() - 1; i >= 0; i--) {
            Step step = steps.remove(i);
            Violation less = of(setting, steps);
            if (less == null || !less.promise.startsWith(promise.substring(0, 2))) {
                steps.add(i, step);
            } else {
                violation = less;
            }
        }
        return violation;
    }

    /** What this schedule leads to; null if it breaks no promise, or nobody can act like that. */
    private static Violation of(Setting setting, List<Step> schedule) {
        World world = World.of(setting);
        List<String> lines = new ArrayList<>();
        for (Step step : schedule) {
            if (!world.next().contains(step)) {
                return null;
            }
            lines.add((step + " " + world.take(step)).strip());
        }
        world.stuck().forEach(name -> lines.add(name + " is not heard of any more"));
        return world.broken().isEmpty() ? null : new Violation(world.broken(), lines);
    }

    @Override
    public String toString() {
        return promise + "\n    " + String.join("\n    ", schedule);
    }
}
