package io.cachedconnection.internal.engine.store;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of everything that the remote store has for one key, for an operator.
 *
 * @param payload the bytes under the key, cut one byte after the maximum; null if there are none or they are foreign
 * @param isForeign whether the key holds data that this library did not write, such as a list of another application
 * @param life the remaining TTL of the bytes; null if there are none or they do not expire
 * @param isOutdated whether an eviction of the whole cache has outdated the bytes; other tags are not checked
 * @param leaseLeft for how long a load still has the lease of the key; null if no load has it
 * @param writes how many announced writes of the key, of its whole cache or of all tags have not ended
 * @param sinceEviction how long ago the last eviction was that loads still heed; null if there was none lately
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record EntryReport(
        byte @Nullable [] payload,
        boolean isForeign,
        @Nullable Duration life,
        boolean isOutdated,
        @Nullable Duration leaseLeft,
        int writes,
        @Nullable Duration sinceEviction) {}
