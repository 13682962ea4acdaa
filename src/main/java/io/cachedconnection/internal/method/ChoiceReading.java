package io.cachedconnection.internal.method;

import io.cachedconnection.CachedConnection;
import io.cachedconnection.internal.common.DurationText;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.message.MethodMessage;
import io.cachedconnection.internal.profile.CacheProfile;
import io.cachedconnection.internal.profile.CacheProfiles;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the cache and the TTL of an annotation. */
final class ChoiceReading {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");
    private static final Duration SHORTEST = Duration.ofMillis(1); // the resolution of Redis
    private static final Duration LONGEST = Duration.ofDays(3650);

    private final Problems problems;

    ChoiceReading(Problems problems) {
        this.problems = problems;
    }

    @Nullable CacheChoice read(CachedConnection annotation) {
        return read(annotation.cache(), annotation.ttl(), annotation.sharesEntries());
    }

    @Nullable CacheChoice read(String cache, String ttl) {
        return read(cache, ttl, false);
    }

    /** Whether a cache may have this name. */
    static boolean isName(String cache) {
        return NAME.matcher(cache).matches() && ownerOrNull(cache) == null;
    }

    /** Returns the cache whose keys begin with the word {@code cache}; null if no profile has such keys. */
    private static @Nullable String ownerOrNull(String cache) {
        return CacheProfiles.all().stream()
                .filter(profile -> profile.keyPrefix().startsWith(cache + ":"))
                .map(CacheProfile::cache)
                .findFirst()
                .orElse(null);
    }

    private @Nullable CacheChoice read(String cache, String ttl, boolean sharesEntries) {
        String owner = ownerOrNull(cache);
        if (!NAME.matcher(cache).matches()) {
            problems.add(MethodMessage.CACHE_NAME, cache);
        } else if (owner != null) {
            problems.add(MethodMessage.CACHE_NAME_RESERVED, cache, owner);
        }
        Duration duration = null;
        try {
            duration = ttl.isEmpty() ? null : DurationText.parse(ttl);
        } catch (IllegalArgumentException e) {
            problems.add(MethodMessage.MALFORMED_TTL, ttl, Objects.toString(e.getMessage()));
        }
        if (duration != null && (duration.compareTo(SHORTEST) < 0 || duration.compareTo(LONGEST) > 0)) {
            problems.add(MethodMessage.TTL_OUT_OF_RANGE, ttl);
        }
        return isName(cache) ? new CacheChoice(KeySpace.of(cache, ""), duration, sharesEntries) : null;
    }

    /**
     * The choice of cache and TTL.
     *
     * @param space the key space; until {@link #bound}, the one of an application without settings
     * @param sharesEntries whether other lookups of the cache may answer with these entries
     */
    record CacheChoice(KeySpace space, @Nullable Duration ttl, boolean sharesEntries) {

        /** Returns the choice with the key space from the application's settings. */
        CacheChoice bound(Function<String, KeySpace> keySpaces) {
            return new CacheChoice(keySpaces.apply(space.cache()), ttl, sharesEntries);
        }
    }
}
