package io.cachedconnection.history;

import io.cachedconnection.history.Event.Kind;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Reads what all nodes recorded: first the writes, then the lookups. A lookup must see every write that had returned before
 * it began; of a write that never returned, because its node died, what is left of it after the longest transaction; one
 * that its client has given up on as soon as a load has seen it in the database; and nothing that is not committed. A lookup
 * that its node has answered from its own memory may be late by the bound that is set for that, but not for what that node
 * has written itself.
 */
final class Checker {

    /** Redis tells the time in milliseconds, and the test's lookups are recorded by another clock. */
    private static final long TOLERANCE = TimeUnit.MILLISECONDS.toNanos(50);

    private static final int WRITE_BITS_BELOW_NODE = 40;

    private final Map<Integer, Set<Row>> committed;
    private final Map<Integer, Long> deaths;
    private final Map<Integer, Floor> floors = new HashMap<>();
    private final Map<Place, Floor> ownFloors = new HashMap<>();
    private final Map<Integer, Map<Row, Long>> returned = new HashMap<>();
    private final Map<Long, Long> briefStored = new HashMap<>(); // when at the latest, by the moment it was loaded at
    private final Map<Integer, NavigableMap<Long, Long>> loaded = new HashMap<>(); // when first, by key and version
    private final Map<Long, Long> givenUp = new HashMap<>(); // when, by write
    private final Report report;
    private final Bounds bounds;

    /**
     * How late may be what.
     *
     * @param near what a node has in its memory
     * @param transaction what a node that has died, or given up, leaves behind
     * @param fill what is stored after it was loaded
     */
    record Bounds(Duration near, Duration transaction, Duration fill) {}

    /** A row as a node in one of its lives has it. */
    private record Place(int node, int key) {}

    /**
     * A checker that knows what the database says.
     *
     * @param committed the rows that were ever committed, by key
     * @param deaths when nodes died, by what their writes begin with
     * @param report what it finds goes there
     * @param bounds how late may be what
     */
    Checker(Map<Integer, Set<Row>> committed, Map<Integer, Long> deaths, Report report, Bounds bounds) {
        this.committed = committed;
        this.deaths = deaths;
        this.report = report;
        this.bounds = bounds;
    }

    /** To be shown all events once, before any of them is shown to {@link #lookup}. */
    void write(Event event) {
        switch (event.kind()) {
            case COMMITTED, ROLLED_BACK, REFUSED -> {
                report.write(event);
                outcome(event);
            }
            case UNKNOWN -> {
                report.write(event);
                givenUp.put(event.row().write(), event.end());
            }
            case LOAD ->
                loaded.computeIfAbsent(event.key(), key -> new TreeMap<>())
                        .merge(event.row().version(), event.end(), Math::min);
            case BRIEF_LOOKUP -> stored(event);
            default -> {} // not a write
        }
    }

    private void outcome(Event event) {
        boolean isCommitted = event.kind() == Kind.COMMITTED;
        if (isCommitted != isCommitted(event)) {
            throw new IllegalStateException("The database does not agree that this is " + event);
        }
        if (isCommitted) {
            returned.computeIfAbsent(event.key(), key -> new HashMap<>()).put(event.row(), event.end());
            own(node(event.row()), event.key()).raise(event.end(), event.row().version());
        }
    }

    private void stored(Event event) {
        if (event.floor() != 0) {
            briefStored.put(event.row().version(), event.floor());
        }
    }

    /** What must be seen of what the node itself has written. */
    private Floor own(int node, int key) {
        return ownFloors.computeIfAbsent(new Place(node, key), place -> new Floor());
    }

    private static int node(Row row) {
        return (int) (row.write() >>> WRITE_BITS_BELOW_NODE);
    }

    /** To be called between the writes and the lookups. */
    void settle() {
        committed.forEach((key, rows) -> {
            Floor floor = floors.computeIfAbsent(key, k -> new Floor());
            rows.stream().filter(row -> row.write() != 0).forEach(row -> floor.raise(visible(key, row), row.version()));
        });
    }

    /** From when on a committed row must be seen. */
    private long visible(int key, Row row) {
        Long end = returned.getOrDefault(key, Map.of()).get(row);
        if (end != null) {
            return end;
        }
        Long given = givenUp.get(row.write());
        if (given != null) {
            return Math.min(given + bounds.transaction().toNanos(), firstLoaded(key, row));
        }
        Long death = deaths.get(node(row));
        if (death == null) {
            throw new IllegalStateException("A committed write of a living node has not returned: " + row);
        }
        report.orphan();
        return death + bounds.transaction().toNanos();
    }

    /** From when on it was committed for certain: a load had seen it, or what came after it, in the database. */
    private long firstLoaded(int key, Row row) {
        return loaded.getOrDefault(key, Collections.emptyNavigableMap()).tailMap(row.version(), true).values().stream()
                .min(Long::compare)
                .orElse(Long.MAX_VALUE);
    }

    /** To be shown all events again, with the life of the node that recorded them. */
    void lookup(int node, Event event) {
        switch (event.kind()) {
            case LOOKUP -> committedLookup(event, event.floor());
            case NEAR_LOOKUP -> nearLookup(node, event);
            case BRIEF_LOOKUP -> briefLookup(event);
            case OWN_LOOKUP -> ownLookup(event);
            case THREW -> report.threw(event);
            case LOAD -> report.load();
            case COLD_LOAD -> report.coldLoad(event);
            default -> {} // a write
        }
    }

    private void committedLookup(Event event, long moment) {
        report.lookup(event);
        if (!isCommitted(event)) {
            report.uncommitted(event);
            return;
        }
        long least = floor(event).at(moment);
        if (event.row().version() < least) {
            report.stale(event, least, staleness(event));
        }
    }

    private Floor floor(Event event) {
        return floors.computeIfAbsent(event.key(), key -> new Floor());
    }

    private long staleness(Event event) {
        return event.start() - floor(event).outdated(event.row().version());
    }

    /** Whatever its transaction sees of the database, it must see what had returned when it was late already. */
    private void nearLookup(int node, Event event) {
        if (event.row().version() < floor(event).at(event.start())) {
            report.late(staleness(event));
        }
        long least = own(node, event.key()).at(event.start());
        if (event.row().version() < least && isCommitted(event)) {
            report.lookup(event);
            report.missedItsOwn(event, least, staleness(event));
        } else {
            committedLookup(event, event.start() - bounds.near().toNanos());
        }
    }

    /** What has come to its end in Redis is nowhere any more. */
    private void briefLookup(Event event) {
        report.lookup(event);
        long stored = briefStored.getOrDefault(
                event.row().version(), event.row().version() + bounds.fill().toNanos());
        long over = event.start() - stored - Plans.BRIEF_LIFE.toNanos();
        if (over > TOLERANCE) {
            report.outlived(event, over);
        }
    }

    /** A transaction sees what it has written itself, which nobody else may see yet. */
    private void ownLookup(Event event) {
        report.lookup(event);
        if (event.row().version() != event.floor()) {
            report.stale(event, event.floor(), 0);
        }
    }

    private boolean isCommitted(Event event) {
        return committed.getOrDefault(event.key(), Set.of()).contains(event.row());
    }
}
