package io.cachedconnection.internal.redis;

import io.cachedconnection.internal.core.CacheKey;
import io.cachedconnection.internal.core.Claim;
import io.cachedconnection.internal.core.Entry;
import io.cachedconnection.internal.core.Grant;
import java.time.Duration;

/** The two steps that depend on the fence of the key and on that of its cache. Thread-safe. */
interface LeaseSteps {

    /** As {@link JedisStore#acquire}. */
    Grant acquire(CacheKey key, Claim claim, long nanos);

    /** As {@link JedisStore#endWith}. */
    boolean endWith(CacheKey key, String write, Duration settle, Entry entry, long nanos);
}
