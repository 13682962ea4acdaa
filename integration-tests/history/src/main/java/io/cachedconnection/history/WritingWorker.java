package io.cachedconnection.history;

import io.cachedconnection.history.Event.Kind;
import io.cachedconnection.history.Options.Operation;
import io.cachedconnection.history.Plans.Item;
import io.cachedconnection.internal.engine.Engine;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.Target;
import io.cachedconnection.internal.engine.write.Invalidations;
import io.cachedconnection.internal.engine.write.RefusedWriteException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Writes rows: one or two at a time, in transactions the cache knows of and in others; some are rolled back, and some
 * clients give up on their commit.
 */
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
    private final Options options;
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
        this.options = desk.options();
        this.lastWrite = firstWrite;
    }

    @Override
    public void step() throws Exception {
        gate.write(() -> {
            boolean isUnseen = random.nextInt(4) == 0;
            boolean isByTag = random.nextInt(10) == 0;
            boolean lingers = isChosen(Operation.LOST_COMMITS, 30);
            // An announced write that waits for many rows would be too old; a commit takes its time for each row.
            List<Integer> keys = isByTag ? Plans.rowsOfOneTag(random, isUnseen || lingers ? 2 : 4) : keys();
            write(new Attempt(keys, ++lastWrite, isUnseen, isByTag, random.nextInt(7) == 0, lingers));
        });
        LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(
                random.nextInt(6) == 0 ? random.nextInt(800_000) : random.nextInt(40_000)));
    }

    /** One time in so many, if it is asked for. */
    private boolean isChosen(Operation operation, int times) {
        return random.nextInt(times) == 0 && options.operations().contains(operation);
    }

    /**
     * What is about to be written.
     *
     * @param isUnseen whether the cache does not know of its transaction
     * @param isByTag whether it evicts by the tag of its rows
     * @param lingers whether its commit takes long, so that its client may give up on it
     * @param read rows that it has only read, before it wrote
     * @param rows those that it has written
     */
    private record Attempt(
            List<Integer> keys,
            long write,
            boolean isUnseen,
            boolean isByTag,
            boolean isRolledBack,
            boolean lingers,
            long start,
            Map<Integer, Row> read,
            Map<Integer, Row> rows) {
        Attempt(
                List<Integer> keys,
                long write,
                boolean isUnseen,
                boolean isByTag,
                boolean isRolledBack,
                boolean lingers) {
            this(
                    keys,
                    write,
                    isUnseen,
                    isByTag,
                    isRolledBack,
                    lingers,
                    System.nanoTime(),
                    new HashMap<>(),
                    new LinkedHashMap<>());
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
        if (attempt.lingers()) {
            session.linger(random.nextInt(Session.LONGEST_COMMIT_MILLIS));
        }
        try {
            if (attempt.isUnseen()) {
                outcome = unseen(attempt);
            } else {
                outcome = inTransaction(
                        attempt,
                        random.nextInt(3) == 0
                                ? Connection.TRANSACTION_REPEATABLE_READ
                                : Connection.TRANSACTION_READ_COMMITTED);
            }
        } catch (RefusedWriteException e) {
            rollBack();
            outcome = Kind.REFUSED;
        } catch (SQLException e) {
            outcome = afterFailure(e);
        }
        ambush.at(Ambush.Point.ENDED);
        record(attempt, outcome);
        if (attempt.lingers()) {
            session.reconnect();
        }
    }

    private Kind afterFailure(SQLException failure) throws SQLException {
        if (Session.isLost(failure)) {
            return Kind.UNKNOWN;
        }
        if (!Session.isRollback(failure)) {
            throw failure;
        }
        rollBack();
        return Kind.ROLLED_BACK;
    }

    private void rollBack() throws SQLException {
        if (session.isActive()) {
            session.rollback();
        }
    }

    private void record(Attempt attempt, Kind outcome) {
        long end = System.nanoTime();
        attempt.rows().forEach((key, row) -> events.add(new Event(outcome, key, attempt.start(), end, row, 0)));
    }

    /** A transaction that the cache knows of. */
    private Kind inTransaction(Attempt attempt, int isolation) throws Exception {
        session.begin(isolation, options.knowledge(random));
        if (random.nextInt(3) == 0) {
            lookBefore(attempt, isolation);
        }
        if (isChosen(Operation.PARTS, 4)) {
            readParts(attempt);
        }
        boolean isLate = random.nextInt(4) == 0;
        if (isLate) { // the cache is told of the change only when it has been looked at
            change(attempt);
            attempt.keys().forEach(key -> lookups.aside(plans.hot(key)));
        }
        if (isLate && isChosen(Operation.HAND_PUTS, 2)) {
            Map<Item, List<Row>> results = results(attempt);
            Set<EntryKey> put = results.keySet().stream().map(Item::key).collect(Collectors.toSet());
            outdated(attempt).filter(key -> !put.contains(key)).forEach(key -> engine.evict((Target) key));
            results.forEach((item, value) -> engine.put(item.plan(), item.key(), value));
        } else if (isChosen(Operation.KEY_OF_RESULT, 6)) {
            List<KeySpace> spaces = attempt.isByTag() ? List.of(Plans.TAGS) : List.of(Plans.HOT, Plans.VIEWS);
            engine.write(List.of(), spaces, invalidations -> {
                changeUnless(isLate, attempt);
                outdated(attempt).forEach(invalidations::evict);
                return put(results(attempt), invalidations);
            });
        } else {
            engine.write(targets(attempt), invalidations -> {
                changeUnless(isLate, attempt);
                return put(results(attempt), invalidations);
            });
        }
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
        attempt.keys()
                .forEach(key -> lookups.own(random.nextInt(3) == 0 ? plans.view(key) : plans.hot(key), attempt.rows()));
    }

    private void lookBefore(Attempt attempt, int isolation) throws SQLException {
        session.takeSnapshot();
        long floor = isolation == Connection.TRANSACTION_REPEATABLE_READ ? session.begun() : System.nanoTime();
        attempt.keys().forEach(key -> lookups.since(plans.hot(key), floor));
    }

    /** Reads what stands beside the rows that are to be written, some time before. */
    private void readParts(Attempt attempt) throws SQLException {
        for (int key : attempt.keys()) {
            int next = Plans.next(key);
            attempt.read().put(next, rows.load(List.of(next)).get(0));
        }
        LockSupport.parkNanos(random.nextInt(20_000_000));
    }

    /** A transaction that the cache does not know of, in the course of the method. */
    private Kind unseen(Attempt attempt) throws Exception {
        Kind done = engine.write(targets(attempt), invalidations -> {
            ambush.at(Ambush.Point.BEGUN);
            try (var other = new Unseen(session)) {
                if (isChosen(Operation.PARTS, 4)) {
                    readParts(attempt);
                }
                change(attempt);
                lookAtOwn(attempt);
                ambush.at(Ambush.Point.CHANGED);
                Kind outcome = other.over(attempt.isRolledBack());
                ambush.at(Ambush.Point.COMMITTED);
                if (outcome == Kind.COMMITTED) {
                    put(results(attempt), invalidations);
                }
                return outcome;
            }
        });
        return done == null ? Kind.ROLLED_BACK : done;
    }

    /** What the rows are in, and now and then all: by the stamps of the caches, or by a sweep. */
    private List<Target> targets(Attempt attempt) {
        return switch (random.nextInt(80)) {
            case 0 -> List.of(Plans.HOT, Plans.VIEWS);
            case 1, 2 -> List.of(Plans.HOT.all(), Plans.VIEWS.all());
            default -> outdated(attempt).<Target>map(key -> key).toList();
        };
    }

    /** The keys of what the rows are in, or of their tag. */
    private Stream<EntryKey> outdated(Attempt attempt) {
        return attempt.keys().stream()
                .flatMap(row -> attempt.isByTag()
                        ? Stream.of(Plans.tag(row))
                        : plans.of(row).map(Item::key))
                .distinct();
    }

    private void changeUnless(boolean isChanged, Attempt attempt) throws SQLException {
        if (!isChanged) {
            change(attempt);
        }
    }

    private void change(Attempt attempt) throws SQLException {
        for (int key : attempt.keys()) {
            attempt.rows().put(key, rows.update(key, attempt.write()));
        }
    }

    /** Now and then the new rows, and what they are in together with what was read before. */
    private Map<Item, List<Row>> results(Attempt attempt) {
        Map<Item, List<Row>> results = new LinkedHashMap<>();
        if (random.nextInt(4) == 0) {
            attempt.rows().forEach((key, row) -> results.put(plans.hot(key), List.of(row)));
        }
        attempt.rows().forEach((key, row) -> {
            int next = Plans.next(key);
            Row part = attempt.rows().getOrDefault(next, attempt.read().get(next));
            if (part != null) {
                results.put(plans.view(key), List.of(row, part));
            }
        });
        return results;
    }

    private boolean put(Map<Item, List<Row>> results, Invalidations invalidations) {
        results.forEach((item, value) ->
                invalidations.replace(item.key(), () -> engine.encode(item.plan(), item.key(), value)));
        return !results.isEmpty();
    }
}
