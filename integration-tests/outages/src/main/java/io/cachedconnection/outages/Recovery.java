package io.cachedconnection.outages;

import io.cachedconnection.internal.engine.store.LookupResult.Source;
import java.util.concurrent.TimeUnit;

/** Looks out for the moment when Redis answers lookups again. */
final class Recovery {

    private static final long LONGEST = TimeUnit.SECONDS.toNanos(40);
    private static final int PROBED = 10; // rows of either kind

    private final Application application;

    Recovery(Application application) {
        this.application = application;
    }

    /** How many milliseconds after {@code moment} all was normal; negative if it does not get so. */
    long millisSince(long moment) throws Exception {
        long start = System.nanoTime();
        while (!isNormal()) {
            start = System.nanoTime();
            if (start - moment > LONGEST) {
                return -1;
            }
            TimeUnit.MILLISECONDS.sleep(1);
        }
        return TimeUnit.NANOSECONDS.toMillis(start - moment);
    }

    /** Whether rows of all kinds are answered by Redis, at the second time of asking at the latest. */
    boolean isNormal() throws Exception {
        for (int i = 0; i < PROBED; i++) {
            if (!isHit(i) || !isHit(Rows.READ + i)) {
                return false;
            }
        }
        return true;
    }

    private boolean isHit(int row) throws Exception {
        boolean isFilled = isFromRedis(row);
        return isFilled || isFromRedis(row);
    }

    private boolean isFromRedis(int row) throws Exception {
        return application.lookup(Application.key(row), row).source() == Source.REDIS;
    }
}
