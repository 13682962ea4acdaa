package io.cachedconnection.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * So many schedules of a setting that each step is in one of them in each state of the store in which somebody can take it.
 */
final class Sample {

    private final Setting setting;
    private final Map<Long, List<Step>> shortest = new HashMap<>();

    private Sample(Setting setting) {
        this.setting = setting;
    }

    static Sample of(Setting setting) {
        Sample sample = new Sample(setting);
        Explorer.over(setting, sample::note);
        return sample;
    }

    private void note(World world, Step step, List<Step> schedule) {
        shortest.computeIfAbsent(kind(world, step), kind -> List.copyOf(schedule));
    }

    private static long kind(World world, Step step) {
        return Explorer.hash(world.storeState() + "|" + world.stateOf(step.party()) + "|" + step);
    }

    /** How many steps in how many states. */
    int kinds() {
        return shortest.size();
    }

    /** The schedules: first the long ones, and then those that have something else. */
    List<List<Step>> schedules() {
        List<List<Step>> all = new ArrayList<>(shortest.values());
        all.sort(Comparator.comparingInt((List<Step> schedule) -> -schedule.size()).thenComparing(Object::toString));
        Set<Long> had = new HashSet<>();
        all.removeIf(schedule -> !hasNew(schedule, had));
        return all;
    }

    private boolean hasNew(List<Step> schedule, Set<Long> had) {
        World world = World.of(setting);
        boolean hasNew = false;
        for (Step step : schedule) {
            hasNew |= had.add(kind(world, step));
            world.take(step);
        }
        return hasNew;
    }
}
