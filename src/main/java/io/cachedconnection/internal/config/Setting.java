package io.cachedconnection.internal.config;

import io.cachedconnection.internal.core.CacheSettings;
import io.cachedconnection.internal.core.FormatSettings.Codec;
import io.cachedconnection.internal.core.FormatSettings.Format;
import io.cachedconnection.internal.core.Protocol.OnFailure;
import io.cachedconnection.internal.core.Secret;
import java.nio.file.Path;
import java.security.Key;
import java.time.Duration;
import java.util.List;

/**
 * One setting of the application: its name, and what it may be.
 *
 * @param name without {@link #PREFIX}
 */
record Setting<T>(String name, SettingType<T> allowed) {

    /** What every key of this library begins with. */
    static final String PREFIX = "cached-connection.";

    /** What the keys that hold for one cache begin with; the name of the cache and a point follow. */
    static final String CACHE_PREFIX = PREFIX + "cache.";

    private static final int MOST_ENTRIES = 10_000_000;
    private static final int MOST_FAILURES = 1_000_000;
    private static final int MOST_UNDELIVERED = 10_000_000;
    private static final int MOST_CONNECTIONS = 10_000; // what Redis accepts unless told otherwise

    static final Setting<Boolean> ENABLED = new Setting<>("enabled", SettingType.TRUTH);
    static final Setting<Boolean> EVICT_WHEN_DISABLED = new Setting<>("evict.when-disabled", SettingType.TRUTH);
    static final Setting<Duration> TTL = new Setting<>("ttl", SettingType.LIFE);
    static final Setting<Double> TTL_JITTER = new Setting<>("ttl-jitter", SettingType.PART);
    static final Setting<Duration> NEGATIVE_TTL = new Setting<>("negative-ttl", SettingType.LIFE_OR_NONE);
    static final Setting<Integer> MAX_VALUE_BYTES =
            new Setting<>("max-value-bytes", SettingType.number(1, CacheSettings.MOST_VALUE_BYTES));
    static final Setting<Boolean> NEAR_ENABLED = new Setting<>("near.enabled", SettingType.TRUTH);
    static final Setting<Integer> NEAR_MAX_ENTRIES =
            new Setting<>("near.max-entries", SettingType.number(1, MOST_ENTRIES));
    static final Setting<Duration> NEAR_MAX_STALENESS = new Setting<>("near.max-staleness", SettingType.STALENESS);

    static final Setting<EntityPolicy> ENTITIES = new Setting<>("entities", SettingType.ENTITY_POLICY);

    static final Setting<Format> WIRE = new Setting<>("wire", SettingType.FORMAT);
    static final Setting<Codec> CODEC = new Setting<>("codec", SettingType.CODEC);
    static final Setting<Integer> COMPRESS_OVER = new Setting<>("compress-over", SettingType.SIZE_OR_NONE);
    static final Setting<Boolean> ENCRYPTION_ENABLED = new Setting<>("encryption.enabled", SettingType.TRUTH);
    static final Setting<List<Key>> ENCRYPTION_KEYS = new Setting<>("encryption.keys", SettingType.VALUE_KEYS);
    static final Setting<Path> ENCRYPTION_KEYS_FILE =
            new Setting<>("encryption.keys-file", SettingType.VALUE_KEYS_FILE);
    static final Setting<Boolean> KEY_PRIVACY_ENABLED = new Setting<>("key-privacy.enabled", SettingType.TRUTH);
    static final Setting<List<Key>> KEY_PRIVACY_KEY = new Setting<>("key-privacy.key", SettingType.NAME_KEY);
    static final Setting<Path> KEY_PRIVACY_KEY_FILE = new Setting<>("key-privacy.key-file", SettingType.NAME_KEY_FILE);

