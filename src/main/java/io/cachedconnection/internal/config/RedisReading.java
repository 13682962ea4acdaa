package io.cachedconnection.internal.config;

import io.cachedconnection.internal.core.Access;
import io.cachedconnection.internal.core.BreakerSettings;
import io.cachedconnection.internal.core.Credentials;
import io.cachedconnection.internal.core.HostPort;
import io.cachedconnection.internal.core.Place;
import io.cachedconnection.internal.core.PoolSettings;
import io.cachedconnection.internal.core.RedisSettings;
import io.cachedconnection.internal.core.Secret;
import io.cachedconnection.internal.message.ConfigMessage;
import io.cachedconnection.internal.tls.Tls;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The settings of Redis: name, password and database of their own win over what the URI says. */
final class RedisReading {

    static final Duration TIMEOUT = Duration.ofMillis(100);
    // No call waits for a connection to be made, so this is for the slowest handshake, not for the caller.
    static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);
    static final int BREAKER_FAILURES = 5;
    static final Duration BREAKER_OPEN_FOR = Duration.ofSeconds(2);
    static final int POOL_MAX = 16;
    static final int POOL_MIN_IDLE = 2; // one in use, one ready

    private final Reading reading;

    RedisReading(Reading reading) {
        this.reading = reading;
    }

    RedisSettings settings() {
        RedisUri uri = reading.general(Setting.REDIS_URI).orElse(RedisUri.LOCAL);
        int poolMax = reading.general(Setting.REDIS_POOL_MAX).orElse(POOL_MAX);
        @Nullable String username = reading.general(Setting.REDIS_USERNAME).orElse(uri.username());
        @Nullable Secret password = reading.general(Setting.REDIS_PASSWORD).orElse(uri.password());
        checkLogin(username, password);
        Place place = new Place.Server(new HostPort(uri.host(), uri.port()));
        Access access =
                new Access(new Credentials(username, password), uri.tls() ? new Tls() : null, database(uri), null);
        PoolSettings pool = new PoolSettings(
                reading.general(Setting.REDIS_TIMEOUT).orElse(TIMEOUT),
                reading.general(Setting.REDIS_CONNECT_TIMEOUT).orElse(CONNECT_TIMEOUT),
                poolMax,
                poolMinIdle(poolMax));
        return new RedisSettings(place, access, pool, new BreakerSettings(BREAKER_FAILURES, BREAKER_OPEN_FOR));
    }

    private int database(RedisUri uri) {
        int named = uri.database() == null ? 0 : uri.database();
        return reading.general(Setting.REDIS_DATABASE).orElse(named);
    }

    // Redis would let us in as its default user, and nobody would notice.
    private void checkLogin(@Nullable String username, @Nullable Secret password) {
        if (username == null || password != null) {
            return;
        }
        boolean own = reading.general(Setting.REDIS_USERNAME).isPresent();
        String key = (own ? Setting.REDIS_USERNAME : Setting.REDIS_URI).key();
        reading.problem(ConfigMessage.NO_PASSWORD, key, reading.source(key), Setting.REDIS_PASSWORD.key());
    }

    private int poolMinIdle(int poolMax) {
        Optional<Integer> minIdle = reading.general(Setting.REDIS_POOL_MIN_IDLE);
        if (minIdle.isPresent() && minIdle.get() > poolMax) {
            String key = Setting.REDIS_POOL_MIN_IDLE.key();
            String source = reading.source(key);
            reading.problem(
                    ConfigMessage.IDLE_OVER_MAX, key, minIdle.get(), source, Setting.REDIS_POOL_MAX.key(), poolMax);
        }
        return Math.min(minIdle.orElse(POOL_MIN_IDLE), poolMax);
    }
}
