package io.cachedconnection.internal.config;

import io.cachedconnection.internal.config.LiveLogin.LoginSettings;
import io.cachedconnection.internal.config.RedisUri.Mode;
import io.cachedconnection.internal.core.CircuitBreakerSettings;
import io.cachedconnection.internal.core.ConnectionSettings;
import io.cachedconnection.internal.core.Credentials;
import io.cachedconnection.internal.core.Login;
import io.cachedconnection.internal.core.PoolSettings;
import io.cachedconnection.internal.core.Protocol;
import io.cachedconnection.internal.core.RedisSettings;
import io.cachedconnection.internal.message.ConfigMessage;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** The settings of Redis, which win over what the URI says, and of the protocol. */
final class RedisSettingsReader {

    private final ConfigReader reader;
    private final Consumer<String> warnings;
    private final TlsSettingsReader tls;

    /** A reader whose login and TLS use {@code warnings} later, while the application runs. */
    RedisSettingsReader(ConfigReader reader, Consumer<String> warnings) {
        this.reader = reader;
        this.warnings = warnings;
        this.tls = new TlsSettingsReader(reader, warnings);
    }

    RedisSettings settings() {
        int before = reader.problems().size();
        Optional<RedisUri> given = reader.find(Setting.REDIS_URI);
        boolean wrong = reader.problems().size() > before;
        RedisUri uri = given.orElse(wrong ? RedisUri.UNKNOWN : RedisUri.LOCAL);
        if (wrong) { // so it is not known what would fit; what is wrong by itself is said now, not after a correction
            LiveLogin.read(reader, LoginSettings.SENTINEL, Credentials.NONE);
            tls.encryption();
        } else {
            checkFit(uri);
        }
        Login sentinels = uri.is(Mode.SENTINELS)
                ? new LiveLogin(reader, LoginSettings.SENTINEL, Credentials.NONE, warnings)
                : Credentials.NONE;
        int database = reader.find(Setting.REDIS_DATABASE)
                .or(() -> Optional.ofNullable(uri.database()))
                .orElse(0);
        return new RedisSettings(
                uri.endpoint(sentinels),
                new ConnectionSettings(
                        new LiveLogin(reader, LoginSettings.REDIS, uri.login(), warnings),
                        uri.tls() ? tls.encryption() : null,
                        database,
                        reader.find(Setting.CLIENT_NAME).orElse(null)),
                new PoolSettings(
                        reader.get(Setting.REDIS_TIMEOUT),
                        reader.get(Setting.REDIS_CONNECT_TIMEOUT),
                        reader.get(Setting.REDIS_POOL_MAX)),
                new CircuitBreakerSettings(reader.get(Setting.BREAKER_FAILURES), reader.get(Setting.BREAKER_OPEN_FOR)));
    }

    private void checkFit(RedisUri uri) {
        if (!uri.is(Mode.SENTINELS)) {
            Setting.group("redis.sentinel.").forEach(setting -> outOfPlace(setting, "Sentinels (redis-sentinel://)"));
        }
        if (!uri.tls()) {
            Setting.group("redis.tls.").forEach(setting -> outOfPlace(setting, "TLS (rediss://)"));
        }
        if (uri.is(Mode.CLUSTER) && reader.find(Setting.REDIS_DATABASE).orElse(0) != 0) {
            outOfPlace(Setting.REDIS_DATABASE, "one server or Sentinels (a cluster has only database 0)");
        }
    }

    private void outOfPlace(Setting<?> setting, String use) {
        if (reader.isSet(setting)) {
            String key = setting.key();
            reader.problem(ConfigMessage.OUT_OF_PLACE, key, reader.source(key), use, Setting.REDIS_URI.key());
        }
    }

    /** The settings of the protocol; {@code budget} is how long Redis may keep one lookup waiting. */
    Protocol protocol(Duration budget) {
        Duration age = reader.get(Setting.MAX_TRANSACTION_AGE);
        Duration leaseTimeout = reader.get(Setting.LEASE_TIMEOUT);
        Duration leaseWait = reader.get(Setting.LEASE_WAIT);
        Duration replicaLag = reader.get(Setting.REPLICA_LAG);
        // Unless set, no shorter than a lookup waits. An announcement that is waited for longer than it stands is worth
        // nothing.
        Duration second = Protocol.defaults().evictTimeout();
        Duration usual = budget.compareTo(second) > 0 ? budget : second;
        Duration evictTimeout = reader.find(Setting.EVICT_TIMEOUT).orElse(usual.compareTo(age) > 0 ? age : usual);
        if (evictTimeout.compareTo(age) > 0) {
            String reason = "that is longer than " + Setting.MAX_TRANSACTION_AGE.key() + ", " + age;
            reader.refuse(Setting.EVICT_TIMEOUT, evictTimeout, reason);
        }
        if (budget.compareTo(age) >= 0) {
            String reason = "that is no longer than a lookup may wait (" + Setting.REDIS_TIMEOUT.key() + ", " + budget
                    + "), so nothing would ever be cached";
            reader.refuse(Setting.MAX_TRANSACTION_AGE, age, reason);
        }
        return new Protocol(
                budget,
                leaseTimeout,
                leaseWait,
                age,
                replicaLag,
                evictTimeout,
                reader.get(Setting.EVICT_ON_FAILURE),
                reader.get(Setting.EVICT_JOURNAL_SIZE));
    }
}
