package io.cachedconnection.internal.config;

import io.cachedconnection.internal.config.ParsedConfig.EvictAll;
import io.cachedconnection.internal.config.ParsedConfig.TelemetrySettings.Metrics;
import io.cachedconnection.internal.config.ParsedConfig.TelemetrySettings.Spans;
import io.cachedconnection.internal.engine.store.FormatSettings.Codec;
import io.cachedconnection.internal.engine.store.FormatSettings.Format;
import io.cachedconnection.internal.engine.store.ProtocolSettings.OnFailure;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Tells development environments which settings there are: tools for MicroProfile offer the names in annotations of
 * fields, also of those in jars. The library never loads it. {@code ConfigurationMetadataTest} writes it.
 */
@SuppressWarnings("unused")
abstract class SettingsForTools {

    @ConfigProperty(name = "cached-connection.key-prefix")
    @Nullable String ofKeyPrefix;

    @ConfigProperty(name = "cached-connection.redis.uri")
    @Nullable String ofRedisUri;

    @ConfigProperty(name = "cached-connection.redis.username")
    @Nullable String ofRedisUsername;

    @ConfigProperty(name = "cached-connection.redis.password")
    @Nullable String ofRedisPassword;

    @ConfigProperty(name = "cached-connection.redis.password-file")
    @Nullable String ofRedisPasswordFile;

    @ConfigProperty(name = "cached-connection.redis.sentinel.username")
    @Nullable String ofRedisSentinelUsername;

    @ConfigProperty(name = "cached-connection.redis.sentinel.password")
    @Nullable String ofRedisSentinelPassword;

    @ConfigProperty(name = "cached-connection.redis.sentinel.password-file")
    @Nullable String ofRedisSentinelPasswordFile;

    @ConfigProperty(name = "cached-connection.redis.client-name")
    @Nullable String ofRedisClientName;

    @ConfigProperty(name = "cached-connection.redis.tls.ca-file")
    @Nullable String ofRedisTlsCaFile;

    @ConfigProperty(name = "cached-connection.redis.tls.certificate-file")
    @Nullable String ofRedisTlsCertificateFile;

    @ConfigProperty(name = "cached-connection.redis.tls.key-file")
    @Nullable String ofRedisTlsKeyFile;

    @ConfigProperty(name = "cached-connection.redis.tls.trust-store")
    @Nullable String ofRedisTlsTrustStore;

    @ConfigProperty(name = "cached-connection.redis.tls.trust-store-password")
    @Nullable String ofRedisTlsTrustStorePassword;

    @ConfigProperty(name = "cached-connection.redis.tls.key-store")
    @Nullable String ofRedisTlsKeyStore;

    @ConfigProperty(name = "cached-connection.redis.tls.key-store-password")
    @Nullable String ofRedisTlsKeyStorePassword;

    @ConfigProperty(name = "cached-connection.redis.tls.verify-host", defaultValue = "true")
    @Nullable Boolean ofRedisTlsVerifyHost;

    @ConfigProperty(name = "cached-connection.breaker.failures", defaultValue = "5")
    @Nullable Integer ofBreakerFailures;

    @ConfigProperty(name = "cached-connection.breaker.open-for", defaultValue = "PT2S")
    @Nullable Duration ofBreakerOpenFor;

    @ConfigProperty(name = "cached-connection.redis.database")
    @Nullable Integer ofRedisDatabase;

    @ConfigProperty(name = "cached-connection.redis.timeout", defaultValue = "PT0.1S")
    @Nullable Duration ofRedisTimeout;

    @ConfigProperty(name = "cached-connection.redis.connect-timeout", defaultValue = "PT1S")
    @Nullable Duration ofRedisConnectTimeout;

    @ConfigProperty(name = "cached-connection.redis.pool.max", defaultValue = "4")
    @Nullable Integer ofRedisPoolMax;

    @ConfigProperty(name = "cached-connection.lease-timeout", defaultValue = "PT10S")
    @Nullable Duration ofLeaseTimeout;

