package io.cachedconnection.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachedconnection.internal.config.RedisUri.Scheme;
import io.cachedconnection.internal.endpoint.Credentials;
import io.cachedconnection.internal.endpoint.Endpoint;
import io.cachedconnection.internal.endpoint.HostPort;
import io.cachedconnection.internal.endpoint.Secret;
import io.cachedconnection.testing.ScannedLog;
import io.cachedconnection.testing.Seeds;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisUriTest {

    private static final HostPort ONE = new HostPort("one", 1);
    private static final HostPort TWO = new HostPort("two", 2);

    @ParameterizedTest
    @CsvSource({
        "redis://cache.example, false, cache.example, 6379, , , ",
        "REDIS://cache.example:1, false, cache.example, 1, , , ",
        "rediss://cache.example:65535/, true, cache.example, 65535, , , ",
        "redis://cache.example/0, false, cache.example, 6379, , , 0",
        "redis://my_redis:6380/12, false, my_redis, 6380, , , 12",
        "redis://10.0.0.7, false, 10.0.0.7, 6379, , , ",
        "redis://[::1], false, ::1, 6379, , , ",
        "rediss://ada:x@[2001:db8::7]:7000/2, true, 2001:db8::7, 7000, ada, x, 2",
        "redis://ada@cache.example, false, cache.example, 6379, ada, , ",
        "redis://:" + Seeds.PASSWORD + "@cache.example, false, cache.example, 6379, , " + Seeds.PASSWORD + ", ",
        "redis://a%C3%A9+%24%5c@cache.example, false, cache.example, 6379, aé+$\\, , ",
        "redis://ada:a:b+c@cache.example, false, cache.example, 6379, ada, a:b+c, ",
        "'redis://ada:a,b@cache.example', false, cache.example, 6379, ada, 'a,b', ",
        "redis://a%40b:%3A%2F%25%C3%A9%20@cache.example, false, cache.example, 6379, a@b, ':/%é ', ",
    })
    void parse_uriOfAServer_givesItsParts(
            String text, boolean tls, String host, int port, String username, String password, Integer database) {
        RedisUri uri = RedisUri.parse(text);

        assertThat(uri.tls()).isEqualTo(tls);
        assertThat(uri.endpoint(Credentials.NONE)).isEqualTo(new Endpoint.ServerEndpoint(new HostPort(host, port)));
        assertThat(uri.login()).isEqualTo(credentials(username, password));
        assertThat(uri.database()).isEqualTo(database);
    }

    @Test
    void parse_uriOfACluster_givesItsParts() {
        RedisUri uri =
                RedisUri.parse("redis-cluster://ada:" + Seeds.PASSWORD + "@one:1,two:2,three,[2001:db8::7]:7,[::1]");

        assertThat(uri.scheme()).isEqualTo(Scheme.CLUSTER);
        assertThat(uri.tls()).isFalse();
        assertThat(uri.login()).isEqualTo(credentials("ada", Seeds.PASSWORD));
        assertThat(uri.database()).isNull();
        assertThat(uri.endpoint(Credentials.NONE))
                .isEqualTo(new Endpoint.ClusterEndpoint(List.of(
                        ONE,
                        TWO,
                        new HostPort("three", 6379),
                        new HostPort("2001:db8::7", 7),
                        new HostPort("::1", 6379))));
    }

    @Test
    void parse_uriOfSentinels_givesItsParts() {
        Credentials sentinels = credentials("sen", "tinel");

        RedisUri uri = RedisUri.parse("redis-sentinel://:" + Seeds.PASSWORD + "@one:1,[::1],two:2/my-master.1_a/3");

        assertThat(uri.tls()).isFalse();
        assertThat(uri.login()).isEqualTo(credentials(null, Seeds.PASSWORD));
        assertThat(uri.database()).isEqualTo(3);
        assertThat(uri.endpoint(sentinels))
                .isEqualTo(new Endpoint.SentinelEndpoint(
                        List.of(ONE, new HostPort("::1", 26379), TWO), "my-master.1_a", sentinels));
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis-sentinel://one:1/master", "redis-sentinel://one:1/master/"})
    void parse_uriOfSentinelsWithoutADatabase_namesNone(String text) {
        assertThat(RedisUri.parse(text).database()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "rediss-cluster://one:1, CLUSTERS",
        "RedisS-Cluster://one:1/, CLUSTERS",
        "rediss-sentinel://one/master, SENTINELS",
        "rediss://one, REDISS",
    })
    void parse_schemeWithTls_isTls(String text, Scheme scheme) {
        assertThat(RedisUri.parse(text).scheme()).isEqualTo(scheme);
        assertThat(RedisUri.parse(text).tls()).isTrue();
    }

    @Test
    void parse_uriOfAUnixSocket_givesItsFile() {
        RedisUri uri = RedisUri.parse("redis+unix:///var/run/my redis/redis.sock");

        assertThat(uri.endpoint(Credentials.NONE))
                .isEqualTo(new Endpoint.UnixSocketEndpoint("/var/run/my redis/redis.sock"));
        assertThat(uri.tls()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"memory:, ''", "MEMORY:, ''", "' memory: ', ''", "memory:shop, shop", "memory:A.b_c-9, A.b_c-9"})
    void parse_memory_givesItsName(String text, String name) {
        RedisUri uri = RedisUri.parse(text);

        assertThat(uri.endpoint(Credentials.NONE)).isEqualTo(new Endpoint.MemoryEndpoint(name));
        assertThat(uri.endpoint(Credentials.NONE).text()).isEqualTo("memory:" + name);
        assertThat(uri.tls()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | it has no scheme",
                "cache.example | it has no scheme",
                "cache.example:6379 | it has no scheme",
                "redis | it has no scheme",
                "redis:cache.example | :// is missing after its scheme",
                "RedisS-Cluster:/one | :// is missing after its scheme",
                "redis+unix:relative | :// is missing after its scheme",
                "redis+unix:/run/redis.sock | :// is missing after its scheme",
                "memory | it has no scheme",
                "memory:// | what follows memory: is no name",
                "memory://ada:" + Seeds.PASSWORD + "@cache.example | what follows memory: is no name",
                "memory:ada@shop | what follows memory: is no name",
                "memory:cache.example:6379 | what follows memory: is no name",
                "memory:shop/1 | what follows memory: is no name",
                "memory:shop?db=1 | what follows memory: is no name",
                "memory:.shop | what follows memory: is no name",
                "memory:two words | what follows memory: is no name",
                "memory:żółw | what follows memory: is no name",
                "memory:a1234567890123456789012345678901234567890123456789012345678901234 | what follows memory: is no name",
                "http://cache.example | its scheme is none of these",
                "rediss+unix:///redis.sock | its scheme is none of these",
                "redis-clusters://one | its scheme is none of these",
                "redis:// | it names no host",
                "redis:///0 | it names no host",
                "redis-cluster:// | it names no host",
                "redis-cluster://ada:" + Seeds.PASSWORD + "@ | it names no host",
                "redis-cluster://one:1, | an entry between two commas is empty",
                "redis-cluster://,one:1 | an entry between two commas is empty",
                "redis-cluster://one:1,,two:2 | an entry between two commas is empty",
                "redis-sentinel:///master | it names no host",
                "redis://cache.example:0 | a port is not from 1 to 65535",
                "redis://cache.example:65536 | a port is not from 1 to 65535",
                "redis://cache.example:99999999999999999999 | a port is not from 1 to 65535",
                "redis-cluster://one:1,two:70000 | a port is not from 1 to 65535",
                "redis-sentinel://one:0/master | a port is not from 1 to 65535",
                "redis://cache.example: | a host or port is malformed",
                "redis://cache.example:6379:6379 | a host or port is malformed",
                "redis://cache.example:-1 | a host or port is malformed",
                "redis://::1 | a host or port is malformed",
                "redis://[::1 | a host or port is malformed",
                "redis-cluster://one:1,two:2:3 | a host or port is malformed",
                "redis://[:::::] | an IPv6 address is malformed",
                "redis://[1.2.3.4.5.6] | an IPv6 address is malformed",
                "redis://one:1,two:2 | it names more than one host",
                "redis://cache.example/one | its database is not a whole number from 0",
                "redis://cache.example/-1 | its database is not a whole number from 0",
                "redis://cache.example/0/1 | its database is not a whole number from 0",
                "redis://cache.example/9999999999 | its database is not a whole number from 0",
                "redis-sentinel://one/master/x | its database is not a whole number from 0",
                "redis://cache.example?db=1 | the part after its scheme is malformed",
                "redis://cache.example#1 | the part after its scheme is malformed",
                "redis://cache example | the part after its scheme is malformed",
                "redis://a@b@cache.example | the part after its scheme is malformed",
                "redis://a:b/c@cache.example | the part after its scheme is malformed",
                "redis://a:%zz@cache.example | a % is not followed",
                "redis://a:%4@cache.example | a % is not followed",
                "redis://a:%@cache.example | a % is not followed",
                "redis://:%ff@cache.example | a percent-encoded part of the user or password is not UTF-8",
                "redis://%c3:x@cache.example | a percent-encoded part of the user or password is not UTF-8",
                "redis://:%c3é@cache.example | a percent-encoded part of the user or password is not UTF-8",
                "redis://:%ed%a0%80@cache.example | a percent-encoded part of the user or password is not UTF-8",
                "redis://@cache.example | an empty user or password was put in",
                "redis://:@cache.example | an empty user or password was put in",
                "redis://ada:@cache.example | an empty user or password was put in",
                "redis-cluster://:@one:1,two:2 | an empty user or password was put in",
                "redis-sentinel://@one:1/master | an empty user or password was put in",
                "redis-cluster://one:1/0 | a cluster has no databases",
                "redis-sentinel://one:1,two:2 | the master's name is missing",
                "redis-sentinel://one:1,two:2/ | the master's name is missing",
                "redis-sentinel://one:1//0 | the master's name is missing",
                "redis-sentinel://one:1/my:master | the name of the master has characters",
                "redis+unix://redis.sock | the path of its socket is not absolute",
                "redis+unix://./redis.sock | the path of its socket is not absolute",
                "redis+unix://ada:" + Seeds.PASSWORD + "@/redis.sock | the path of its socket is not absolute",
                "redis+unix:// | the path of its socket is not absolute",
                "redis+unix:/// | the path of its socket is empty",
                "redis+unix:///run/redis/ | ends with /",
                "redis+unix:///redis.sock?password=" + Seeds.PASSWORD
                        + " | the path of its socket is empty or contains one of",
            })
    void parse_wrongUri_isRefusedWithItsReason(String uri, String reason) {
        assertThatThrownBy(() -> RedisUri.parse(uri))
                .isInstanceOfSatisfying(
                        InvalidValue.class,
                        refused -> assertThat(refused.reason()).contains(reason));
    }

    @Test
    void parse_pathOfASocket_mayHaveWhatFitsIntoItsAddress() {
        String longest = "/" + "\u00e9".repeat(53); // in UTF-8 two bytes each

        assertThat(RedisUri.parse("redis+unix://" + longest).endpoint(Credentials.NONE))
                .isEqualTo(new Endpoint.UnixSocketEndpoint(longest));
        assertThatThrownBy(() -> RedisUri.parse("redis+unix://" + longest + "a"))
                .isInstanceOf(InvalidValue.class)
                .hasMessage("the path of its socket is longer than 107 bytes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://" + Seeds.USER + ":" + Seeds.PASSWORD + "@cache.example",
                "redis-cluster://" + Seeds.USER + ":" + Seeds.PASSWORD + "@cache.example",
                "redis-sentinel://" + Seeds.USER + ":" + Seeds.PASSWORD + "@cache.example/master",
            })
    void toString_ofAUri_hidesTheLogin(String text) {
        RedisUri uri = RedisUri.parse(text);

        assertThat(ScannedLog.text(uri).toString()).doesNotContain(Seeds.PASSWORD, Seeds.USER);
        assertThat(ScannedLog.text(uri.endpoint(uri.login())).toString()).doesNotContain(Seeds.PASSWORD, Seeds.USER);
        assertThat(uri.endpoint(uri.login()).text()).doesNotContain(Seeds.PASSWORD, Seeds.USER);
    }

    private static Credentials credentials(String username, String password) {
        return new Credentials(username, password == null ? null : new Secret(password));
    }
}
