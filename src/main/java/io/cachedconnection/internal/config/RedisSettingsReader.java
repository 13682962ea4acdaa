package io.cachedconnection.internal.config;

import io.cachedconnection.internal.config.LiveLogin.LoginSettings;
import io.cachedconnection.internal.config.RedisUri.Mode;
import io.cachedconnection.internal.endpoint.Credentials;
import io.cachedconnection.internal.endpoint.Login;
import io.cachedconnection.internal.endpoint.RedisSettings;
import io.cachedconnection.internal.endpoint.RedisSettings.CircuitBreakerSettings;
import io.cachedconnection.internal.endpoint.RedisSettings.ConnectionSettings;
import io.cachedconnection.internal.endpoint.RedisSettings.PoolSettings;
import io.cachedconnection.internal.endpoint.Secret;
import io.cachedconnection.internal.endpoint.TlsUpgrade;
import io.cachedconnection.internal.engine.store.ProtocolSettings;
import io.cachedconnection.internal.message.ConfigMessage;
import io.cachedconnection.internal.tls.ReloadingTls;
import io.cachedconnection.internal.tls.TlsEvents;
import io.cachedconnection.internal.tls.TlsException;
import io.cachedconnection.internal.tls.TlsFiles;
import io.cachedconnection.internal.tls.TlsPart;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads the settings of Redis and TLS, which override the URI, and of the protocol. */
final class RedisSettingsReader {

    private final ConfigReader reader;
    private final Consumer<String> warnings;

    /** Creates a reader whose login and TLS report to {@code warnings} while the application runs. */
    RedisSettingsReader(ConfigReader reader, Consumer<String> warnings) {
        this.reader = reader;
        this.warnings = warnings;
    }

