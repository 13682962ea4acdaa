package io.cachedconnection.history;

import io.cachedconnection.history.Options.Operation;
import io.cachedconnection.history.Plans.Item;
import io.cachedconnection.internal.engine.write.RefusedWriteException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Looks rows up: mostly outside transactions, and in young and old ones. */
final class ReadingWorker implements Worker {

    private static final long COLD_INTERVAL = TimeUnit.MILLISECONDS.toNanos(250);
    private static final int BATCH = 20;
    private static final int BRIEF_ROWS = 4;

    private final Session session;
    private final Lookups lookups;
    private final Library library;
    private final Rows rows;
    private final Gate gate;
    private final Random random;
    private final Options options;
    private long lastCold;

    ReadingWorker(Node.Desk desk, Session session, Lookups lookups) {
        this.session = session;
        this.lookups = lookups;
        this.library = desk.library();
        this.rows = new Rows(session);
        this.gate = desk.gate();
        this.random = desk.random();
        this.options = desk.options();
    }

    @Override
    public void step() throws Exception {
        cold();
        switch (random.nextInt(8)) {
            case 0 -> gate.read(() -> inTransaction(Connection.TRANSACTION_READ_COMMITTED));
            case 1 -> gate.read(() -> inTransaction(Connection.TRANSACTION_REPEATABLE_READ));
            default -> outside();
        }
    }

    /** All threads of all nodes see the same clock, so they come for the same cold row at the same time. */
    private void cold() {
        long number = System.nanoTime() / COLD_INTERVAL;
        if (number != lastCold) {
            lastCold = number;
            lookups.cold((int) number);
        }
    }

    private void outside() {
        for (int i = 0; i < BATCH; i++) {
            lookups.now(any());
            LockSupport.parkNanos(random.nextInt(300_000));
        }
        lookups.brief(random.nextInt(BRIEF_ROWS));
    }

    private void inTransaction(int isolation) throws SQLException {
        session.begin(isolation, options.knowledge(random));
        session.takeSnapshot();
        for (int i = random.nextInt(3); i >= 0 && !session.isOverdue(); i--) {
            LockSupport.parkNanos(age());
            look(isolation);
        }
        try {
            if (random.nextInt(6) == 0 && options.operations().contains(Operation.HAND_PUTS) && !session.isOverdue()) {
                put(any());
            }
            session.commit();
        } catch (RefusedWriteException e) { // the put is
            if (session.isActive()) {
                session.rollback();
            }
        }
    }

    /** Few are old: most times a write must come in between by chance, as it would. */
    private long age() {
        return TimeUnit.MILLISECONDS.toNanos(random.nextInt(10) == 0 ? random.nextInt(400) : random.nextInt(15));
    }

    private void look(int isolation) {
        if (isolation == Connection.TRANSACTION_REPEATABLE_READ) {
            lookups.since(any(), session.begun());
        } else {
            lookups.now(any());
        }
    }

    /** Hands the cache what the transaction sees, after a while in which another one may write it. */
    private void put(Item item) throws SQLException {
        List<Row> read = rows.load(item.rows());
        LockSupport.parkNanos(age());
        library.engine().put(item.plan(), item.key(), read);
    }

    private Item any() {
        int row = random.nextInt(Options.HOT_KEYS);
        return random.nextInt(4) == 0
                ? library.plans().view(row)
                : library.plans().hot(row);
    }
}
