package io.cachedconnection.history;

import io.cachedconnection.history.Event.Kind;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Reads what all nodes recorded: first the writes, then the lookups. A lookup must see every write that had returned before
 * it began; of a write that never returned, because its node died, what is left of it after the longest transaction; and
 * nothing that is not committed.
 */
final class Checker {

    private static final int WRITE_BITS_BELOW_NODE = 40;

    private final Map<Integer, Set<Row>> committed;
    private final Map<Integer, Long> deaths;
    private final Map<Integer, Floor> floors = new HashMap<>();
    private final Map<Integer, Map<Row, Long>> returned = new HashMap<>();
    private final Report report;

    /**
     * A checker that knows what the database says.
     *
     * @param committed the rows that were ever committed, by key
     * @param deaths when nodes died, by what their writes begin with
     * @param report what it finds goes there
     */
    Checker(Map<Integer, Set<Row>> committed, Map<Integer, Long> deaths, Report report) {
        this.committed = committed;
        this.deaths = deaths;
        this.report = report;
    }

    /** To be shown all events once, before any of them is shown to {@link #lookup}. */
    void write(Event event) {
        switch (event.kind()) {
            case COMMITTED, ROLLED_BACK, REFUSED -> {
                report.write(event);
                outcome(event);
            }
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
        }
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
        Long death = deaths.get((int) (row.write() >>> WRITE_BITS_BELOW_NODE));
        if (death == null) {
            throw new IllegalStateException("A committed write of a living node has not returned: " + row);
        }
        report.orphan();
        return death + Options.MAX_TRANSACTION_AGE.toNanos();
    }

    /** To be shown all events again. */
    void lookup(Event event) {
        switch (event.kind()) {
            case LOOKUP -> committedLookup(event);
            case OWN_LOOKUP -> ownLookup(event);
            case THREW -> report.threw(event);
            case LOAD -> report.load();
            case COLD_LOAD -> report.coldLoad(event);
            default -> {} // a write
        }
    }

    private void committedLookup(Event event) {
        report.lookup(event);
        if (!isCommitted(event)) {
            report.uncommitted(event);
            return;
        }
        Floor floor = floors.computeIfAbsent(event.key(), key -> new Floor());
        long least = floor.at(event.floor());
        if (event.row().version() < least) {
            report.stale(
                    event, least, event.start() - floor.outdated(event.row().version()));
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
