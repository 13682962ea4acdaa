package io.cachedconnection.internal.core;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Which TTL a value gets under given settings. */
@FunctionalInterface
public interface TtlChoice {

    /** The TTL; more than zero. */
    Duration under(CacheSettings settings);

    /** What the settings of the cache say, else what the annotation says, if anything, else the general setting. */
    static TtlChoice annotated(@Nullable Duration annotation) {
        return settings -> settings.ttl(annotation);
    }

    /** The caller's TTL, not the configured one. */
    static TtlChoice exactly(Duration ttl) {
        return settings -> ttl;
    }
}
