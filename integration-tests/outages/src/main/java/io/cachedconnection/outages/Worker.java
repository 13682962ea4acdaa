package io.cachedconnection.outages;

import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.LookupResult;
import io.cachedconnection.internal.engine.store.LookupResult.Source;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * A thread that looks up and writes at a steady pace. Beside each call of the cache it makes the same call without one, so
 * that what the machine takes can be told from what the cache takes.
 */
final class Worker implements Runnable {

    private static final int ROUND = 8;
    private static final long WHILE_HELD = 1_000_000;

    final Samples lookups = new Samples();
    final Samples plainLookups = new Samples();
    final Samples writes = new Samples();
    final Samples plainWrites = new Samples();

    private final Application application;
    private final Repository beside = new Repository(Rows.ALL); // without a cache
    private final Tally tally;
    private final long pause;
    private volatile boolean stopped;
    private volatile boolean held;
    private int steps;

    Worker(Application application, Tally tally, long pause) {
        this.application = application;
        this.tally = tally;
        this.pause = pause;
    }

    void stop() {
        stopped = true;
    }

    /** Makes no new call until it is let go. */
    void hold(boolean hold) {
        held = hold;
    }

    @Override
    public void run() {
        while (!stopped) {
            if (!held) {
                step(steps++ % ROUND);
            }
            LockSupport.parkNanos(held ? WHILE_HELD : pause);
        }
    }

    /** In each round a write, a lookup of a row that is written, one of a row that was never looked up, and others. */
    private void step(int turn) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        int written = Rows.READ + random.nextInt(Rows.WRITTEN);
        int read = random.nextInt(Rows.READ);
        switch (turn) {
            case 0 -> write(written);
            case 1 -> lookup(Application.key(written), written);
            case 2 -> lookup(Application.coldKey(), read);
            default -> lookup(Application.key(read), read);
        }
    }

    private void lookup(EntryKey key, int row) {
        long before = System.nanoTime();
        beside.load(row);
        long start = System.nanoTime();
        plainLookups.add(before, start - before);
        long floor = tally.committed(row);
        try {
            LookupResult<Long> result = application.lookup(key, row);
            lookups.add(start, System.nanoTime() - start);
            tally.answered(result.source() == Source.REDIS, isCurrent(result, floor));
        } catch (Exception e) {
            tally.threw(e);
        }
    }

    private static boolean isCurrent(LookupResult<Long> result, long floor) {
        Long version = result.value();
        return version != null && version >= floor;
    }

    private void write(int row) {
        long before = System.nanoTime();
        beside.update(row);
        long start = System.nanoTime();
        plainWrites.add(before, start - before);
        try {
            long version = application.write(row);
            writes.add(start, System.nanoTime() - start);
            tally.written(row, version);
        } catch (Exception e) {
            tally.threw(e);
        }
    }
}
