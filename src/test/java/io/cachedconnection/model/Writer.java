package io.cachedconnection.model;

import static io.cachedconnection.model.Times.NANOS;
import static io.cachedconnection.model.Times.SPACE;

import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A write: of the key, that of it with the result put in its place, or of all keys; or a transaction that writes nothing and
 * puts what it has read. It may be rolled back, and take longer than is foreseen. From its deadline on a write that committed before it must be seen, ended or not: it may have crashed.
 */
final class Writer implements Writing {

    /** What a write does to the cache. */
    enum Kind {
        EVICTS,
        EVICTS_TAG,
        /** By the stamp of the cache. */
        EVICTS_CACHE,
        PUTS,
        PUTS_WHAT_IT_READ,
        /** In a transaction that is rolled back, but does not undo it. */
        WRITES_ELSEWHERE,
        EVICTS_ALL;

        private List<String> begin() {
            return switch (this) {
                case EVICTS, EVICTS_TAG, EVICTS_CACHE -> List.of("begin");
                case PUTS, PUTS_WHAT_IT_READ -> List.of("snapshot", "begin");
                case WRITES_ELSEWHERE -> List.of();
                case EVICTS_ALL -> List.of("announce", "leases", "values");
            };
        }

        private List<String> end() {
            return switch (this) {
                case EVICTS, EVICTS_TAG, EVICTS_CACHE, WRITES_ELSEWHERE -> List.of("end");
                case PUTS, PUTS_WHAT_IT_READ -> List.of("end-with");
                case EVICTS_ALL -> List.of("announce", "leases", "values", "conclude");
            };
        }
    }

    private final String name;
    private final Kind kind;
    private List<String> path = List.of();
    private int at;
    private int version;
    private int snapshot;
    private long since;
    private Duration settle = Duration.ZERO;
    private long deadline = Long.MAX_VALUE;
    private boolean late;
    private boolean mayBeLost; // its announcement, if another Redis comes

    Writer(String name, Kind kind) {
        this.name = name;
        this.kind = kind;
    }

    private List<String> path(String outcome) {
        List<String> steps = new ArrayList<>(kind.begin());
        steps.add(outcome);
        if (outcome.equals("commit")) {
            steps.addAll(kind.end());
        } else { // announced once more, and perhaps done later
            steps.addAll(kind.begin());
            steps.subList(kind.begin().size(), steps.size()).remove("snapshot");
            steps.add("late");
        }
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
        if (isOver() || (isAnnouncement() && world.isRefused(name))) {
            return List.of();
        }
        if (at == kind.begin().size()) {
            return kind == Kind.WRITES_ELSEWHERE ? List.of("commit") : List.of("commit", "rollback");
        }
        return List.of(path.isEmpty() ? kind.begin().get(at) : path.get(at));
    }

    /** Whether its next step announces it. */
    private boolean isAnnouncement() {
        boolean isFirst = path.isEmpty() && at < kind.begin().size();
        boolean isAgain = isOpen() && at > kind.begin().size() && !isOver();
        String step = isFirst ? kind.begin().get(at) : isAgain ? path.get(at) : "";
        return step.equals("begin") || step.equals("announce");
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
            case "rollback" -> {
                path = path("rollback");
                if (kind == Kind.PUTS && !world.isProtectedBy(Protection.RETURN_OF_THE_COMMIT)) {
                    version = world.committed() + 1;
                    path = List.of("snapshot", "begin", "rollback", "end-with", "late");
                }
            }
            case "late" -> {
                return done(world);
            }
            case "snapshot" -> {
                snapshot = world.committed();
                since = world.now();
                return "of " + snapshot;
            }
            case "begin" -> {
                announced(world);
                world.store().begin(target(world), name, NANOS);
                settle = isOpen()
                        ? settle
                        : Duration.ofNanos(world.now() - since).plus(Times.BUDGET);
                leasesGone(world);
            }
            case "end" -> ended(world);
            case "end-with" -> {
                return endedWith(world);
            }
            case "announce" -> {
                if (path.isEmpty() || isOpen()) {
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

    /** Whether it was called a rollback, which may be wrong, and the commit on its way. */
    boolean isOpen() {
        return path.contains("rollback");
    }

    private void ended(World world) {
        world.store().end(target(world), name, Outcome.COMMITTED, NANOS);
        leasesGone(world);
    }

    private EntryKey target(World world) {
        return kind == Kind.EVICTS_TAG ? Times.TAG : kind == Kind.EVICTS_CACHE ? Times.OF_CACHE : world.key();
    }

    /** A write of a tag leaves the leases of keys: what is filled under them is outdated. */
    private void leasesGone(World world) {
        if (target(world).equals(world.key())) {
            world.leasesGone();
        }
    }

    private String endedWith(World world) {
        if (settle.compareTo(Times.MAX_TRANSACTION_AGE) > 0) {
            ended(world);
            return "";
        }
        world.leasesGone();
        int value = kind == Kind.PUTS_WHAT_IT_READ ? snapshot : version;
        return "" + world.store().endWith(world.key(), name, settle, Times.entry(world.key(), value), NANOS);
    }

    private void announced(World world) {
        deadline = world.now() + Times.MAX_TRANSACTION_AGE.toNanos();
        mayBeLost = world.isOnTheFirst(name);
    }

    private String committed(World world) {
        path = path("commit");
        return done(world);
    }

    private String done(World world) {
        if (kind != Kind.PUTS_WHAT_IT_READ) {
            version = world.commit();
            late = isOverdue(world);
        }
        return "version " + world.committed();
    }

    @Override
    public int promises(World world) {
        boolean isForgotten =
                mayBeLost && world.isReplaced(); // if it dies as well, those are two failures in one write
        return (isOver() && !isOpen()) || (!late && isOverdue(world) && !isForgotten) ? version : 0;
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
        if (isOver() && (!isOpen() || late || (isOverdue(world) && !mayBeLost))) {
            return "done";
        }
        boolean reads = kind.begin().contains("snapshot") && at > 0;
        return at + "," + version + "," + isOpen() + mayBeLost + "," + !path.isEmpty() + late + ","
                + (reads ? snapshot + "," + settle + "," + (at == 1 ? world.now() - since : "") + "," : "")
                + (deadline == Long.MAX_VALUE ? -1 : Math.max(0, deadline - world.now()));
    }

    @Override
    public Party copy() {
        Writer copy = new Writer(name, kind);
        copy.path = path;
        copy.at = at;
        copy.version = version;
        copy.snapshot = snapshot;
        copy.since = since;
        copy.settle = settle;
        copy.deadline = deadline;
        copy.late = late;
        copy.mayBeLost = mayBeLost;
        return copy;
    }
}
