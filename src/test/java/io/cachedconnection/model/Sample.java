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

    private static final Set<String> ASK_NOBODY =
            Set.of("snapshot", "load", "give-up", "commit", "rollback", "late", "moment", "lease", "long");

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
        if (!ASK_NOBODY.contains(step.name())) {
            shortest.computeIfAbsent(kind(world, step), kind -> List.copyOf(schedule));
        }
    }

    private static long kind(World world, Step step) {
        String asker =
                Set.of("acquire", "outlast", "end-with").contains(step.name()) ? world.stateOf(step.party()) : "";
        return Explorer.hash(world.storeState() + "|" + asker + "|" + step);
    }

    /** How many steps in how many states. */
    int kinds() {
        return shortest.size();
    }

    /** Every schedule there is, to its end: only for a few parties. */
    static List<List<Step>> all(Setting setting) {
        List<List<Step>> all = new ArrayList<>();
        goOn(World.of(setting), List.of(), all);
        return all;
    }

    private static void goOn(World world, List<Step> schedule, List<List<Step>> all) {
        List<Step> next = world.next();
        if (next.isEmpty()) {
            all.add(schedule);
        }
        for (Step step : next) {
            World after = world.copy();
            String result = after.take(step);
            // A waiting reader may ask again for ever; once is enough here.
            if (!schedule.isEmpty()
                    && result.equals("BUSY")
                    && schedule.get(schedule.size() - 1).equals(step)) {
                continue;
            }
            List<Step> longer = new ArrayList<>(schedule);
            longer.add(step);
            goOn(after, longer, all);
        }
    }

    /** The schedules: first the long ones, and then those that have something else. */
    List<List<Step>> schedules() {
        List<List<Step>> all = new ArrayList<>(shortest.values());
        all.sort(Comparator.comparingInt((List<Step> schedule) -> -schedule.size())
                .thenComparing(Object::toString));
        Set<Long> had = new HashSet<>();
        all.removeIf(schedule -> !hasNew(schedule, had));
        return all;
    }

    private boolean hasNew(List<Step> schedule, Set<Long> had) {
        World world = World.of(setting);
        boolean hasNew = false;
        for (Step step : schedule) {
            if (!ASK_NOBODY.contains(step.name())) {
                hasNew |= had.add(kind(world, step));
            }
            world.take(step);
        }
        return hasNew;
    }
}
