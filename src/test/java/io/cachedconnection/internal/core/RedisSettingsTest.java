package io.cachedconnection.internal.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RedisSettingsTest {

    @Test
    void address_ofAName_isNameAndPort() {
        assertThat(at("cache.example").address()).isEqualTo("cache.example:6379");
    }

    @Test
    void address_ofIpv6_hasBrackets() {
        assertThat(at("2001:db8::1").address()).isEqualTo("[2001:db8::1]:6379");
    }

    @Test
    void toString_ofALogin_showsNeitherNameNorPassword() {
        assertThat(at("cache.example").toString())
                .isEqualTo("RedisSettings[cache.example:6379]")
                .doesNotContain("ada", "s3cret");
    }

    @Test
    void toString_ofASecret_doesNotShowIt() {
        assertThat(new Secret("s3cret").toString()).isEqualTo("(not shown)");
    }

    private static RedisSettings at(String host) {
        Duration wait = Duration.ofMillis(100);
        return new RedisSettings(
                new Place.Server(new HostPort(host, 6379)),
                new Access(new Credentials("ada", new Secret("s3cret")), null, 3, null),
                new PoolSettings(wait, wait, 16, 2),
                new BreakerSettings(5, wait));
    }
}
