package io.cachedconnection.history;

import io.cachedconnection.history.Event.Kind;
import io.cachedconnection.internal.core.Changes;
import io.cachedconnection.internal.core.Engine;
import io.cachedconnection.internal.core.RefusedWriteException;
import io.cachedconnection.internal.core.Target;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** Writes rows: one or two at a time, in transactions the cache knows of and in others; some are rolled back. */
final class WritingWorker implements Worker {

    private final Engine engine;
    private final Plans plans;
    private final Gate gate;
    private final Session session;
    private final Lookups lookups;
    private final EventFile events;
    private final Ambush ambush;
    private final Random random;
    private final Rows rows;
    private long lastWrite;

    WritingWorker(Node.Desk desk, Session session, Lookups lookups, long firstWrite) {
        this.engine = desk.library().engine();
        this.plans = desk.library().plans();
        this.gate = desk.gate();
        this.session = session;
        this.lookups = lookups;
        this.events = desk.events();
        this.ambush = session.ambush();
        this.random = desk.random();
        this.rows = new Rows(session);
        this.lastWrite = firstWrite;
    }

    @Override
    public void step() throws Exception {
        gate.write(() -> write(new Attempt(keys(), ++lastWrite, random.nextInt(7) == 0)));
        LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(
                random.nextInt(6) == 0 ? random.nextInt(800_000) : random.nextInt(40_000)));
    }

    /** What is about to be written. */
    private record Attempt(List<Integer> keys, long write, boolean isRolledBack, long start, Map<Integer, Row> rows) {
        Attempt(List<Integer> keys, long write, boolean isRolledBack) {
            this(keys, write, isRolledBack, System.nanoTime(), new LinkedHashMap<>());
        }
    }

    /** One row or two, in an order in which no two writers wait for each other. */
    private List<Integer> keys() {
        return IntStream.generate(() -> random.nextInt(Options.HOT_KEYS))
                .limit(random.nextInt(6) == 0 ? 2 : 1)
                .distinct()
                .sorted()
                .boxed()
                .toList();
    }

    private void write(Attempt attempt) throws Exception {
        Kind outcome;
        try {
            outcome = switch (random.nextInt(4)) {
                case 0 -> unseen(attempt);
                case 1 -> inTransaction(attempt, Connection.TRANSACTION_REPEATABLE_READ);
                default -> inTransaction(attempt, Connection.TRANSACTION_READ_COMMITTED);
            };
        } catch (RefusedWriteException e) {
            outcome = Kind.REFUSED;
        } catch (SQLException e) {
            outcome = afterFailure(e);
        }
        ambush.at(Ambush.Point.ENDED);
        record(attempt, outcome);
    }

    private Kind afterFailure(SQLException failure) throws SQLException {
        if (!Session.isRollback(failure)) {
            throw failure;
        }
        if (session.isActive()) {
            session.rollback();
        }
        return Kind.ROLLED_BACK;
    }

    private void record(Attempt attempt, Kind outcome) {
        long end = System.nanoTime();
        attempt.rows().forEach((key, row) -> events.add(new Event(outcome, key, attempt.start(), end, row, 0)));
    }

    /** A transaction that the cache knows of. */
    private Kind inTransaction(Attempt attempt, int isolation) throws Exception {
        session.begin(isolation, random.nextInt(4) > 0);
        if (random.nextInt(3) == 0) {
            lookBefore(attempt, isolation);
        }
        boolean late = random.nextInt(4) == 0;
        if (late) { // the cache is told of the change only when it has been looked at
            change(attempt);
            attempt.keys().forEach(lookups::aside);
        }
        engine.write(targets(attempt), changes -> {
            if (!late) {
                change(attempt);
            }
            return put(attempt, changes);
        });
        lookAtOwn(attempt);
        ambush.at(Ambush.Point.CHANGED);
        if (attempt.isRolledBack()) {
            session.rollback();
            return Kind.ROLLED_BACK;
        }
        session.commit();
        return Kind.COMMITTED;
    }

    private void lookAtOwn(Attempt attempt) {
        attempt.rows().forEach((key, row) -> lookups.own(key, row.version()));
    }

    private void lookBefore(Attempt attempt, int isolation) throws SQLException {
        session.takeSnapshot();
        long floor = isolation == Connection.TRANSACTION_REPEATABLE_READ ? session.begun() : System.nanoTime();
        attempt.keys().forEach(key -> lookups.since(key, floor));
    }

    /** A transaction that the cache does not know of, in the course of the method. */
    private Kind unseen(Attempt attempt) throws Exception {
        Kind done = engine.write(targets(attempt), changes -> {
            ambush.at(Ambush.Point.BEGUN);
            try (var other = new Unseen(session.connection())) {
                change(attempt);
                lookAtOwn(attempt);
                ambush.at(Ambush.Point.CHANGED);
                Kind outcome = other.over(attempt.isRolledBack());
                ambush.at(Ambush.Point.COMMITTED);
                put(attempt, changes);
                return outcome;
            }
        });
        return done == null ? Kind.ROLLED_BACK : done;
    }

    /** The rows, and now and then the whole cache. */
    private List<Target> targets(Attempt attempt) {
        if (random.nextInt(40) == 0) {
            return List.of(Plans.HOT);
        }
        return attempt.keys().stream().<Target>map(Plans::hot).toList();
    }

    private void change(Attempt attempt) throws SQLException {
        for (int key : attempt.keys()) {
            attempt.rows().put(key, rows.update(key, attempt.write()));
        }
    }

    /** Now and then hands the cache the new rows. */
    private boolean put(Attempt attempt, Changes changes) {
        boolean put = !attempt.isRolledBack() && random.nextInt(4) == 0;
        if (put) {
            attempt.rows()
                    .forEach((key, row) ->
                            changes.replace(Plans.hot(key), () -> engine.parcel(plans.hot(), Plans.hot(key), row)));
        }
        return put;
    }
}