    RedisSettings settings() {
        int before = reader.problems().size();
        Optional<RedisUri> given = reader.find(Setting.REDIS_URI);
        boolean wrong = reader.problems().size() > before;
        RedisUri uri = given.orElse(wrong ? RedisUri.UNKNOWN : RedisUri.LOCAL);
        if (wrong) { // the mode is unknown, so only mistakes that do not depend on it are reported
            LiveLogin.read(reader, LoginSettings.SENTINEL, Credentials.NONE);
            tls();
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
                        uri.is(Mode.MEMORY)
                                ? Credentials.NONE
                                : new LiveLogin(reader, LoginSettings.REDIS, uri.login(), warnings),
                        uri.tls() ? tls() : null,
                        database,
                        reader.find(Setting.CLIENT_NAME).orElse(null)),
                new PoolSettings(
                        reader.get(Setting.REDIS_TIMEOUT),
                        reader.get(Setting.REDIS_CONNECT_TIMEOUT),
                        reader.get(Setting.REDIS_POOL_MAX)),
                new CircuitBreakerSettings(reader.get(Setting.BREAKER_FAILURES), reader.get(Setting.BREAKER_OPEN_FOR)));
    }

    private void checkFit(RedisUri uri) {
        if (uri.is(Mode.MEMORY)) {
            List.of(
                            Setting.REDIS_USERNAME,
                            Setting.REDIS_PASSWORD,
                            Setting.REDIS_PASSWORD_FILE,
                            Setting.REDIS_DATABASE,
                            Setting.CLIENT_NAME)
                    .forEach(setting -> outOfPlace(setting, "a Redis"));
        }
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

    /** Reads the settings of the protocol; {@code budget} is how long one lookup may wait for Redis. */
    ProtocolSettings protocol(Duration budget) {
        Duration age = reader.get(Setting.MAX_TRANSACTION_AGE);
        Duration leaseTimeout = reader.get(Setting.LEASE_TIMEOUT);
        Duration leaseWait = reader.get(Setting.LEASE_WAIT);
        Duration replicaLag = reader.get(Setting.REPLICA_LAG);
        // By default no shorter than a lookup waits. Waiting for an announcement longer than it lasts would be useless.
        Duration second = ProtocolSettings.defaults().evictTimeout();
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
        return new ProtocolSettings(
                budget,
                leaseTimeout,
                leaseWait,
                age,
                replicaLag,
                evictTimeout,
                reader.get(Setting.EVICT_ON_FAILURE),
                reader.get(Setting.EVICT_JOURNAL_SIZE));
    }

    private static Setting<Path> file(TlsPart part) {
        return switch (part) {
            case CA -> Setting.TLS_CA_FILE;
            case CERTIFICATE -> Setting.TLS_CERTIFICATE_FILE;
            case KEY -> Setting.TLS_KEY_FILE;
            case TRUST_STORE -> Setting.TLS_TRUST_STORE;
            case KEY_STORE -> Setting.TLS_KEY_STORE;
        };
    }

    private static @Nullable Setting<Secret> password(TlsPart part) {
        return switch (part) {
            case TRUST_STORE -> Setting.TLS_TRUST_STORE_PASSWORD;
            case KEY_STORE -> Setting.TLS_KEY_STORE_PASSWORD;
            default -> null;
        };
    }

    /** Reads the TLS settings; null if they have problems. */
    private @Nullable TlsUpgrade tls() {
        int before = reader.problems().size();
        boolean verifyHost = reader.get(Setting.TLS_VERIFY_HOST);
        Map<TlsPart, Path> paths = new EnumMap<>(TlsPart.class);
        Map<TlsPart, Secret> passwords = new EnumMap<>(TlsPart.class);
        for (TlsPart part : TlsPart.values()) {
            reader.find(file(part)).ifPresent(path -> paths.put(part, path));
            @Nullable Setting<Secret> password = password(part);
            if (password != null) {
                reader.find(password).ifPresent(secret -> passwords.put(part, secret));
            }
        }
        checkOneOf(Setting.TLS_CA_FILE, Setting.TLS_TRUST_STORE);
        checkOneOf(Setting.TLS_CERTIFICATE_FILE, Setting.TLS_KEY_STORE);
        checkOneOf(Setting.TLS_KEY_FILE, Setting.TLS_KEY_STORE);
        checkNeeds(Setting.TLS_CERTIFICATE_FILE, Setting.TLS_KEY_FILE);
        checkNeeds(Setting.TLS_KEY_FILE, Setting.TLS_CERTIFICATE_FILE);
        checkNeeds(Setting.TLS_TRUST_STORE_PASSWORD, Setting.TLS_TRUST_STORE);
        checkNeeds(Setting.TLS_KEY_STORE_PASSWORD, Setting.TLS_KEY_STORE);
        TlsFiles files = new TlsFiles(paths, passwords, verifyHost);
        files.refusals().forEach(this::refuse);
        if (reader.problems().size() > before) {
            return null;
        }
        try {
            return new ReloadingTls(files, new LoggedEvents(reader, warnings), InstantSource.system());
        } catch (TlsException e) { // of a file that has changed since its check
            refuse(e);
            return null;
        }
    }

    private void checkOneOf(Setting<?> one, Setting<?> other) {
        if (reader.isSet(one) && reader.isSet(other)) {
            reader.conflict(one.key(), other.key());
        }
    }

    private void checkNeeds(Setting<?> one, Setting<?> other) {
        if (reader.isSet(one) && !reader.isSet(other)) {
            reader.incomplete(one.key(), other.key());
        }
    }

    private void refuse(TlsException e) {
        @Nullable Setting<Secret> password = password(e.part());
        if (e.lacksPassword() && password != null) {
            reader.incomplete(file(e.part()).key(), password.key());
        } else {
            refuse(reader, e);
        }
    }

    private static void refuse(ConfigReader reader, TlsException e) {
        Setting<Path> setting = file(e.part());
        reader.refuse(setting, reader.find(setting).map(Path::toString).orElse(""), e.reason());
    }

    /** Reports TLS events at run time as warnings, with the configuration at that time. */
    private record LoggedEvents(ConfigReader reader, Consumer<String> warnings) implements TlsEvents {

        @Override
        public void kept(TlsException why) {
            ConfigReader pass = reader.again();
            refuse(pass, why);
            warnings.accept(ConfigMessage.TLS_KEPT.with(String.join(System.lineSeparator(), pass.problems())));
        }

        @Override
        public void expired(Instant end) {
            ConfigReader pass = reader.again();
            boolean pem = pass.isSet(Setting.TLS_CERTIFICATE_FILE);
            String key = (pem ? Setting.TLS_CERTIFICATE_FILE : Setting.TLS_KEY_STORE).key();
            warnings.accept(ConfigMessage.EXPIRED.with(key, pass.source(key), end));
        }
    }
}
