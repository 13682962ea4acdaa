package io.cachedconnection.model;

import io.cachedconnection.internal.engine.store.EntryKey;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** A party that takes a single step. */
final class OneStep implements Party {

    private static final EntryKey OTHER_KEY = Times.SPACE.key("2").with(Times.TAGGED.tags());

    private final String name;
    private final String step;
    private final Function<World, String> action;
    private boolean isOver;

    private OneStep(String name, String step, Function<World, String> action) {
        this.name = name;
        this.step = step;
        this.action = action;
    }

    /** Redis loses the stamp of {@code tag}, because it was full or a program removed it. */
    static OneStep loss(EntryKey tag) {
        return new OneStep("loss", "lose", world -> "" + world.store().remove(tag, Times.NANOS));
    }

    /** A node looks up another key with the same tags, which creates missing stamps. */
    static OneStep neighbour() {
        return new OneStep("N1", "stamp", world -> {
            String verdict = world.store()
                    .acquire(OTHER_KEY, Times.claim("N1", Duration.ZERO), Times.NANOS)
                    .verdict()
                    .name();
            world.store().release(OTHER_KEY, "N1", Times.NANOS);
            return verdict;
        });
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<String> next(World world) {
        return isOver ? List.of() : List.of(step);
    }

    @Override
    public String take(String taken, World world) {
        isOver = true;
        return action.apply(world);
    }

    @Override
    public String state(World world) {
        return "" + isOver;
    }

    @Override
    public Party copy() {
        OneStep copy = new OneStep(name, step, action);
        copy.isOver = isOver;
        return copy;
    }
}
