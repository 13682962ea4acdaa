package io.cachedconnection.internal.config;

import io.cachedconnection.internal.config.RedisUri.Topology;
import io.cachedconnection.internal.core.Access;
import io.cachedconnection.internal.core.BreakerSettings;
import io.cachedconnection.internal.core.Credentials;
import io.cachedconnection.internal.core.Login;
import io.cachedconnection.internal.core.Place;
import io.cachedconnection.internal.core.PoolSettings;
import io.cachedconnection.internal.core.RedisSettings;
import io.cachedconnection.internal.message.ConfigMessage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The settings of Redis: name, password and database of their own win over what the URI says. */
final class RedisReading {

    static final Duration TIMEOUT = Duration.ofMillis(100);
    // No call waits for a connection to be made, so this is for the slowest handshake, not for the caller.
    static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);
    static final int BREAKER_FAILURES = 5;
    static final Duration BREAKER_OPEN_FOR = Duration.ofSeconds(2);
    static final int POOL_MAX = 4; // callers share them

    private static final List<Setting<?>> OF_SENTINELS =
            List.of(Setting.SENTINEL_USERNAME, Setting.SENTINEL_PASSWORD, Setting.SENTINEL_PASSWORD_FILE);

    private final Reading reading;
    private final Consumer<String> warnings;
    private final TlsReading tls;

    /** A reading whose login and TLS use {@code warnings} later, while the application runs. */
    RedisReading(Reading reading, Consumer<String> warnings) {
        this.reading = reading;
        this.warnings = warnings;
        this.tls = new TlsReading(reading, warnings);
    }

    RedisSettings settings() {
        int before = reading.problems().size();
        Optional<RedisUri> given = reading.general(Setting.REDIS_URI);
        boolean wrong = reading.problems().size() > before;
        RedisUri uri = given.orElse(wrong ? RedisUri.UNKNOWN : RedisUri.LOCAL);
        if (wrong) { // so nobody knows what would fit
            checkAll();
        } else {
            checkFit(uri);
        }
        return new RedisSettings(place(uri), access(uri), pool(), breaker());
    }

    // For what is wrong by itself, so that it is said now and not when the URI has been corrected.
    private void checkAll() {
        new LoginReading(reading, LoginKeys.SENTINEL, Credentials.NONE).credentials();
        tls.encryption();
    }

    private void checkFit(RedisUri uri) {
        if (!uri.is(Topology.SENTINELS)) {
            OF_SENTINELS.forEach(setting -> outOfPlace(setting, "Sentinels (redis-sentinel://)"));
        }
        if (!uri.tls()) {
            TlsReading.ALL.forEach(setting -> outOfPlace(setting, "TLS (rediss://)"));
        }
        if (uri.is(Topology.CLUSTER) && reading.general(Setting.REDIS_DATABASE).orElse(0) != 0) {
            outOfPlace(Setting.REDIS_DATABASE, "one server or Sentinels (a cluster has only database 0)");
        }
    }

    private void outOfPlace(Setting<?> setting, String use) {
        if (reading.isSet(setting)) {
            String key = setting.key();
            reading.problem(ConfigMessage.OUT_OF_PLACE, key, reading.source(key), use, Setting.REDIS_URI.key());
        }
    }

    private Place place(RedisUri uri) {
        Login sentinels = uri.is(Topology.SENTINELS) ? login(LoginKeys.SENTINEL, Credentials.NONE) : Credentials.NONE;
        return uri.place(sentinels);
    }

    private Access access(RedisUri uri) {
        @Nullable Integer named = uri.database();
        int database = reading.general(Setting.REDIS_DATABASE).orElse(named == null ? 0 : named);
        return new Access(
                login(LoginKeys.REDIS, uri.login()),
                uri.tls() ? tls.encryption() : null,
                database,
                reading.general(Setting.CLIENT_NAME).orElse(null));
    }

    private Login login(LoginKeys keys, Credentials uri) {
        Credentials first = new LoginReading(reading, keys, uri).credentials();
        return new LiveLogin(first, () -> again(keys, uri), warnings, System::nanoTime);
    }

    private Checked<Credentials> again(LoginKeys keys, Credentials uri) {
        Reading pass = reading.again();
        Credentials credentials = new LoginReading(pass, keys, uri).credentials();
        return new Checked<>(credentials, pass.problems());
    }

    private PoolSettings pool() {
        return new PoolSettings(
                reading.general(Setting.REDIS_TIMEOUT).orElse(TIMEOUT),
                reading.general(Setting.REDIS_CONNECT_TIMEOUT).orElse(CONNECT_TIMEOUT),
                reading.general(Setting.REDIS_POOL_MAX).orElse(POOL_MAX));
    }

    private BreakerSettings breaker() {
        return new BreakerSettings(
                reading.general(Setting.BREAKER_FAILURES).orElse(BREAKER_FAILURES),
                reading.general(Setting.BREAKER_OPEN_FOR).orElse(BREAKER_OPEN_FOR));
    }
}