    @ConfigProperty(name = "cached-connection.lease-wait", defaultValue = "PT1S")
    @Nullable Duration ofLeaseWait;

    @ConfigProperty(name = "cached-connection.max-transaction-age", defaultValue = "PT30S")
    @Nullable Duration ofMaxTransactionAge;

    @ConfigProperty(name = "cached-connection.replica-lag", defaultValue = "0")
    @Nullable Duration ofReplicaLag;

    @ConfigProperty(name = "cached-connection.evict.timeout")
    @Nullable Duration ofEvictTimeout;

    @ConfigProperty(name = "cached-connection.evict.on-failure", defaultValue = "RETRY")
    @Nullable OnFailure ofEvictOnFailure;

    @ConfigProperty(name = "cached-connection.evict.all", defaultValue = "STAMP")
    @Nullable EvictAll ofEvictAll;

    @ConfigProperty(name = "cached-connection.evict.journal-size", defaultValue = "10000")
    @Nullable Integer ofEvictJournalSize;

    @ConfigProperty(name = "cached-connection.console.enabled", defaultValue = "false")
    @Nullable Boolean ofConsoleEnabled;

    @ConfigProperty(name = "cached-connection.console.role")
    @Nullable String ofConsoleRole;

    @ConfigProperty(name = "cached-connection.console.values", defaultValue = "false")
    @Nullable Boolean ofConsoleValues;

    @ConfigProperty(name = "cached-connection.telemetry.metrics", defaultValue = "AUTO")
    @Nullable Metrics ofTelemetryMetrics;

    @ConfigProperty(name = "cached-connection.telemetry.spans", defaultValue = "LOADS")
    @Nullable Spans ofTelemetrySpans;

    @ConfigProperty(name = "cached-connection.telemetry.jmx", defaultValue = "true")
    @Nullable Boolean ofTelemetryJmx;

    @ConfigProperty(name = "cached-connection.health.required", defaultValue = "false")
    @Nullable Boolean ofHealthRequired;

    @ConfigProperty(name = "cached-connection.enabled", defaultValue = "true")
    @Nullable Boolean ofEnabled;

    @ConfigProperty(name = "cached-connection.evict.when-disabled", defaultValue = "true")
    @Nullable Boolean ofEvictWhenDisabled;

    @ConfigProperty(name = "cached-connection.ttl", defaultValue = "PT5M")
    @Nullable Duration ofTtl;

    @ConfigProperty(name = "cached-connection.ttl-jitter", defaultValue = "0.1")
    @Nullable Double ofTtlJitter;

    @ConfigProperty(name = "cached-connection.negative-ttl", defaultValue = "0")
    @Nullable Duration ofNegativeTtl;

    @ConfigProperty(name = "cached-connection.max-value-bytes", defaultValue = "1048576")
    @Nullable Integer ofMaxValueBytes;

    @ConfigProperty(name = "cached-connection.near.enabled", defaultValue = "false")
    @Nullable Boolean ofNearEnabled;

    @ConfigProperty(name = "cached-connection.near.max-entries", defaultValue = "10000")
    @Nullable Integer ofNearMaxEntries;

    @ConfigProperty(name = "cached-connection.near.max-staleness", defaultValue = "PT2S")
    @Nullable Duration ofNearMaxStaleness;

    @ConfigProperty(name = "cached-connection.verify.sample", defaultValue = "0")
    @Nullable Double ofVerifySample;

    @ConfigProperty(name = "cached-connection.verify.fail", defaultValue = "false")
    @Nullable Boolean ofVerifyFail;

    @ConfigProperty(name = "cached-connection.entities", defaultValue = "REFUSED")
    @Nullable EntityPolicy ofEntities;

    @ConfigProperty(name = "cached-connection.wire")
    @Nullable Format ofWire;

    @ConfigProperty(name = "cached-connection.codec", defaultValue = "DIRECT")
    @Nullable Codec ofCodec;

