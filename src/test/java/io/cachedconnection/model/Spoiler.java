package io.cachedconnection.model;

import static io.cachedconnection.model.Times.NANOS;

import io.cachedconnection.internal.engine.store.LeaseResult.Verdict;
import java.util.List;

/**
 * Another program, or a node while the clock of Redis was wrong: puts a moment into a fence that no node can mean. Once a
 * step has seen that, and all that was begun has run out, the key must be cached again.
 */
final class Spoiler implements Party {

    private static final List<String> STEPS = List.of("spoil", "outlast");

    private final String fence;
    private final String field;
    private int at;

    Spoiler(String fence, String field) {
        this.fence = fence;
        this.field = field;
    }

    @Override
    public String name() {
        return "X";
    }

    @Override
    public List<String> next(World world) {
        return at == STEPS.size() ? List.of() : List.of(STEPS.get(at));
    }

    @Override
    public String take(String step, World world) {
        at++;
        if (step.equals("spoil")) {
            world.store().spoil(fence, field);
            world.leasesGone();
            return "";
        }
        Verdict first = asked(world);
        world.pass(Times.MAX_TRANSACTION_AGE.multipliedBy(2).toNanos());
        Verdict last = asked(world);
        world.check(
                first == Verdict.PRESENT || last == Verdict.LEASED,
                "spoilt: the key is not cached any more, " + first + ", " + last);
        return first + ", " + last;
    }

    private Verdict asked(World world) {
        Verdict verdict = world.store()
                .acquire(world.key(), Times.claim(name(), Times.MOMENT), NANOS)
                .verdict();
        world.store().release(world.key(), name(), NANOS);
        return verdict;
    }

    @Override
    public String state(World world) {
        return "" + at;
    }

    @Override
    public Party copy() {
        Spoiler copy = new Spoiler(fence, field);
        copy.at = at;
        return copy;
    }
}