    static final Setting<String> KEY_PREFIX = new Setting<>("key-prefix", SettingType.KEY_PREFIX);
    static final Setting<RedisUri> REDIS_URI = new Setting<>("redis.uri", SettingType.URI);
    static final Setting<String> REDIS_USERNAME = new Setting<>("redis.username", SettingType.NAME);
    static final Setting<Secret> REDIS_PASSWORD = new Setting<>("redis.password", SettingType.SECRET);
    static final Setting<Path> REDIS_PASSWORD_FILE = new Setting<>("redis.password-file", SettingType.SECRET_FILE);
    static final Setting<String> SENTINEL_USERNAME = new Setting<>("redis.sentinel.username", SettingType.NAME);
    static final Setting<Secret> SENTINEL_PASSWORD = new Setting<>("redis.sentinel.password", SettingType.SECRET);
    static final Setting<Path> SENTINEL_PASSWORD_FILE =
            new Setting<>("redis.sentinel.password-file", SettingType.SECRET_FILE);
    static final Setting<String> CLIENT_NAME = new Setting<>("redis.client-name", SettingType.CLIENT_NAME);
    static final Setting<Path> TLS_CA_FILE = new Setting<>("redis.tls.ca-file", SettingType.CERTIFICATES);
    static final Setting<Path> TLS_CERTIFICATE_FILE = new Setting<>("redis.tls.certificate-file", SettingType.CHAIN);
    static final Setting<Path> TLS_KEY_FILE = new Setting<>("redis.tls.key-file", SettingType.KEY);
    static final Setting<Path> TLS_TRUST_STORE = new Setting<>("redis.tls.trust-store", SettingType.TRUST_STORE);
    static final Setting<Secret> TLS_TRUST_STORE_PASSWORD =
            new Setting<>("redis.tls.trust-store-password", SettingType.SECRET);
    static final Setting<Path> TLS_KEY_STORE = new Setting<>("redis.tls.key-store", SettingType.KEY_STORE);
    static final Setting<Secret> TLS_KEY_STORE_PASSWORD =
            new Setting<>("redis.tls.key-store-password", SettingType.SECRET);
    static final Setting<Boolean> TLS_VERIFY_HOST = new Setting<>("redis.tls.verify-host", SettingType.TRUTH);
    static final Setting<Integer> BREAKER_FAILURES =
            new Setting<>("breaker.failures", SettingType.number(1, MOST_FAILURES));
    static final Setting<Duration> BREAKER_OPEN_FOR = new Setting<>("breaker.open-for", SettingType.WAIT);
    static final Setting<Integer> REDIS_DATABASE =
            new Setting<>("redis.database", SettingType.number(0, Integer.MAX_VALUE));
    static final Setting<Duration> REDIS_TIMEOUT = new Setting<>("redis.timeout", SettingType.TIMEOUT);
    static final Setting<Duration> REDIS_CONNECT_TIMEOUT =
            new Setting<>("redis.connect-timeout", SettingType.UP_TO_A_MINUTE);
    static final Setting<Integer> REDIS_POOL_MAX =
            new Setting<>("redis.pool.max", SettingType.number(1, MOST_CONNECTIONS));
    static final Setting<Duration> LEASE_TIMEOUT = new Setting<>("lease-timeout", SettingType.WAIT);
    static final Setting<Duration> LEASE_WAIT = new Setting<>("lease-wait", SettingType.LEASE_WAIT);
    static final Setting<Duration> MAX_TRANSACTION_AGE = new Setting<>("max-transaction-age", SettingType.WAIT);
    static final Setting<Duration> REPLICA_LAG = new Setting<>("replica-lag", SettingType.WAIT_OR_NONE);
    static final Setting<Duration> EVICT_TIMEOUT = new Setting<>("evict.timeout", SettingType.UP_TO_A_MINUTE);
    static final Setting<OnFailure> EVICT_ON_FAILURE = new Setting<>("evict.on-failure", SettingType.ON_FAILURE);
    static final Setting<Integer> EVICT_JOURNAL_SIZE =
            new Setting<>("evict.journal-size", SettingType.number(1, MOST_UNDELIVERED));

    /** The settings that exist for each cache, too. */
    static final List<Setting<?>> OF_A_CACHE = List.of(
            ENABLED,
            EVICT_WHEN_DISABLED,
            TTL,
            TTL_JITTER,
            NEGATIVE_TTL,
            MAX_VALUE_BYTES,
            NEAR_ENABLED,
            NEAR_MAX_ENTRIES,
            NEAR_MAX_STALENESS,
            ENTITIES,
            WIRE,
            CODEC,
            COMPRESS_OVER,
            ENCRYPTION_ENABLED,
            ENCRYPTION_KEYS,
            ENCRYPTION_KEYS_FILE,
            KEY_PRIVACY_ENABLED,
            KEY_PRIVACY_KEY,
            KEY_PRIVACY_KEY_FILE);

    /** Those of them that say how values and keys stand in Redis. */
    static final List<Setting<?>> OF_WIRE = List.of(
            WIRE,
            CODEC,
            COMPRESS_OVER,
            ENCRYPTION_ENABLED,
            ENCRYPTION_KEYS,
            ENCRYPTION_KEYS_FILE,
            KEY_PRIVACY_ENABLED,
            KEY_PRIVACY_KEY,
            KEY_PRIVACY_KEY_FILE);

    /** The settings that exist once. */
    static final List<Setting<?>> OF_ALL = List.of(
            KEY_PREFIX,
            REDIS_URI,
            REDIS_USERNAME,
            REDIS_PASSWORD,
            REDIS_PASSWORD_FILE,
            SENTINEL_USERNAME,
            SENTINEL_PASSWORD,
            SENTINEL_PASSWORD_FILE,
            CLIENT_NAME,
            TLS_CA_FILE,
            TLS_CERTIFICATE_FILE,
            TLS_KEY_FILE,
            TLS_TRUST_STORE,
            TLS_TRUST_STORE_PASSWORD,
            TLS_KEY_STORE,
            TLS_KEY_STORE_PASSWORD,
            TLS_VERIFY_HOST,
            BREAKER_FAILURES,
            BREAKER_OPEN_FOR,
            REDIS_DATABASE,
            REDIS_TIMEOUT,
            REDIS_CONNECT_TIMEOUT,
            REDIS_POOL_MAX,
            LEASE_TIMEOUT,
            LEASE_WAIT,
            MAX_TRANSACTION_AGE,
            REPLICA_LAG,
            EVICT_TIMEOUT,
            EVICT_ON_FAILURE,
            EVICT_JOURNAL_SIZE);

    /** The key for all caches. */
    String key() {
        return PREFIX + name;
    }

    /** The key for one cache. */
    String key(String cache) {
        return CACHE_PREFIX + cache + "." + name;
    }
}
