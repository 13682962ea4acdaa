package io.cachedconnection.history;

import io.cachedconnection.history.Options.Without;
import io.cachedconnection.internal.engine.store.InvalidationListener;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Hears of changes, but for what one of the protections of the near cache is there for. */
final class HardOfHearing implements InvalidationListener {

    private static final long PULSE_MILLIS = 50;
    private static final Duration FOR_EVER = Duration.ofHours(1);

    private final InvalidationListener invalidationListener;
    private final Without without;
    private final Set<String> reading;

    /** {@code reading} are the keys that are being read at the moment. */
    HardOfHearing(InvalidationListener invalidationListener, Without without, Set<String> reading) {
        this.invalidationListener = invalidationListener;
        this.without = without;
        this.reading = reading;
        if (without == Without.HEARTBEAT) {
            feignProofs();
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // ends with the process
    private void feignProofs() {
        new ScheduledThreadPoolExecutor(1)
                .scheduleAtFixedRate(
                        () -> invalidationListener.proven(System.nanoTime()),
                        PULSE_MILLIS,
                        PULSE_MILLIS,
                        TimeUnit.MILLISECONDS);
    }

    @Override
    public void began(Set<String> prefixes, long provenAt) {
        invalidationListener.began(prefixes, provenAt);
    }

    @Override
    public void lost() {
        if (without != Without.FLUSH) {
            invalidationListener.lost();
        }
    }

    @Override
    public void changed(String key) {
        if (!reading.contains(key)) {
            invalidationListener.changed(key);
        }
    }

    @Override
    public void allChanged() {
        if (without != Without.FLUSH) {
            invalidationListener.allChanged();
        }
    }

    @Override
    public void proven(long nanoTime) {
        if (without != Without.HEARTBEAT) {
            invalidationListener.proven(nanoTime);
        }
    }

    @Override
    public void failed(String reason) {
        invalidationListener.failed(reason);
    }

    @Override
    public Duration patience() {
        return without == Without.HEARTBEAT ? FOR_EVER : invalidationListener.patience();
    }
}
