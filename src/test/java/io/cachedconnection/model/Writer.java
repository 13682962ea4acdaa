package io.cachedconnection.model;

import static io.cachedconnection.model.Times.KEY;
import static io.cachedconnection.model.Times.NANOS;
import static io.cachedconnection.model.Times.SPACE;

import io.cachedconnection.internal.core.Outcome;
import java.util.ArrayList;
import java.util.List;

/**
 * A write: of the key, that of it with the result put in its place, or of all keys. It may be rolled back, and take longer
 * than is foreseen. From its deadline on a write that committed before it must be seen, ended or not: it may have crashed.
 */
final class Writer implements Writing {

    /** What a write does to the cache. */
    enum Kind {
        EVICTS,
        PUTS,
        EVICTS_ALL;

        private List<String> begin() {
            return this == EVICTS_ALL ? List.of("announce", "leases", "values") : List.of("begin");
        }

        private List<String> end() {
            return switch (this) {
                case EVICTS -> List.of("end");
                case PUTS -> List.of("end-with");
                case EVICTS_ALL -> List.of("announce", "leases", "values", "conclude");
            };
        }
    }

    private final String name;
    private final Kind kind;
    private List<String> path = List.of();
    private int at;
    private int version;
    private long deadline = Long.MAX_VALUE;
    private boolean late;

    Writer(String name, Kind kind) {
        this.name = name;
        this.kind = kind;
    }

    private List<String> path(String outcome) {
        List<String> steps = new ArrayList<>(kind.begin());
        steps.add(outcome);
        steps.addAll(kind.end());
        return steps;
    }

    @Override
    public String name() {
        return name;
    }

    Kind kind() {
        return kind;
    }

    @Override
    public List<String> next(World world) {
        if (isOver()) {
            return List.of();
        }
        if (at == kind.begin().size()) {
            return List.of("commit", "rollback");
        }
        return List.of(path.isEmpty() ? kind.begin().get(at) : path.get(at));
    }

    @Override
    public String take(String step, World world) {
        String result = done(step, world);
        at++;
        return result;
    }

    private String done(String step, World world) {
        switch (step) {
            case "commit" -> {
                return committed(world);
            }
            case "rollback" -> path = path("rollback");
            case "begin" -> {
                announced(world);
                world.store().begin(KEY, name, NANOS);
                world.leasesGone();
            }
            case "end" -> ended(world);
            case "end-with" -> {
                return endedWith(world);
            }
            case "announce" -> {
                if (path.isEmpty()) {
                    announced(world);
                }
                world.store().announceAll(SPACE, name);
            }
            case "leases" -> {
                world.store().dropLeases(SPACE);
                world.leasesGone();
            }
            case "values" -> world.store().dropValues(SPACE);
            default -> world.store().concludeAll(SPACE, name, Outcome.COMMITTED);
        }
        return "";
    }

    /** Also after a rollback it evicts, for who calls it that may be wrong. */
    private void ended(World world) {
        world.store().end(KEY, name, Outcome.COMMITTED, NANOS);
        world.leasesGone();
    }

    private String endedWith(World world) {
        if (version == 0) {
            ended(world);
            return "";
        }
        world.leasesGone();
        return "" + world.store().endWith(KEY, name, Times.entry(version), NANOS);
    }

    private void announced(World world) {
        deadline = world.now() + Times.MAX_TRANSACTION_AGE.toNanos();
    }

    private String committed(World world) {
        path = path("commit");
        version = world.commit();
        late = isOverdue(world);
        return "version " + version;
    }

    @Override
    public int promises(World world) {
        return isOver() || (!late && isOverdue(world)) ? version : 0;
    }

    private boolean isOver() {
        return !path.isEmpty() && at == path.size();
    }

    @Override
    public boolean isOverdue(World world) {
        return world.now() >= deadline;
    }

    @Override
    public String state(World world) {
        if (isOver()) {
            return "done";
        }
        return at + "," + version + "," + !path.isEmpty() + late + ","
                + (deadline == Long.MAX_VALUE ? -1 : Math.max(0, deadline - world.now()));
    }

    @Override
    public Party copy() {
        Writer copy = new Writer(name, kind);
        copy.path = path;
        copy.at = at;
        copy.version = version;
        copy.deadline = deadline;
        copy.late = late;
        return copy;
    }
}
