package io.cachedconnection.model;

import io.cachedconnection.internal.engine.store.EntryKey;
import java.util.List;

/** Redis loses a stamp: it was full, or somebody removed it. */
final class Loss implements Party {

    private final EntryKey tag;
    private boolean isOver;

    Loss(EntryKey tag) {
        this.tag = tag;
    }

    @Override
    public String name() {
        return "loss";
    }

    @Override
    public List<String> next(World world) {
        return isOver ? List.of() : List.of("lose");
    }

    @Override
    public String take(String step, World world) {
        isOver = true;
        return "" + world.store().remove(tag, Times.NANOS);
    }

    @Override
    public String state(World world) {
        return "" + isOver;
    }

    @Override
    public Party copy() {
        Loss copy = new Loss(tag);
        copy.isOver = isOver;
        return copy;
    }
}