    @ConfigProperty(name = "cached-connection.compress-over", defaultValue = "0")
    @Nullable Integer ofCompressOver;

    @ConfigProperty(name = "cached-connection.encryption.enabled", defaultValue = "false")
    @Nullable Boolean ofEncryptionEnabled;

    @ConfigProperty(name = "cached-connection.encryption.keys")
    @Nullable String ofEncryptionKeys;

    @ConfigProperty(name = "cached-connection.encryption.keys-file")
    @Nullable String ofEncryptionKeysFile;

    @ConfigProperty(name = "cached-connection.key-privacy.enabled", defaultValue = "false")
    @Nullable Boolean ofKeyPrivacyEnabled;

    @ConfigProperty(name = "cached-connection.key-privacy.key")
    @Nullable String ofKeyPrivacyKey;

    @ConfigProperty(name = "cached-connection.key-privacy.key-file")
    @Nullable String ofKeyPrivacyKeyFile;

    @ConfigProperty(name = "cached-connection.cache.{*}.enabled")
    @Nullable Boolean ofACacheEnabled;

    @ConfigProperty(name = "cached-connection.cache.{*}.evict.when-disabled")
    @Nullable Boolean ofACacheEvictWhenDisabled;

    @ConfigProperty(name = "cached-connection.cache.{*}.ttl")
    @Nullable Duration ofACacheTtl;

    @ConfigProperty(name = "cached-connection.cache.{*}.ttl-jitter")
    @Nullable Double ofACacheTtlJitter;

    @ConfigProperty(name = "cached-connection.cache.{*}.negative-ttl")
    @Nullable Duration ofACacheNegativeTtl;

    @ConfigProperty(name = "cached-connection.cache.{*}.max-value-bytes")
    @Nullable Integer ofACacheMaxValueBytes;

    @ConfigProperty(name = "cached-connection.cache.{*}.near.enabled")
    @Nullable Boolean ofACacheNearEnabled;

    @ConfigProperty(name = "cached-connection.cache.{*}.near.max-entries")
    @Nullable Integer ofACacheNearMaxEntries;

    @ConfigProperty(name = "cached-connection.cache.{*}.near.max-staleness")
    @Nullable Duration ofACacheNearMaxStaleness;

    @ConfigProperty(name = "cached-connection.cache.{*}.verify.sample")
    @Nullable Double ofACacheVerifySample;

    @ConfigProperty(name = "cached-connection.cache.{*}.verify.fail")
    @Nullable Boolean ofACacheVerifyFail;

    @ConfigProperty(name = "cached-connection.cache.{*}.entities")
    @Nullable EntityPolicy ofACacheEntities;

    @ConfigProperty(name = "cached-connection.cache.{*}.wire")
    @Nullable Format ofACacheWire;

    @ConfigProperty(name = "cached-connection.cache.{*}.codec")
    @Nullable Codec ofACacheCodec;

    @ConfigProperty(name = "cached-connection.cache.{*}.compress-over")
    @Nullable Integer ofACacheCompressOver;

    @ConfigProperty(name = "cached-connection.cache.{*}.encryption.enabled")
    @Nullable Boolean ofACacheEncryptionEnabled;

    @ConfigProperty(name = "cached-connection.cache.{*}.encryption.keys")
    @Nullable String ofACacheEncryptionKeys;

    @ConfigProperty(name = "cached-connection.cache.{*}.encryption.keys-file")
    @Nullable String ofACacheEncryptionKeysFile;

    @ConfigProperty(name = "cached-connection.cache.{*}.key-privacy.enabled")
    @Nullable Boolean ofACacheKeyPrivacyEnabled;

    @ConfigProperty(name = "cached-connection.cache.{*}.key-privacy.key")
    @Nullable String ofACacheKeyPrivacyKey;

    @ConfigProperty(name = "cached-connection.cache.{*}.key-privacy.key-file")
    @Nullable String ofACacheKeyPrivacyKeyFile;
}
