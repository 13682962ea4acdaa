package io.cachedconnection.sample;

import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/** Where the sample's Redis is, unless configured otherwise: at {@code REDIS_URL}, else one that the sample starts itself. */
public final class SampleRedis implements ConfigSource {

    private static final String KEY = "cached-connection.redis.uri";
    private static final int BELOW_EVERY_FILE = 50;

    @Override
    public Set<String> getPropertyNames() {
        return Set.of(KEY);
    }

    // Called only if no better source knows the address. So the Redis starts when it is first needed, not before.
    @Override
    public @Nullable String getValue(String name) {
        return name.equals(KEY) ? uri() : null;
    }

    @Override
    public String getName() {
        return "REDIS_URL, or the sample's own Redis";
    }

    @Override
    public int getOrdinal() {
        return BELOW_EVERY_FILE;
    }

    private static String uri() {
        String given = System.getenv("REDIS_URL");
        return given == null || given.isBlank() ? OwnRedis.uri() : given;
    }
}
