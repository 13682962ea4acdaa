package io.cachedconnection.internal.config;

import io.cachedconnection.internal.core.CacheSettings;
import io.cachedconnection.internal.core.ResilientTask;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/** The settings of the caches while the application runs, a few seconds late at most. Thread-safe. */
public final class LiveSettings {

    private static final long FRESH_SECONDS = 2;

    private final Function<String, LiveCacheSettings> reader;
    private final List<LiveCacheSettings> caches = new CopyOnWriteArrayList<>(); // few, and read at each renewal

    LiveSettings(Function<String, LiveCacheSettings> reader) {
        this.reader = reader;
    }

    /** Those of one cache, read now; to ask for them later costs next to nothing. */
    public Supplier<CacheSettings> of(String cache) {
        LiveCacheSettings live = reader.apply(cache);
        caches.add(live);
        return live;
    }

    /** Has them read again every two seconds, by those who ask for them. */
    @SuppressWarnings("FutureReturnValueIgnored") // ends with the clock
    public void renewOn(ScheduledExecutorService clock) {
        clock.scheduleWithFixedDelay(new ResilientTask(this::renew), FRESH_SECONDS, FRESH_SECONDS, TimeUnit.SECONDS);
    }

    /** What was read so far is to be read again. */
    void renew() {
        caches.forEach(LiveCacheSettings::renew);
    }
}
