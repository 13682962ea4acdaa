package io.cachedconnection.internal.config;

import static io.cachedconnection.internal.config.SettingType.duration;
import static io.cachedconnection.internal.config.SettingType.file;
import static io.cachedconnection.internal.config.SettingType.hidden;
import static io.cachedconnection.internal.config.SettingType.matching;
import static io.cachedconnection.internal.config.SettingType.number;
import static io.cachedconnection.internal.config.SettingType.oneOf;
import static io.cachedconnection.internal.config.SettingType.oneOfInAnyCase;
import static io.cachedconnection.internal.config.SettingType.secretFile;
import static io.cachedconnection.internal.config.SettingType.shown;
import static io.cachedconnection.internal.config.SettingType.zeroOr;

import io.cachedconnection.internal.config.ParsedConfig.EvictAll;
import io.cachedconnection.internal.config.ParsedConfig.TelemetrySettings.Metrics;
import io.cachedconnection.internal.config.ParsedConfig.TelemetrySettings.Spans;
import io.cachedconnection.internal.endpoint.Secret;
import io.cachedconnection.internal.engine.store.CacheSettings;
import io.cachedconnection.internal.engine.store.CacheSettings.NearSettings;
import io.cachedconnection.internal.engine.store.FormatSettings.Codec;
import io.cachedconnection.internal.engine.store.FormatSettings.Format;
import io.cachedconnection.internal.engine.store.ProtocolSettings;
import io.cachedconnection.internal.engine.store.ProtocolSettings.OnFailure;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.security.Key;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One setting, and the table of all settings.
 *
 * @param name the name without {@link #PREFIX}
 * @param type the allowed values
 * @param preset the default; null if it depends on other settings, or if there is none
 */
record Setting<T>(
        String name, SettingType<T> type, @Nullable T preset) {

    /** The beginning of every configuration key of this library. */
    static final String PREFIX = "cached-connection.";

    /** The beginning of the configuration keys for one cache; its name and a dot follow. */
    static final String CACHE_PREFIX = PREFIX + "cache.";

    /** Stands for all caches in place of a cache's name. */
    static final String GENERAL = "";

    private static final List<Setting<?>> TABLE = new ArrayList<>();
    private static final ProtocolSettings PROTOCOL = ProtocolSettings.defaults();
    private static final NearSettings NEAR = NearSettings.OFF;
    private static final int MOST_BYTES = CacheSettings.MOST_VALUE_BYTES;
    private static final Duration MILLISECOND = Duration.ofMillis(1); // the resolution of Redis and sockets
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private static final SettingType<Boolean> BOOLEAN = shown("true or false", text -> {
        SettingType.require(text.equals("true") || text.equals("false")); // Boolean.parseBoolean turns "yes" into false
        return text.equals("true");
    });
    private static final SettingType<Duration> LIFE =
            duration(MILLISECOND, Duration.ofDays(3650), "1 millisecond to 3650 days", "PT5M");
    private static final SettingType<Duration> UP_TO_AN_HOUR =
            duration(MILLISECOND, HOUR, "1 millisecond to 1 hour", "PT0.1S");
    private static final SettingType<Duration> UP_TO_A_MINUTE =
            duration(MILLISECOND, MINUTE, "1 millisecond to 1 minute", "PT0.5S");
    private static final SettingType<Path> PASSWORD_FILE = secretFile("file in UTF-8 that holds a password");
    private static final SettingType<Secret> SECRET = hidden("any text", Secret::new);
    static final SettingType<String> TEXT = hidden("any text", Function.identity());

    static final Setting<Boolean> ENABLED = of("enabled", BOOLEAN, true);
    static final Setting<Boolean> EVICT_WHEN_DISABLED = of("evict.when-disabled", BOOLEAN, true);
    static final Setting<Duration> TTL = of("ttl", LIFE, Duration.ofMinutes(5));
    static final Setting<Double> TTL_JITTER =
            of("ttl-jitter", shown("a number from 0 to less than 1, such as 0.1", Setting::fraction), 0.1);
    static final Setting<Duration> NEGATIVE_TTL = of("negative-ttl", zeroOr(LIFE), Duration.ZERO);
    static final Setting<Integer> MAX_VALUE_BYTES = of("max-value-bytes", number(1, MOST_BYTES), 1024 * 1024);
    static final Setting<Boolean> NEAR_ENABLED = of("near.enabled", BOOLEAN, NEAR.enabled());
    static final Setting<Integer> NEAR_MAX_ENTRIES = of("near.max-entries", number(1, 10_000_000), NEAR.maxEntries());
    static final Setting<Duration> NEAR_MAX_STALENESS = of(
            "near.max-staleness", // heartbeats cannot keep up with less
            duration(Duration.ofMillis(100), HOUR, "100 milliseconds to 1 hour", "PT0.5S"),
            NEAR.maxStaleness());
    static final Setting<Double> VERIFY_SAMPLE =
            of("verify.sample", shown("a number from 0 to 1, such as 0.001", Setting::share), 0.0);
    static final Setting<Boolean> VERIFY_FAIL = of("verify.fail", BOOLEAN, false);
    static final Setting<EntityPolicy> ENTITIES = of("entities", oneOf(EntityPolicy.class), EntityPolicy.REFUSED);

    private static final int FORMAT = TABLE.size(); // the index of the first setting for the format of values and keys

    static final Setting<Format> WIRE = of("wire", oneOfInAnyCase(Format.class));
    static final Setting<Codec> CODEC = of("codec", oneOfInAnyCase(Codec.class), Codec.DIRECT);
    static final Setting<Integer> COMPRESS_OVER = // shorter values hardly get smaller
            of("compress-over", zeroOr(number(256, MOST_BYTES), "0"::equals, 0), 0);
    static final Setting<Boolean> ENCRYPTION_ENABLED = of("encryption.enabled", BOOLEAN, false);
    static final Setting<List<Key>> ENCRYPTION_KEYS = of(
            "encryption.keys",
            hidden(
                    "1 to 16 keys, separated by commas, each 32 bytes in Base64 (44 characters)",
                    SecretKeyText.OF_VALUES::inSetting));
    static final Setting<Path> ENCRYPTION_KEYS_FILE = of(
            "encryption.keys-file",
            secretFile("file in UTF-8 with 1 to 16 keys, one on a line, each 32 bytes in Base64 (44 characters)"));
    static final Setting<Boolean> KEY_PRIVACY_ENABLED = of("key-privacy.enabled", BOOLEAN, false);
    static final Setting<List<Key>> KEY_PRIVACY_KEY = of(
            "key-privacy.key",
            hidden("one key of 32 bytes in Base64 (44 characters)", SecretKeyText.OF_NAMES::inSetting));
    static final Setting<Path> KEY_PRIVACY_KEY_FILE =
            of("key-privacy.key-file", secretFile("file in UTF-8 with one key of 32 bytes in Base64 (44 characters)"));

    private static final int APPLICATION = TABLE.size(); // the index of the first setting for the whole application

    static final Setting<String> KEY_PREFIX = of(
            "key-prefix",
            matching(
                    "1 to 64 letters, digits and . _ : -, neither beginning nor ending with :",
                    "(?!:)[A-Za-z0-9._:-]{1,64}(?<!:)"),
            "");
    static final Setting<RedisUri> REDIS_URI = of("redis.uri", hidden(RedisUri.ALLOWED, RedisUri::parse));
    static final Setting<String> REDIS_USERNAME = of("redis.username", TEXT);
    static final Setting<Secret> REDIS_PASSWORD = of("redis.password", SECRET);
    static final Setting<Path> REDIS_PASSWORD_FILE = of("redis.password-file", PASSWORD_FILE);
    static final Setting<String> SENTINEL_USERNAME = of("redis.sentinel.username", TEXT);
    static final Setting<Secret> SENTINEL_PASSWORD = of("redis.sentinel.password", SECRET);
    static final Setting<Path> SENTINEL_PASSWORD_FILE = of("redis.sentinel.password-file", PASSWORD_FILE);
    static final Setting<String> CLIENT_NAME = of( // the syntax of CLIENT SETNAME
            "redis.client-name", matching("1 to 64 visible characters of ASCII, without a space", "[!-~]{1,64}"));
    static final Setting<Path> TLS_CA_FILE = of("redis.tls.ca-file", file("PEM file with one or more certificates"));
    static final Setting<Path> TLS_CERTIFICATE_FILE =
            of("redis.tls.certificate-file", file("PEM file with a certificate, followed by those of its issuers"));
    static final Setting<Path> TLS_KEY_FILE = of(
            "redis.tls.key-file", secretFile("PEM file with an unencrypted PKCS#8 key, RSA or EC (BEGIN PRIVATE KEY)"));
    static final Setting<Path> TLS_TRUST_STORE =
            of("redis.tls.trust-store", file("PKCS12 or JKS file with certificates"));
    static final Setting<Secret> TLS_TRUST_STORE_PASSWORD = of("redis.tls.trust-store-password", SECRET);
    static final Setting<Path> TLS_KEY_STORE =
            of("redis.tls.key-store", file("PKCS12 or JKS file with one key, its certificate and the same password"));
    static final Setting<Secret> TLS_KEY_STORE_PASSWORD = of("redis.tls.key-store-password", SECRET);
    static final Setting<Boolean> TLS_VERIFY_HOST = of("redis.tls.verify-host", BOOLEAN, true);
    static final Setting<Integer> BREAKER_FAILURES = of("breaker.failures", number(1, 1_000_000), 5);
    static final Setting<Duration> BREAKER_OPEN_FOR = of("breaker.open-for", UP_TO_AN_HOUR, Duration.ofSeconds(2));
    static final Setting<Integer> REDIS_DATABASE = of("redis.database", number(0, Integer.MAX_VALUE));
    static final Setting<Duration> REDIS_TIMEOUT = of(
            "redis.timeout", // a lookup that waits longer is no cache's
            duration(MILLISECOND, Duration.ofSeconds(10), "1 millisecond to 10 seconds", "PT0.1S"),
            PROTOCOL.budget());
    // No call waits for a new connection, so this limits the slowest handshake, not the caller.
    static final Setting<Duration> REDIS_CONNECT_TIMEOUT =
            of("redis.connect-timeout", UP_TO_A_MINUTE, Duration.ofSeconds(1));
    // Callers share the connections. The maximum is the default limit of Redis.
    static final Setting<Integer> REDIS_POOL_MAX = of("redis.pool.max", number(1, 10_000), 4);
    static final Setting<Duration> LEASE_TIMEOUT = of("lease-timeout", UP_TO_AN_HOUR, PROTOCOL.leaseTimeout());
    static final Setting<Duration> LEASE_WAIT = of(
            "lease-wait",
            zeroOr(duration(MILLISECOND, MINUTE, "1 millisecond to 1 minute", "PT0.1S")),
            PROTOCOL.leaseWait());
    static final Setting<Duration> MAX_TRANSACTION_AGE =
            of("max-transaction-age", UP_TO_AN_HOUR, PROTOCOL.maxTransactionAge());
    static final Setting<Duration> REPLICA_LAG = of("replica-lag", zeroOr(UP_TO_AN_HOUR), PROTOCOL.replicaLag());
    static final Setting<Duration> EVICT_TIMEOUT = of("evict.timeout", UP_TO_A_MINUTE);
    static final Setting<OnFailure> EVICT_ON_FAILURE =
            of("evict.on-failure", oneOf(OnFailure.class), PROTOCOL.onFailure());
    static final Setting<EvictAll> EVICT_ALL = of("evict.all", oneOf(EvictAll.class), EvictAll.STAMP);
    static final Setting<Integer> EVICT_JOURNAL_SIZE =
            of("evict.journal-size", number(1, 10_000_000), PROTOCOL.journalSize());
    static final Setting<Boolean> CONSOLE_ENABLED = of("console.enabled", BOOLEAN, false);
    static final Setting<String> CONSOLE_ROLE =
            of("console.role", matching("1 to 128 characters, none of them a control character", "\\P{Cntrl}{1,128}"));
    static final Setting<Boolean> CONSOLE_VALUES = of("console.values", BOOLEAN, false);
    static final Setting<Metrics> TELEMETRY_METRICS = of("telemetry.metrics", oneOf(Metrics.class), Metrics.AUTO);
    static final Setting<Spans> TELEMETRY_SPANS = of("telemetry.spans", oneOf(Spans.class), Spans.LOADS);
    static final Setting<Boolean> TELEMETRY_JMX = of("telemetry.jmx", BOOLEAN, true);
    static final Setting<Boolean> HEALTH_REQUIRED = of("health.required", BOOLEAN, false);

    /** The settings that exist for each cache, too. */
    static final List<Setting<?>> OF_A_CACHE = List.copyOf(TABLE.subList(0, APPLICATION));

    /** The settings of a cache that determine the format of values and keys in Redis. */
    static final List<Setting<?>> OF_FORMAT = List.copyOf(TABLE.subList(FORMAT, APPLICATION));

    /** The settings that exist once, for the application. */
    static final List<Setting<?>> OF_ALL = List.copyOf(TABLE.subList(APPLICATION, TABLE.size()));

    private static <T> Setting<T> of(String name, SettingType<T> type, @Nullable T preset) {
        Setting<T> setting = new Setting<>(name, type, preset);
        TABLE.add(setting);
        return setting;
    }

    private static <T> Setting<T> of(String name, SettingType<T> type) {
        return of(name, type, null);
    }

    private static Double fraction(String text) {
        Double share = share(text);
        SettingType.require(share < 1);
        return share;
    }

    // Not Double.parseDouble, which accepts NaN, 0x1p-3 and 0.1f.
    private static Double share(String text) {
        BigDecimal number = new BigDecimal(text);
        SettingType.require(number.signum() >= 0 && number.compareTo(BigDecimal.ONE) <= 0);
        return number.doubleValue();
    }

    /** Returns the settings of the application whose names begin with {@code group}, in the order of the table. */
    static Stream<Setting<?>> group(String group) {
        return OF_ALL.stream().filter(setting -> setting.name.startsWith(group));
    }

    /** Returns the default, if the table has one. */
    T fallback() {
        return Objects.requireNonNull(preset, name);
    }

    /** Returns the configuration key for all caches. */
    String key() {
        return PREFIX + name;
    }

    /** Returns the configuration key for this cache, or for {@link #GENERAL}. */
    String key(String cache) {
        return cache.equals(GENERAL) ? key() : CACHE_PREFIX + cache + "." + name;
    }
}
