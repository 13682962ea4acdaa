package io.cachedconnection.internal.config;

import io.cachedconnection.internal.common.ResilientTask;
import io.cachedconnection.internal.common.Throttle;
import io.cachedconnection.internal.config.ConfigReader.Validated;
import io.cachedconnection.internal.engine.store.CacheSettings;
import io.cachedconnection.internal.message.ConfigMessage;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The current settings of the caches, at most a few seconds old. Thread-safe. */
public final class LiveSettings {

    private static final long FRESH_SECONDS = 2;
    private static final Duration SILENCE = Duration.ofMinutes(1);

    private final Function<String, LiveCacheSettings> reader;
    private final List<LiveCacheSettings> caches = new CopyOnWriteArrayList<>(); // few, and iterated at each renewal

    LiveSettings(Function<String, LiveCacheSettings> reader) {
        this.reader = reader;
    }

    /** Reads the settings of one cache; later calls of the supplier are cheap. */
    public Supplier<CacheSettings> of(String cache) {
        LiveCacheSettings live = reader.apply(cache);
        caches.add(live);
        return live;
    }

    /** Lets callers read them again every two seconds. */
    @SuppressWarnings("FutureReturnValueIgnored") // ends with the clock
    public void renewOn(ScheduledExecutorService clock) {
        clock.scheduleWithFixedDelay(new ResilientTask(this::renew), FRESH_SECONDS, FRESH_SECONDS, TimeUnit.SECONDS);
    }

    /** Lets the next callers read the settings of all caches again. */
    void renew() {
        caches.forEach(LiveCacheSettings::renew);
    }

    /**
     * The current settings of one cache. After a renewal the first caller reads them again, while all others get the earlier
     * ones. It reports each change. For wrong settings it warns at most once a minute, and the last valid ones stay.
     * Thread-safe.
     *
     * <p>The thread that renews does not read, because some sources need a thread of the application. Callers do not read a
     * clock, because every lookup calls.
     */
    static final class LiveCacheSettings implements Supplier<CacheSettings> {

        private final String cache;
        private final Supplier<Validated<CacheSettings>> source;
        private final Consumer<String> warnings;
        private final Consumer<String> changes;
        private final Throttle throttle;
        private final ReentrantLock reading = new ReentrantLock();
        private volatile CacheSettings last; // written under the lock
        private volatile @Nullable CacheSettings fresh; // the last settings, until they must be read again

        LiveCacheSettings(
                String cache,
                Supplier<Validated<CacheSettings>> source,
                Consumer<String> warnings,
                Consumer<String> changes,
                LongSupplier nanoTime) {
            this.cache = cache;
            this.source = source;
            this.warnings = warnings;
            this.changes = changes;
            this.throttle = new Throttle(SILENCE, nanoTime);
            // The application does not start with wrong settings, so the first ones are valid.
            this.last = source.get().value();
            this.fresh = last;
            if (last.isLeftAlone()) {
                warnings.accept(ConfigMessage.LEFT_ALONE.with(cache));
            }
        }

        /** Lets the next caller read them. A call during a read may have no effect until the next renewal. */
        void renew() {
            fresh = null;
        }

        @Override
        public CacheSettings get() {
            CacheSettings settings = fresh;
            if (settings != null) {
                return settings;
            }
            if (!reading.tryLock()) {
                return last;
            }
            try {
                if (fresh == null) { // otherwise another thread was faster
                    last = lastGood(last);
                    fresh = last;
                }
                return last;
            } finally {
                reading.unlock();
            }
        }

        private CacheSettings lastGood(CacheSettings before) {
            Validated<CacheSettings> found = source.get();
            if (!found.problems().isEmpty()) {
                if (throttle.permits()) {
                    String problems = String.join(System.lineSeparator(), found.problems());
                    warnings.accept(ConfigMessage.KEPT.with(cache, SILENCE.toSeconds(), problems));
                }
                return before;
            }
            CacheSettings after = found.value();
            String differences = differences(before, after);
            if (!differences.isEmpty()) {
                changes.accept(ConfigMessage.CHANGED.with(cache, differences));
            }
            if (after.isLeftAlone() && !before.isLeftAlone()) {
                warnings.accept(ConfigMessage.LEFT_ALONE.with(cache));
            }
            return after;
        }

        /** Describes the changes from {@code before} to {@code after}, without secrets; empty if there are none. */
        private static String differences(CacheSettings before, CacheSettings after) {
            Map<Setting<?>, Function<CacheSettings, @Nullable Object>> values = new LinkedHashMap<>();
            values.put(Setting.ENABLED, CacheSettings::enabled);
            values.put(Setting.EVICT_WHEN_DISABLED, CacheSettings::evictsWhenOff);
            values.put(Setting.TTL, settings -> settings.ttl(null));
            values.put(Setting.TTL_JITTER, CacheSettings::jitter);
            values.put(Setting.NEGATIVE_TTL, CacheSettings::negativeTtl);
            values.put(Setting.MAX_VALUE_BYTES, CacheSettings::maxValueBytes);
            values.put(Setting.NEAR_ENABLED, settings -> settings.near().enabled());
            values.put(Setting.NEAR_MAX_ENTRIES, settings -> settings.near().maxEntries());
            values.put(Setting.NEAR_MAX_STALENESS, settings -> settings.near().maxStaleness());
            values.put(
                    Setting.VERIFY_SAMPLE, settings -> settings.verification().sample());
            values.put(Setting.VERIFY_FAIL, settings -> settings.verification().fails());
            StringJoiner changes = new StringJoiner(", ");
            values.forEach((setting, value) -> {
                if (!Objects.equals(value.apply(before), value.apply(after))) {
                    changes.add(setting.name() + " from " + value.apply(before) + " to " + value.apply(after));
                }
            });
            return changes.toString();
        }
    }
}
