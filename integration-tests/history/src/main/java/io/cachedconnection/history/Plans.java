package io.cachedconnection.history;

import io.cachedconnection.internal.core.Cache;
import io.cachedconnection.internal.core.CacheCounters;
import io.cachedconnection.internal.core.CacheKey;
import io.cachedconnection.internal.core.CacheSettings;
import io.cachedconnection.internal.core.KeySpace;
import io.cachedconnection.internal.core.NearCaches;
import io.cachedconnection.internal.core.NearSettings;
import io.cachedconnection.internal.core.Plan;
import io.cachedconnection.internal.core.TtlChoice;
import io.cachedconnection.internal.core.Wrapping;
import java.time.Duration;

/**
 * The lookups of a node.
 *
 * @param hot of rows that are written
 * @param cold of rows that nobody writes, and that all look up at the same time
 * @param brief of rows that nobody writes, and that live shortly
 */
record Plans(Plan<Row> hot, Plan<Row> cold, Plan<Row> brief) {

    static final KeySpace HOT = KeySpace.of("hot", "history");
    static final Duration BRIEF_LIFE = Duration.ofMillis(400);

    private static final int FEW = 2; // so that the rows of a cache push each other out
    private static final KeySpace COLD = KeySpace.of("cold", "history");
    private static final KeySpace BRIEF = KeySpace.of("brief", "history");

    /** Those of a node that keeps in its memory what {@code settings} say. */
    static Plans with(NearCaches near, NearSettings settings) {
        TtlChoice general = TtlChoice.annotated(null);
        NearSettings few = new NearSettings(settings.enabled(), FEW, settings.maxStaleness());
        return new Plans(
                plan(HOT, near, settings, general),
                plan(COLD, near, few, general),
                plan(BRIEF, near, few, TtlChoice.exactly(BRIEF_LIFE)));
    }

    private static Plan<Row> plan(KeySpace space, NearCaches near, NearSettings settings, TtlChoice ttl) {
        CacheSettings all = new CacheSettings(true, null, Duration.ofMinutes(2), Duration.ZERO, 0.1, 1 << 20, settings);
        Cache cache = new Cache(
                space.cache(),
                () -> all,
                new CacheCounters(),
                settings.enabled() ? near.of(space, () -> settings) : null);
        return new Plan<>(cache, new RowCodec(), Wrapping.none(), ttl);
    }

    static CacheKey hot(int row) {
        return HOT.key("row" + row);
    }

    static CacheKey cold(int row) {
        return COLD.key("row" + row);
    }

    static CacheKey brief(int row) {
        return BRIEF.key("row" + row);
    }
}
