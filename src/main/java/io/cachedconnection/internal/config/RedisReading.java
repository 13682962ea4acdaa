package io.cachedconnection.internal.config;

import io.cachedconnection.internal.config.RedisUri.Topology;
import io.cachedconnection.internal.core.CircuitBreakerSettings;
import io.cachedconnection.internal.core.ConnectionSettings;
import io.cachedconnection.internal.core.Credentials;
import io.cachedconnection.internal.core.Endpoint;
import io.cachedconnection.internal.core.Login;
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

    private final ConfigReader configReader;
    private final Consumer<String> warnings;
    private final TlsReading tls;

    /** A reading whose login and TLS use {@code warnings} later, while the application runs. */
    RedisReading(ConfigReader configReader, Consumer<String> warnings) {
        this.configReader = configReader;
        this.warnings = warnings;
        this.tls = new TlsReading(configReader, warnings);
    }

    RedisSettings settings() {
        int before = configReader.problems().size();
        Optional<RedisUri> given = configReader.general(Setting.REDIS_URI);
        boolean wrong = configReader.problems().size() > before;
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
        new LoginReading(configReader, LoginKeys.SENTINEL, Credentials.NONE).credentials();
        tls.encryption();
    }

    private void checkFit(RedisUri uri) {
        if (!uri.is(Topology.SENTINELS)) {
            OF_SENTINELS.forEach(setting -> outOfPlace(setting, "Sentinels (redis-sentinel://)"));
        }
        if (!uri.tls()) {
            TlsReading.ALL.forEach(setting -> outOfPlace(setting, "TLS (rediss://)"));
        }
        if (uri.is(Topology.CLUSTER)
                && configReader.general(Setting.REDIS_DATABASE).orElse(0) != 0) {
            outOfPlace(Setting.REDIS_DATABASE, "one server or Sentinels (a cluster has only database 0)");
        }
    }

    private void outOfPlace(Setting<?> setting, String use) {
        if (configReader.isSet(setting)) {
            String key = setting.key();
            configReader.problem(
                    ConfigMessage.OUT_OF_PLACE, key, configReader.source(key), use, Setting.REDIS_URI.key());
        }
    }

    private Endpoint place(RedisUri uri) {
        Login sentinels = uri.is(Topology.SENTINELS) ? login(LoginKeys.SENTINEL, Credentials.NONE) : Credentials.NONE;
        return uri.place(sentinels);
    }

    private ConnectionSettings access(RedisUri uri) {
        @Nullable Integer named = uri.database();
        int database = configReader.general(Setting.REDIS_DATABASE).orElse(named == null ? 0 : named);
        return new ConnectionSettings(
                login(LoginKeys.REDIS, uri.login()),
                uri.tls() ? tls.encryption() : null,
                database,
                configReader.general(Setting.CLIENT_NAME).orElse(null));
    }

    private Login login(LoginKeys keys, Credentials uri) {
        Credentials first = new LoginReading(configReader, keys, uri).credentials();
        return new LiveLogin(first, () -> again(keys, uri), warnings, System::nanoTime);
    }

    private Validated<Credentials> again(LoginKeys keys, Credentials uri) {
        ConfigReader pass = configReader.again();
        Credentials credentials = new LoginReading(pass, keys, uri).credentials();
        return new Validated<>(credentials, pass.problems());
    }

    private PoolSettings pool() {
        return new PoolSettings(
                configReader.general(Setting.REDIS_TIMEOUT).orElse(TIMEOUT),
                configReader.general(Setting.REDIS_CONNECT_TIMEOUT).orElse(CONNECT_TIMEOUT),
                configReader.general(Setting.REDIS_POOL_MAX).orElse(POOL_MAX));
    }

    private CircuitBreakerSettings breaker() {
        return new CircuitBreakerSettings(
                configReader.general(Setting.BREAKER_FAILURES).orElse(BREAKER_FAILURES),
                configReader.general(Setting.BREAKER_OPEN_FOR).orElse(BREAKER_OPEN_FOR));
    }
}
