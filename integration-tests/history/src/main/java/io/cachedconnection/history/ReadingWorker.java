package io.cachedconnection.history;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Looks rows up: mostly outside transactions, and in young and old ones. */
final class ReadingWorker implements Worker {

    private static final long COLD_INTERVAL = TimeUnit.MILLISECONDS.toNanos(250);
    private static final int BATCH = 20;

    private final Session session;
    private final Lookups lookups;
    private final Random random;
    private long lastCold;

    ReadingWorker(Session session, Lookups lookups, Random random) {
        this.session = session;
        this.lookups = lookups;
        this.random = random;
    }

    @Override
    public void step() throws SQLException {
        cold();
        switch (random.nextInt(8)) {
            case 0 -> inTransaction(Connection.TRANSACTION_READ_COMMITTED);
            case 1 -> inTransaction(Connection.TRANSACTION_REPEATABLE_READ);
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
            lookups.now(key());
            LockSupport.parkNanos(random.nextInt(300_000));
        }
    }

    private void inTransaction(int isolation) throws SQLException {
        session.begin(isolation, random.nextInt(4) > 0);
        session.takeSnapshot();
        for (int i = random.nextInt(3); i >= 0 && !session.isOverdue(); i--) {
            LockSupport.parkNanos(age());
            look(isolation);
        }
        session.commit();
    }

    /** Few are old: most times a write must come in between by chance, as it would. */
    private long age() {
        return TimeUnit.MILLISECONDS.toNanos(random.nextInt(10) == 0 ? random.nextInt(400) : random.nextInt(15));
    }

    private void look(int isolation) {
        if (isolation == Connection.TRANSACTION_REPEATABLE_READ) {
            lookups.since(key(), session.begun());
        } else {
            lookups.now(key());
        }
    }

    private int key() {
        return random.nextInt(Options.HOT_KEYS);
    }
}
