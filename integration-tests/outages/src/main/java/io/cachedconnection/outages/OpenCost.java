package io.cachedconnection.outages;

import io.cachedconnection.internal.engine.store.EntryKey;
import java.util.concurrent.TimeUnit;

/**
 * What a lookup costs more than the same lookup with the cache switched off, at the median of a great many, measured on one
 * thread, in turns.
 */
final class OpenCost {

    private static final int WARM_UP = 30_000;
    private static final int MOST = 100_000;
    private static final long TIME = TimeUnit.SECONDS.toNanos(1);

    private final Application application;

    OpenCost(Application application) {
        this.application = application;
    }

    /** In nanoseconds. */
    long measured() throws Exception {
        take(WARM_UP);
        return take(MOST);
    }

    private long take(int most) throws Exception {
        Samples on = new Samples();
        Samples off = new Samples();
        long begun = System.nanoTime();
        for (int i = 0; i < most && System.nanoTime() - begun < TIME; i++) {
            int row = i % Rows.READ;
            EntryKey key = Application.key(row);
            if (i % 2 == 0) {
                off(key, row, off);
                on(key, row, on);
            } else {
                on(key, row, on);
                off(key, row, off);
            }
        }
        long end = System.nanoTime();
        return Spread.of(on.between(begun, end)).p50()
                - Spread.of(off.between(begun, end)).p50();
    }

    private void on(EntryKey key, int row, Samples samples) throws Exception {
        long start = System.nanoTime();
        application.lookup(key, row);
        samples.add(start, System.nanoTime() - start);
    }

    private void off(EntryKey key, int row, Samples samples) throws Exception {
        long start = System.nanoTime();
        application.lookupSwitchedOff(key, row);
        samples.add(start, System.nanoTime() - start);
    }
}
