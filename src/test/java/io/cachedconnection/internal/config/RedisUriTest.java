package io.cachedconnection.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachedconnection.internal.core.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisUriTest {

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
        "redis://:s3cret@cache.example, false, cache.example, 6379, , s3cret, ",
        "redis://ada:@cache.example, false, cache.example, 6379, ada, , ",
        "redis://ada:a:b+c@cache.example, false, cache.example, 6379, ada, a:b+c, ",
        "redis://a%40b:%3A%2F%25%C3%A9%20@cache.example, false, cache.example, 6379, a@b, ':/%é ', ",
    })
    void parse_rightUri_givesItsParts(
            String uri, boolean tls, String host, int port, String username, String password, Integer database) {
        Secret secret = password == null ? null : new Secret(password);

        assertThat(RedisUri.parse(uri)).isEqualTo(new RedisUri(tls, host, port, username, secret, database));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "cache.example",
                "cache.example:6379",
                "redis:cache.example",
                "redis://",
                "redis:///0",
                "redis://cache.example:0",
                "redis://cache.example:65536",
                "redis://cache.example:",
                "redis://cache.example:6379:6379",
                "redis://cache.example/one",
                "redis://cache.example/-1",
                "redis://cache.example/0/1",
                "redis://cache.example?db=1",
                "redis://cache.example#1",
                "redis://cache example",
                "redis://a@b@cache.example",
                "redis://a:b/c@cache.example",
                "redis://a:%zz@cache.example",
                "redis://a:%4@cache.example",
                "redis://[::1",
                "redis://[:::::]",
                "redis://[1.2.3.4.5.6]",
                "redis://::1",
                "redis://one:1,two:2",
                "redis-cluster://cache.example",
                "redis-sentinel://cache.example/master",
                "memory:",
            })
    void parse_wrongUri_isRefused(String uri) {
        assertThatThrownBy(() -> RedisUri.parse(uri)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void toString_ofAUri_hidesThePassword() {
        assertThat(RedisUri.parse("redis://ada:s3cret@cache.example").toString())
                .doesNotContain("s3cret");
    }
}
