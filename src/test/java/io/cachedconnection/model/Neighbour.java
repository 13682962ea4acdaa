package io.cachedconnection.model;

import io.cachedconnection.internal.engine.store.EntryKey;
import java.time.Duration;
import java.util.List;

/** A node that looks another key up with the same tags: they get stamps where they have none. */
final class Neighbour implements Party {

    private static final EntryKey KEY = Times.SPACE.key("2").with(Times.TAGGED.tags());

    private boolean isOver;

    @Override
    public String name() {
        return "N1";
    }

    @Override
    public List<String> next(World world) {
        return isOver ? List.of() : List.of("stamp");
    }

    @Override
    public String take(String step, World world) {
        isOver = true;
        String verdict = world.store()
                .acquire(KEY, Times.claim(name(), Duration.ZERO), Times.NANOS)
                .verdict()
                .name();
        world.store().release(KEY, name(), Times.NANOS);
        return verdict;
    }

    @Override
    public String state(World world) {
        return "" + isOver;
    }

    @Override
    public Party copy() {
        Neighbour copy = new Neighbour();
        copy.isOver = isOver;
        return copy;
    }
}
