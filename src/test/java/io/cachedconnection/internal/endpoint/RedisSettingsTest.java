package io.cachedconnection.internal.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.internal.endpoint.RedisSettings.CircuitBreakerSettings;
import io.cachedconnection.internal.endpoint.RedisSettings.ConnectionSettings;
import io.cachedconnection.internal.endpoint.RedisSettings.PoolSettings;
import io.cachedconnection.testing.ScannedLog;
import io.cachedconnection.testing.Seeds;
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
                .doesNotContain(Seeds.USER, Seeds.PASSWORD);
    }

    @Test
    void toString_ofASecret_doesNotShowIt() {
        assertThat(ScannedLog.text(new Secret(Seeds.PASSWORD)).toString()).isEqualTo("(not shown)");
    }

    private static RedisSettings at(String host) {
        Duration wait = Duration.ofMillis(100);
        return ScannedLog.text(new RedisSettings(
                new Endpoint.ServerEndpoint(new HostPort(host, 6379)),
                new ConnectionSettings(new Credentials(Seeds.USER, new Secret(Seeds.PASSWORD)), null, 3, null),
                new PoolSettings(wait, wait, 16),
                new CircuitBreakerSettings(5, wait)));
    }
}
