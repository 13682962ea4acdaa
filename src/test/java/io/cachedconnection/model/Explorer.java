package io.cachedconnection.model;

import java.util.ArrayList;
import java.util.List;

/**
 * Tries all orders of steps, depth first. Where two orders lead to the same state, it goes on from there only once.
 */
final class Explorer {

    /** Who watches. */
    interface Visitor {

        /** Somebody is about to take the last step of a schedule, in the world that those before it have led to. */
        void about(World world, Step step, List<Step> schedule);
    }

    private final Seen seen = new Seen();
    private final List<Step> schedule = new ArrayList<>();
    private final Setting setting;
    private final Visitor visitor;
    private long steps;
    private long ends;
    private Violation violation;

    private Explorer(Setting setting, Visitor visitor) {
        this.setting = setting;
        this.visitor = visitor;
    }

    static Explorer over(Setting setting) {
        return over(setting, (world, step, schedule) -> {});
    }

    static Explorer over(Setting setting, Visitor visitor) {
        Explorer explorer = new Explorer(setting, visitor);
        explorer.from(World.of(setting));
        return explorer;
    }

    private void from(World world) {
        List<Step> next = world.next();
        if (next.isEmpty()) {
            ends++;
        }
        for (Step step : next) {
            if (violation != null) {
                return;
            }
            World after = world.copy();
            schedule.add(step);
            visitor.about(world, step, schedule);
            after.take(step);
            steps++;
            enter(after);
            schedule.remove(schedule.size() - 1);
        }
    }

    private void enter(World world) {
        if (!world.broken().isEmpty()) {
            violation = Violation.shortest(setting, world.broken(), schedule);
        } else if (seen.add(hash(world.state()))) {
            from(world);
        }
    }

    /** 64 bits: with ten million states, two differ and look alike in one exploration of some hundred thousand. */
    static long hash(String state) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < state.length(); i++) {
            hash = (hash ^ state.charAt(i)) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 29;
        }
        return hash;
    }

    /** What was found; null if nothing. */
    Violation violation() {
        return violation;
    }

    long states() {
        return seen.size();
    }

    long steps() {
        return steps;
    }

    /** The states in which nobody has anything left to do. */
    long ends() {
        return ends;
    }

    @Override
    public String toString() {
        return states() + " states, " + steps + " steps, " + ends + " ends"
                + (violation == null ? "" : "; " + violation);
    }
}
