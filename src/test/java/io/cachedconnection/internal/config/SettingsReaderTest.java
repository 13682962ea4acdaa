package io.cachedconnection.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.internal.endpoint.Credentials;
import io.cachedconnection.internal.endpoint.Endpoint;
import io.cachedconnection.internal.endpoint.HostPort;
import io.cachedconnection.internal.endpoint.RedisSettings;
import io.cachedconnection.internal.endpoint.RedisSettings.CircuitBreakerSettings;
import io.cachedconnection.internal.endpoint.RedisSettings.PoolSettings;
import io.cachedconnection.internal.endpoint.Secret;
import io.cachedconnection.internal.engine.store.CacheSettings;
import io.cachedconnection.internal.engine.store.CacheSettings.NearSettings;
import io.cachedconnection.internal.engine.store.CacheSettings.VerificationSettings;
import io.cachedconnection.testing.ScannedLog;
import io.cachedconnection.testing.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsReaderTest {

    private static final String CACHE = "connections-of-user";
    private static final String OWN = "cached-connection.cache.connections-of-user.";

    @Test
    void read_nothingSet_givesTheDefaults() {
        ParsedConfig reading = read();

        assertThat(reading.problems()).isEmpty();
        assertThat(reading.keyPrefix()).isEmpty();
        assertThat(reading.caches()).containsOnlyKeys(CACHE, "provider-connection");
        assertThat(reading.caches().get(CACHE))
                .isEqualTo(new CacheSettings(
                        true, null, Duration.ofMinutes(5), Duration.ZERO, 0.1, 1_048_576, NearSettings.OFF));
        RedisSettings redis = reading.redis();
        assertThat(redis.place()).isEqualTo(new Endpoint.ServerEndpoint(new HostPort("localhost", 6379)));
        assertThat(redis.access().login().current()).isEqualTo(Credentials.NONE);
        assertThat(redis.access().encryption()).isNull();
        assertThat(redis.access().database()).isZero();
        assertThat(redis.access().clientName()).isNull();
        assertThat(redis.pool()).isEqualTo(new PoolSettings(Duration.ofMillis(100), Duration.ofSeconds(1), 4));
        assertThat(redis.breaker()).isEqualTo(new CircuitBreakerSettings(5, Duration.ofSeconds(2)));
    }

    @Test
    void read_everyGeneralSetting_isTaken() {
        CacheSettings settings = read(
                        "cached-connection.enabled", "false",
                        "cached-connection.ttl", "PT10M",
                        "cached-connection.ttl-jitter", "0.25",
                        "cached-connection.negative-ttl", "7",
                        "cached-connection.max-value-bytes", "99",
                        "cached-connection.near.enabled", "true",
                        "cached-connection.near.max-entries", "10000000",
                        "cached-connection.near.max-staleness", "PT1H")
                .caches()
                .get(CACHE);

        assertThat(settings)
                .isEqualTo(new CacheSettings(
                        false,
                        null,
                        Duration.ofMinutes(10),
                        Duration.ofSeconds(7),
                        0.25,
                        99,
                        new NearSettings(true, 10_000_000, Duration.ofHours(1))));
    }

    @Test
    void read_everySettingOfOneCache_winsForThisCacheOnly() {
        ParsedConfig reading = read(
                "cached-connection.enabled",
                "false",
                "cached-connection.ttl",
                "PT10M",
                "cached-connection.ttl-jitter",
                "0.25",
                "cached-connection.negative-ttl",
                "7",
                "cached-connection.max-value-bytes",
                "99",
                "cached-connection.near.enabled",
                "true",
                "cached-connection.near.max-entries",
                "77",
                "cached-connection.near.max-staleness",
                "3",
                OWN + "enabled",
                "true",
                OWN + "ttl",
                "PT30S",
                OWN + "ttl-jitter",
                "0",
                OWN + "negative-ttl",
                "0",
                OWN + "max-value-bytes",
                "12",
                OWN + "near.enabled",
                "false",
                OWN + "near.max-entries",
                "1",
                OWN + "near.max-staleness",
                "PT0.1S");

        assertThat(reading.problems()).isEmpty();
        assertThat(reading.caches().get(CACHE))
                .isEqualTo(new CacheSettings(
                        true,
                        Duration.ofSeconds(30),
                        Duration.ofMinutes(10),
                        Duration.ZERO,
                        0,
                        12,
                        new NearSettings(false, 1, Duration.ofMillis(100))));
        assertThat(reading.caches().get("provider-connection").enabled()).isFalse();
        assertThat(reading.caches().get("provider-connection").near())
                .isEqualTo(new NearSettings(true, 77, Duration.ofSeconds(3)));
    }

    @Test
    void read_verification_isTakenForAllCachesAndForOne() {
        ParsedConfig reading = read(
                "cached-connection.verify.sample",
                "1",
                "cached-connection.verify.fail",
                "true",
                OWN + "verify.sample",
                "0.001");

        assertThat(reading.problems()).isEmpty();
        assertThat(reading.caches().get(CACHE).verification()).isEqualTo(new VerificationSettings(0.001, true));
        assertThat(reading.caches().get("provider-connection").verification())
                .isEqualTo(new VerificationSettings(1, true));
    }

    @Test
    void read_everyRedisSetting_isTaken() {
        ParsedConfig reading = read(
                "cached-connection.redis.uri", "rediss://cache.example:7000",
                "cached-connection.redis.username", "ada",
                "cached-connection.redis.password", " p:@/ ",
                "cached-connection.redis.database", "3",
                "cached-connection.redis.timeout", "PT0.05S",
                "cached-connection.redis.connect-timeout", "PT0.3S",
                "cached-connection.redis.pool.max", "4",
                "cached-connection.redis.client-name", "shop@node-1",
                "cached-connection.breaker.failures", "1",
                "cached-connection.breaker.open-for", "PT0.5S",
                "cached-connection.key-prefix", "shop:eu-1");

        assertThat(reading.problems()).isEmpty();
        assertThat(reading.keyPrefix()).isEqualTo("shop:eu-1");
        RedisSettings redis = reading.redis();
        assertThat(redis.place()).isEqualTo(new Endpoint.ServerEndpoint(new HostPort("cache.example", 7000)));
        assertThat(redis.access().login().current()).isEqualTo(new Credentials("ada", new Secret(" p:@/ ")));
        assertThat(redis.access().encryption()).isNotNull();
        assertThat(redis.access().database()).isEqualTo(3);
        assertThat(redis.pool()).isEqualTo(new PoolSettings(Duration.ofMillis(50), Duration.ofMillis(300), 4));
        assertThat(redis.access().clientName()).isEqualTo("shop@node-1");
        assertThat(redis.breaker()).isEqualTo(new CircuitBreakerSettings(1, Duration.ofMillis(500)));
    }

    @Test
    void read_loginAndDatabaseInTheUri_areTaken() {
        RedisSettings redis = read("cached-connection.redis.uri", "redis://ada:" + Seeds.PASSWORD + "@cache.example/5")
                .redis();

        assertThat(redis.access().login().current()).isEqualTo(new Credentials("ada", new Secret(Seeds.PASSWORD)));
        assertThat(redis.access().database()).isEqualTo(5);
    }

    @Test
    void read_loginAndDatabaseOfTheirOwn_winOverTheUri() {
        RedisSettings redis = read(
                        "cached-connection.redis.uri", "redis://ada:" + Seeds.PASSWORD + "@cache.example/5",
                        "cached-connection.redis.username", "eve",
                        "cached-connection.redis.password", "other",
                        "cached-connection.redis.database", "0")
                .redis();

        assertThat(redis.access().login().current()).isEqualTo(new Credentials("eve", new Secret("other")));
        assertThat(redis.access().database()).isZero();
    }

    @Test
    void read_originalTtl_isThatOfTheProviderConnectionsOnly() {
        ParsedConfig reading = read("cache.provider.ttl", "120");

        assertThat(reading.caches().get("provider-connection").ownTtl()).isEqualTo(Duration.ofMinutes(2));
        assertThat(reading.caches().get(CACHE).ownTtl()).isNull();
    }

    @Test
    void read_originalTtlAndOurs_oursWins() {
        ParsedConfig reading =
                read("cache.provider.ttl", "120", "cached-connection.cache.provider-connection.ttl", "60");

        assertThat(reading.caches().get("provider-connection").ownTtl()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void read_whiteSpaceAroundAValue_isNoPartOfIt() {
        assertThat(read("cached-connection.ttl", " PT1M\t").problems()).isEmpty();
    }

    @Test
    void read_emptyValue_isNotSet() {
        ParsedConfig reading = read("cached-connection.ttl", "", "cached-connection.key-prefix", "");

        assertThat(reading.problems()).isEmpty();
        assertThat(reading.caches().get(CACHE).generalTtl()).isEqualTo(Duration.ofMinutes(5));
    }

    @ParameterizedTest
    @CsvSource({
        "enabled, yes, true or false",
        "enabled, TRUE, true or false",
        "ttl, 5m, a duration from 1 millisecond to 3650 days",
        "ttl, 0, a duration from 1 millisecond to 3650 days",
        "ttl, -5, a duration from 1 millisecond to 3650 days",
        "ttl, PT-5M, a duration from 1 millisecond to 3650 days",
        "ttl, P3651D, a duration from 1 millisecond to 3650 days",
        "ttl, PT0.0009S, a duration from 1 millisecond to 3650 days",
        "ttl, 999999999999999999, a duration from 1 millisecond to 3650 days",
        "ttl, 9999999999999999999999, a duration from 1 millisecond to 3650 days",
        "ttl-jitter, 1, a number from 0 to less than 1",
        "ttl-jitter, -0.1, a number from 0 to less than 1",
        "ttl-jitter, NaN, a number from 0 to less than 1",
        "ttl-jitter, 10%, a number from 0 to less than 1",
        "ttl-jitter, 0.1f, a number from 0 to less than 1",
        "negative-ttl, -1, '0, or a duration'",
        "negative-ttl, P3651D, '0, or a duration'",
        "negative-ttl, off, '0, or a duration'",
        "max-value-bytes, 0, a whole number from 1 to 16777216",
        "max-value-bytes, 1MB, a whole number from 1 to 16777216",
        "max-value-bytes, 16777217, a whole number from 1 to 16777216",
        "near.enabled, on, true or false",
        "near.max-entries, 0, a whole number from 1 to 10000000",
        "near.max-entries, 10000001, a whole number from 1 to 10000000",
        "near.max-entries, 10k, a whole number from 1 to 10000000",
        "near.max-staleness, 0, a duration from 100 milliseconds to 1 hour",
        "near.max-staleness, PT0.0999S, a duration from 100 milliseconds to 1 hour",
        "near.max-staleness, PT1H0.001S, a duration from 100 milliseconds to 1 hour",
        "verify.sample, 1.01, a number from 0 to 1",
        "verify.sample, -0.1, a number from 0 to 1",
        "verify.sample, 1%, a number from 0 to 1",
        "verify.fail, yes, true or false",
        "redis.database, -1, a whole number from 0 to 2147483647",
        "redis.database, 99999999999, a whole number from 0 to 2147483647",
        "redis.timeout, 0, a duration from 1 millisecond to 10 seconds",
        "redis.timeout, PT10.001S, a duration from 1 millisecond to 10 seconds",
        "redis.connect-timeout, 250ms, a duration from 1 millisecond to 1 minute",
        "redis.connect-timeout, PT61S, a duration from 1 millisecond to 1 minute",
        "evict.timeout, 0, a duration from 1 millisecond to 1 minute",
        "evict.timeout, PT-1S, a duration from 1 millisecond to 1 minute",
        "evict.timeout, PT0.0001S, a duration from 1 millisecond to 1 minute",
        "evict.timeout, PT61S, a duration from 1 millisecond to 1 minute",
        "lease-wait, PT61S, '0, or a duration from 1 millisecond to 1 minute'",
        "redis.pool.max, 0, a whole number from 1 to 10000",
        "redis.client-name, my shop, '1 to 64 visible characters of ASCII, without a space'",
        "redis.client-name, sh\u00f6p, '1 to 64 visible characters of ASCII, without a space'",
        "breaker.failures, 0, a whole number from 1 to 1000000",
        "breaker.failures, 1000001, a whole number from 1 to 1000000",
        "breaker.open-for, 0, a duration from 1 millisecond to 1 hour",
        "breaker.open-for, PT61M, a duration from 1 millisecond to 1 hour",
        "key-prefix, :shop, 1 to 64 letters",
        "key-prefix, shop:, 1 to 64 letters",
        "key-prefix, my shop, 1 to 64 letters",
        "key-prefix, {shop}, 1 to 64 letters",
        "key-prefix, aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, 1 to 64 letters",
    })
    void read_wrongValue_isNamedWithKeySourceAndWhatIsAllowed(String name, String value, String allowed) {
        ParsedConfig reading = read("cached-connection." + name, value);

        assertThat(reading.problems())
                .singleElement()
                .asString()
                .startsWith("CC-0202 Setting cached-connection." + name + " is '" + value + "' in the map. Allowed: "
                        + allowed);
    }

    @ParameterizedTest
    @CsvSource({
        "ttl, PT0.001S",
        "ttl, P3650D",
        "negative-ttl, PT0.001S",
        "ttl-jitter, 0",
        "ttl-jitter, 0.999",
        "max-value-bytes, 1",
        "max-value-bytes, 16777216",
        "near.max-entries, 1",
        "near.max-entries, 10000000",
        "near.max-staleness, PT0.1S",
        "near.max-staleness, PT1H",
        "redis.timeout, 10",
        "redis.connect-timeout, 60",
        "lease-wait, 60",
        "evict.timeout, PT0.001S",
        "evict.timeout, PT30S",
        "redis.pool.max, 10000",
        "breaker.failures, 1",
        "breaker.failures, 1000000",
        "breaker.open-for, PT0.001S",
        "redis.client-name, !~",
        "key-prefix, aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    })
    void read_valueAtALimit_isAllowed(String name, String value) {
        assertThat(read("cached-connection." + name, value).problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"PT31S,", "PT2S, PT1S"})
    void read_evictTimeoutLongerThanATransaction_isRefused(String timeout, String age) {
        String key = "cached-connection.evict.timeout";
        ParsedConfig reading =
                age == null ? read(key, timeout) : read(key, timeout, "cached-connection.max-transaction-age", age);

        assertThat(reading.problems())
                .singleElement()
                .asString()
                .startsWith("CC-0209 Setting " + key + " is '" + timeout
                        + "' in the map: that is longer than cached-connection.max-transaction-age, "
                        + (age == null ? "PT30S" : age)
                        + ". Allowed: a duration from 1 millisecond to 1 minute");
    }

    @ParameterizedTest
    @CsvSource({"PT0.1S,, PT0.1S", "PT0.05S,, PT0.1S", "PT2S, 2, PT2S", "PT1S, PT3S, PT3S"})
    void read_transactionNoOlderThanALookupWaits_isRefused(String age, String timeout, String waits) {
        String key = "cached-connection.max-transaction-age";
        ParsedConfig reading =
                timeout == null ? read(key, age) : read(key, age, "cached-connection.redis.timeout", timeout);

        assertThat(reading.problems())
                .singleElement()
                .asString()
                .startsWith("CC-0209 Setting " + key + " is '" + age
                        + "' in the map: that is no longer than a lookup may wait (cached-connection.redis.timeout, "
                        + waits
                        + "), so nothing would ever be cached. Allowed: a duration from 1 millisecond to 1 hour");
    }

    @Test
    void read_transactionALittleOlderThanALookupWaits_isAllowed() {
        assertThat(read("cached-connection.max-transaction-age", "PT0.101S").problems())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "redis.timeout, PT0.05S, PT1S",
        "redis.timeout, PT3S, PT3S",
        "max-transaction-age, PT0.5S, PT0.5S",
        "evict.timeout, PT0.2S, PT0.2S",
    })
    void read_evictTimeout_isASecondUnlessOthersAskForMoreOrLess(String name, String value, String expected) {
        ParsedConfig reading = read("cached-connection." + name, value);

        assertThat(reading.problems()).isEmpty();
        assertThat(reading.protocol().evictTimeout()).isEqualTo(Duration.parse(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "redis.timeout, 100, PT0.1S",
        "redis.connect-timeout, 500, PT0.5S",
        "lease-wait, 1000, PT1S",
        "evict.timeout, 1000, PT1S",
        "max-transaction-age, 30000, PT30S"
    })
    void read_millisecondsWithoutAUnit_areRefusedWithWhatIsMeant(String name, String value, String meant) {
        assertThat(read("cached-connection." + name, value).problems())
                .singleElement()
                .asString()
                .startsWith("CC-0209 Setting cached-connection." + name + " is '" + value
                        + "' in the map: a number without a unit is seconds, and " + value + " milliseconds are "
                        + meant
                        + ". Allowed: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"enabled", "max-entries", "max-staleness"})
    void read_wrongNearSettingOfAll_isNamedOnceForAllCaches(String name) {
        assertThat(read("cached-connection.near." + name, "?").problems())
                .singleElement()
                .asString()
                .startsWith("CC-0202 Setting cached-connection.near." + name + " is '?' in the map.");
    }

    @ParameterizedTest
    @CsvSource({
        "enabled, no",
        "ttl, -1",
        "ttl-jitter, 2",
        "negative-ttl, x",
        "max-value-bytes, 0",
        "near.enabled, no",
        "near.max-entries, -1",
        "near.max-staleness, x"
    })
    void read_wrongValueOfOneCache_isNamedWithItsKey(String name, String value) {
        assertThat(read(OWN + name, value).problems())
                .singleElement()
                .asString()
                .startsWith("CC-0202 Setting " + OWN + name + " is '" + value + "' in the map.");
    }

    @Test
    void read_wrongOriginalTtl_isNamedWithItsKey() {
        assertThat(read("cache.provider.ttl", "soon").problems())
                .singleElement()
                .asString()
                .startsWith("CC-0202 Setting cache.provider.ttl is 'soon' in the map.");
    }

    @Test
    void read_wrongGeneralValueThatEachCacheOverrides_isNamedAllTheSame() {
        ParsedConfig reading = read(
                "cached-connection.ttl-jitter",
                "2",
                OWN + "ttl-jitter",
                "0",
                "cached-connection.cache.provider-connection.ttl-jitter",
                "0");

        assertThat(reading.problems()).singleElement().asString().contains("cached-connection.ttl-jitter");
    }

    @ParameterizedTest
    @CsvSource({
        "http://ada:" + Seeds.PASSWORD + "@cache.example, its scheme is none of these",
        "redis://ada:" + Seeds.PASSWORD + "@cache.example:99999, a port is not from 1 to 65535",
        "redis://ada:s3/cret@cache.example, the part after its scheme is malformed",
        "redis://ada:" + Seeds.PASSWORD
                + "%@cache.example, in user or password a % is not followed by two hexadecimal digits",
        "redis-cluster://ada:" + Seeds.PASSWORD + "@cache.example:6379/0, a cluster has no databases to choose from",
        "redis-sentinel://ada:" + Seeds.PASSWORD
                + "@cache.example:6379, the master's name is missing (what the Sentinels call it)",
        "memory://ada:" + Seeds.PASSWORD
                + "@, what follows memory: is no name of 1 to 64 of A-Z a-z 0-9 . _ - with a letter or digit first",
        "redis+unix:" + Seeds.PASSWORD + ", :// is missing after its scheme",
    })
    void read_wrongUri_isNotShown(String uri, String reason) {
        assertThat(read("cached-connection.redis.uri", uri).problems())
                .singleElement()
                .asString()
                .startsWith("CC-0209 Setting cached-connection.redis.uri is '(not shown)' in the map: " + reason
                        + ". Allowed: redis://[user[:password]@]host[:port][/database], redis-cluster://")
                .doesNotContain("ada", "s3", uri);
    }

    @Test
    void read_uriOfACluster_isTaken() {
        ParsedConfig reading = read(
                "cached-connection.redis.uri", "redis-cluster://one:1,two:2", "cached-connection.redis.database", "0");

        assertThat(reading.problems()).isEmpty();
        assertThat(reading.redis().address()).isEqualTo("one:1,two:2");
    }

    @Test
    void read_memory_isTaken() {
        ParsedConfig reading =
                read("cached-connection.redis.uri", "memory:shop", "cached-connection.redis.timeout", "PT5S");

        assertThat(reading.problems()).isEmpty();
        assertThat(reading.redis().address()).isEqualTo("memory:shop");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis.username",
                "redis.password",
                "redis.password-file",
                "redis.database",
                "redis.client-name",
                "redis.sentinel.username",
                "redis.sentinel.password",
                "redis.tls.verify-host"
            })
    void read_settingOfRedisWithMemory_isRefused(String setting, @TempDir Path files) throws IOException {
        String value = switch (setting) {
            case "redis.database" -> "0";
            case "redis.tls.verify-host" -> "true";
            case "redis.password-file" ->
                Files.writeString(files.resolve("password"), Seeds.PASSWORD).toString();
            default -> Seeds.PASSWORD;
        };

        assertThat(read("cached-connection.redis.uri", "memory:", "cached-connection." + setting, value)
                        .problems())
                .singleElement()
                .asString()
                .startsWith("CC-0210 Setting cached-connection." + setting + " in the map is for ")
                .contains(", which cached-connection.redis.uri is not. Remove the one, or correct the other.")
                .doesNotContain(Seeds.PASSWORD);
    }

    @Test
    void read_databaseWithACluster_isRefused() {
        assertThat(read("cached-connection.redis.uri", "redis-cluster://one:1", "cached-connection.redis.database", "1")
                        .problems())
                .containsExactly("CC-0210 Setting cached-connection.redis.database in the map is for one server or"
                        + " Sentinels (a cluster has only database 0), which cached-connection.redis.uri is not."
                        + " Remove the one, or correct the other.");
    }

    @Test
    void read_loginOfSentinels_isTheirs() {
        ParsedConfig reading = read(
                "cached-connection.redis.uri", "redis-sentinel://ada:" + Seeds.PASSWORD + "@one,two:1/main/2",
                "cached-connection.redis.sentinel.username", "sen",
                "cached-connection.redis.sentinel.password", "tinel");

        assertThat(reading.problems()).isEmpty();
        Endpoint.SentinelEndpoint sentinels =
                (Endpoint.SentinelEndpoint) reading.redis().place();
        assertThat(sentinels.text()).isEqualTo("one:26379,two:1/main");
        assertThat(sentinels.login().current()).isEqualTo(new Credentials("sen", new Secret("tinel")));
        assertThat(reading.redis().access().login().current())
                .isEqualTo(new Credentials("ada", new Secret(Seeds.PASSWORD)));
        assertThat(reading.redis().access().database()).isEqualTo(2);
    }

    @Test
    void read_sentinelsWithoutALogin_haveNone() {
        RedisSettings redis = read(
                        "cached-connection.redis.uri", "redis-sentinel://ada:" + Seeds.PASSWORD + "@one/main")
                .redis();

        assertThat(((Endpoint.SentinelEndpoint) redis.place()).login().current())
                .isEqualTo(Credentials.NONE);
    }

    @Test
    void read_userOfSentinelsWithoutPassword_isRefused() {
        assertThat(read(
                                "cached-connection.redis.uri", "redis-sentinel://one/main",
                                "cached-connection.redis.sentinel.username", "sen")
                        .problems())
                .containsExactly(
                        "CC-0206 Setting cached-connection.redis.sentinel.username in the map names a user, but"
                                + " there is no password. Set cached-connection.redis.sentinel.password, too.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"username", "password", "password-file"})
    void read_loginOfSentinelsWithoutThem_isRefused(String name) {
        assertThat(read(
                                "cached-connection.redis.uri",
                                "redis://one",
                                "cached-connection.redis.sentinel." + name,
                                Seeds.PASSWORD)
                        .problems())
                .containsExactly("CC-0210 Setting cached-connection.redis.sentinel." + name + " in the map is for"
                        + " Sentinels (redis-sentinel://), which cached-connection.redis.uri is not."
                        + " Remove the one, or correct the other.");
    }

    @Test
    void read_wrongUri_bringsNoProblemsOfWhatWouldNotFitTheDefault() {
        assertThat(read(
                                "cached-connection.redis.uri",
                                "redis-sentinel://one",
                                "cached-connection.redis.sentinel.password",
                                Seeds.PASSWORD)
                        .problems())
                .hasSize(1);
    }

    @Test
    void read_wrongUri_doesNotHideWhatIsWrongWithTheLogins() {
        ParsedConfig reading = read(
                "cached-connection.redis.uri", "redis-sentinel://one",
                "cached-connection.redis.password-file", "/no/such/file",
                "cached-connection.redis.sentinel.username", "sen");

        assertThat(reading.problems()).hasSize(3);
        assertThat(reading.problems().get(0)).contains("redis.uri");
        assertThat(reading.problems().get(1)).startsWith("CC-0206 ").contains("redis.sentinel.username");
        assertThat(reading.problems().get(2)).startsWith("CC-0209 ").contains("redis.password-file");
    }

    @Test
    void read_wrongUriThatMayHaveAPassword_missesNone() {
        assertThat(read(
                                "cached-connection.redis.uri",
                                "redis://:" + Seeds.PASSWORD + "@cache.example:x",
                                "cached-connection.redis.username",
                                "ada")
                        .problems())
                .singleElement()
                .asString()
                .contains("redis.uri");
    }

    @Test
    void read_userWithoutPassword_isRefusedAndNotShown() {
        assertThat(read("cached-connection.redis.username", "ada").problems())
                .containsExactly(
                        "CC-0206 Setting cached-connection.redis.username in the map names a user, but there is"
                                + " no password. Set cached-connection.redis.password, too.");
        assertThat(read("cached-connection.redis.uri", "redis://ada@cache.example")
                        .problems())
                .containsExactly("CC-0206 Setting cached-connection.redis.uri in the map names a user, but there is"
                        + " no password. Set cached-connection.redis.password, too.");
    }

    @Test
    void read_sourceThatFails_isAProblemThatQuotesNothing() {
        assertThat(read("cached-connection.ttl", MapConfig.FAILS).problems())
                .containsExactly(
                        "CC-0207 Setting cached-connection.ttl could not be read: a configuration source failed"
                                + " (java.lang.IllegalStateException).");
    }

    @Test
    void read_longValueWithLineBreaks_isQuotedOnOneShortLine() {
        String problem = read("cached-connection.ttl", "1\r\nCC-0502 all is well" + "!".repeat(1000))
                .problems()
                .get(0);

        assertThat(problem)
                .doesNotContain("\n", "\r")
                .contains("'1??CC-0502 all is well!!")
                .hasSizeLessThan(400);
    }

    @Test
    void read_manyProblems_listsAllOfThem() {
        ParsedConfig reading = read(
                "cached-connection.ttl",
                "soon",
                OWN + "enabled",
                "yes",
                "cached-connection.redis.uri",
                "ftp://cache.example",
                "cached-connection.redis.sentinel.username",
                "ada",
                "cached-connection.redis.pool.max",
                "0",
                "cached-connection.redis.url",
                "redis://ada:" + Seeds.PASSWORD + "@cache.example",
                "cached-connection.cache.conections-of-user.ttl",
                "1",
                "cached-connection.key-prefix",
                "{}");

        assertThat(reading.warnings()).singleElement().asString().startsWith("CC-0222");
        assertThat(reading.problems())
                .hasSize(7)
                .doesNotHaveDuplicates()
                .allSatisfy(problem ->
                        assertThat(problem).matches("CC-02\\d\\d .*").doesNotContain(Seeds.PASSWORD, "ada:"));
    }

    private static ParsedConfig read(String... keysAndValues) {
        return ScannedLog.text(new SettingsReader(MapConfig.of(keysAndValues)).read(Set.of(CACHE)));
    }
}
