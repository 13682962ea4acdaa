package io.cachedconnection.model;

import static io.cachedconnection.model.Times.KEY;
import static io.cachedconnection.model.Times.NANOS;

import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.LeaseResult;
import io.cachedconnection.internal.engine.store.Stamps;
import java.time.Duration;
import java.util.List;

/**
 * A node that looks the key up, as the engine does: find, acquire, load, fill. Its load may throw; it may be in a
 * transaction, and then loads what was committed when that began; and it may stand still after it has worked out how old that is.
 */
final class Reader implements Party {

    private enum Phase {
        BEFORE,
        IDLE,
        MISSED,
        ASKING,
        BUSY,
        LEASED,
        LOADING,
        LOADED,
        LATE,
        DONE
    }

    private final String name;
    private final boolean transactional;
    private final boolean pausing;
    private final boolean ofBefore; // a node that knows nothing of stamps
    private Stamps stamps = Stamps.NONE; // that its lease gave it
    private int lookups;
    private Phase phase;
    private int snapshot;
    private long since;
    private long asked;
    private int expected;
    private int value;
    private long leaseUntil;
    private boolean leased;

    private Reader(String name, boolean transactional, boolean pausing, boolean ofBefore, int lookups) {
        this.ofBefore = ofBefore;
        this.name = name;
        this.transactional = transactional;
        this.pausing = pausing;
        this.lookups = lookups;
        this.phase = transactional ? Phase.BEFORE : Phase.IDLE;
    }

    static Reader plain(String name, int lookups) {
        return new Reader(name, false, false, false, lookups);
    }

    static Reader inTransaction(String name, int lookups) {
        return new Reader(name, true, false, false, lookups);
    }

    /** In a transaction, and time may pass between working out how old that is and asking for the lease. */
    static Reader pausing(String name) {
        return new Reader(name, true, true, false, 1);
    }

    /** On a node that knows nothing of stamps. */
    static Reader ofBefore(String name, int lookups) {
        return new Reader(name, false, false, true, lookups);
    }

    boolean isOfBefore() {
        return ofBefore;
    }

    private EntryKey key(World world) {
        return ofBefore ? KEY : world.key();
    }

    @Override
    public String name() {
        return name;
    }

    boolean isTransactional() {
        return transactional;
    }

    /** What a load sees now. */
    int visible(World world) {
        return transactional ? snapshot : world.committed();
    }

    @Override
    public List<String> next(World world) {
        return switch (phase) {
            case BEFORE -> List.of("snapshot");
            case IDLE -> List.of("find");
            case MISSED -> List.of(pausing ? "ask" : "acquire");
            case ASKING -> List.of("acquire");
            case BUSY -> List.of(pausing ? "ask" : "acquire", "give-up");
            case LEASED -> List.of("load", "throw");
            case LOADING -> List.of("load");
            case LOADED -> List.of("fill");
            case LATE -> List.of("give-back");
            case DONE -> List.of();
        };
    }

    @Override
    public String take(String step, World world) {
        return switch (step) {
            case "snapshot" -> begin(world);
            case "find" -> find(world);
            case "ask" -> {
                asked = world.now();
                yield went(Phase.ASKING, "");
            }
            case "acquire" -> acquire(world);
            case "load" -> load(world);
            case "fill" -> fill(world);
            case "throw" -> freed(world);
            case "give-back" -> {
                leased = false;
                yield went(Phase.LOADING, "" + world.store().release(key(world), name, NANOS));
            }
            default -> went(Phase.LOADING, "");
        };
    }

    private String went(Phase to, String result) {
        phase = to;
        if (to == Phase.DONE && --lookups > 0) {
            phase = Phase.IDLE;
        }
        return result;
    }

    private String begin(World world) {
        snapshot = world.committed();
        since = world.now();
        return went(Phase.IDLE, "of " + snapshot);
    }

