package io.cachedconnection.model;

import java.util.ArrayList;
import java.util.List;

/**
 * Another Redis comes in the place of the first one, with what that held at some moment before: it restarts with its dump, or a
 * replica is promoted while some nodes still use the former master. Then one node verifies it.
 */
final class Replacement implements Party {

    /** How the other Redis comes. */
    enum Kind {
        RESTART,
        PROMOTION
    }

    static final String NAME = "redis";

    private static final List<String> VERIFICATION = List.of("drop-leases", "drop-values", "vouch");

    private final Kind kind;
    private boolean saved;
    private boolean replaced;
    private int verified;

    Replacement(Kind kind) {
        this.kind = kind;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> next(World world) {
        List<String> steps = new ArrayList<>();
        if (!replaced) {
            steps.add(saved ? "replace" : "save");
            return steps;
        }
        if (verified < VERIFICATION.size()) {
            String step = VERIFICATION.get(verified);
            boolean early = step.equals("vouch") && !world.haveAllMoved() && world.lacks(Protection.RIVALRY_PAUSE);
            if (!step.equals("vouch") || world.haveAllMoved() || early) {
                steps.add(step);
            }
        }
        world.staying().forEach(node -> steps.add("moves " + node));
        return steps;
    }

    @Override
    public String take(String step, World world) {
        switch (step) {
            case "save" -> {
                saved = true;
                world.save();
            }
            case "replace" -> {
                replaced = true;
                world.replace(kind);
            }
            case "drop-leases", "drop-values", "vouch" -> {
                verified++;
                world.verify(step);
            }
            default -> world.move(step.substring("moves ".length()));
        }
        return "";
    }

    @Override
    public String state(World world) {
        return saved + "," + replaced + "," + verified;
    }

    @Override
    public Party copy() {
        Replacement copy = new Replacement(kind);
        copy.saved = saved;
        copy.replaced = replaced;
        copy.verified = verified;
        return copy;
    }
}