    private String find(World world) {
        expected = world.promised();
        byte[] found = world.store().find(key(world), NANOS);
        int version = Times.version(key(world), found);
        if (found != null && version < 0) {
            world.store().remove(key(world), NANOS); // outdated: of nodes of another version
        }
        return version < 0 ? went(Phase.MISSED, "nothing") : got(version, world);
    }

    private String got(int version, World world) {
        world.check(version >= expected, "G1: " + name + " found " + version + " instead of " + expected);
        return went(Phase.DONE, "version " + version);
    }

    private String acquire(World world) {
        LeaseResult lease = world.store().acquire(key(world), Times.claim(name, settle(world)), NANOS);
        return switch (lease.verdict()) {
            case PRESENT -> present(lease.payload(), world);
            case LEASED -> {
                stamps = lease.stamps();
                yield leased(world);
            }
            case BUSY -> went(Phase.BUSY, "BUSY");
            default -> went(Phase.LOADING, lease.verdict().name());
        };
    }

    private String present(byte[] payload, World world) {
        int version = Times.version(key(world), payload);
        if (version < 0) {
            world.store().remove(key(world), NANOS);
            return went(Phase.LOADING, "outdated");
        }
        return got(version, world);
    }

    private String leased(World world) {
        boolean alone = world.parties().stream().noneMatch(p -> p instanceof Reader r && r != this && r.holds(world));
        world.check(alone || world.isReplaced(), "G4: " + name + " got a lease that another one has");
        leased = true;
        leaseUntil = world.now() + Times.LEASE.toNanos();
        boolean late = pausing && world.now() - asked > Times.BUDGET.toNanos();
        return went(late && world.isProtectedBy(Protection.CLOCK_AFTER_LEASE) ? Phase.LATE : Phase.LEASED, "LEASED");
    }

    private boolean holds(World world) {
        return leased && world.now() < leaseUntil;
    }

    void leaseGone() {
        leased = false;
    }

    private Duration settle(World world) {
        if (!transactional) {
            return Duration.ZERO;
        }
        Duration settle =
                Duration.ofNanos((pausing ? asked : world.now()) - since).plus(Times.BUDGET);
        return settle.compareTo(Times.MAX_TRANSACTION_AGE) > 0 ? Times.FOR_EVER : settle;
    }

    private String load(World world) {
        value = visible(world);
        boolean mayFill = phase == Phase.LEASED;
        return went(mayFill ? Phase.LOADED : Phase.DONE, "version " + value);
    }

    private String fill(World world) {
        leased = false;
        return went(
                Phase.DONE,
                ""
                        + world.store()
                                .fill(
                                        key(world),
                                        name,
                                        Times.entry(key(world), value).with(stamps),
                                        NANOS));
    }

    private String freed(World world) {
        leased = false;
        return went(Phase.DONE, "" + world.store().release(key(world), name, NANOS));
    }

    @Override
    public String state(World world) {
        if (phase == Phase.DONE) {
            return leased ? "done " + Math.max(0, leaseUntil - world.now()) : "done";
        }
        long age = transactional && phase != Phase.BEFORE
                ? Math.min(world.now() - since, Times.MAX_TRANSACTION_AGE.toNanos())
                : 0;
        return phase + "," + lookups + "," + snapshot + "," + age + ","
                + (phase == Phase.ASKING ? world.now() - asked + "," : "") + expected + "," + value + ","
                + (leased ? Math.max(0, leaseUntil - world.now()) : -1)
                + (phase.compareTo(Phase.LEASED) >= 0 ? world.current(stamps) : "");
    }

    @Override
    public Party copy() {
        Reader copy = new Reader(name, transactional, pausing, ofBefore, lookups);
        copy.stamps = stamps;
        copy.asked = asked;
        copy.phase = phase;
        copy.snapshot = snapshot;
        copy.since = since;
        copy.expected = expected;
        copy.value = value;
        copy.leaseUntil = leaseUntil;
        copy.leased = leased;
        return copy;
    }
}
