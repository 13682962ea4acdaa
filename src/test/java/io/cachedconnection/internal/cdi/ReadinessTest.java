package io.cachedconnection.internal.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.internal.common.Tokens;
import io.cachedconnection.testing.RedisProcess;
import io.cachedconnection.testing.TestRedis;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.PassivationCapable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.spi.HealthCheckResponseProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The readiness check, as a server asks for it. */
class ReadinessTest {

    /** What a server has for it. */
    private static final class Builder extends HealthCheckResponseBuilder {

        private final Map<String, Object> data = new TreeMap<>();
        private String name;
        private boolean isUp;

        @Override
        public HealthCheckResponseBuilder name(String name) {
            this.name = name;
            return this;
        }

        @Override
        public HealthCheckResponseBuilder withData(String key, String value) {
            data.put(key, value);
            return this;
        }

        @Override
        public HealthCheckResponseBuilder withData(String key, long value) {
            data.put(key, value);
            return this;
        }

        @Override
        public HealthCheckResponseBuilder withData(String key, boolean value) {
            data.put(key, value);
            return this;
        }

        @Override
        public HealthCheckResponseBuilder up() {
            return status(true);
        }

        @Override
        public HealthCheckResponseBuilder down() {
            return status(false);
        }

        @Override
        public HealthCheckResponseBuilder status(boolean up) {
            isUp = up;
            return this;
        }

        @Override
        public HealthCheckResponse build() {
            return new HealthCheckResponse(name, isUp ? Status.UP : Status.DOWN, Optional.of(data));
        }
    }

    @BeforeEach
    void provide() {
        HealthCheckResponse.setResponseProvider(new HealthCheckResponseProvider() {
            @Override
            public HealthCheckResponseBuilder createResponseBuilder() {
                return new Builder();
            }
        });
    }

    private static HealthCheckResponse asked(RunningContainer container) {
        return container.bean(HealthCheck.class, Readiness.Literal.INSTANCE).call();
    }

    /** WildFly sees only checks in archives whose beans are discovered, which this library's archive is not. */
    @Test
    void check_withAndWithoutCachedMethods_isABeanOfTheApplication() {
        for (Class<?> bean : List.of(Gauged.class, Tokens.class)) {
            try (RunningContainer container = new RunningContainer(bean)) {
                assertThat(container.bean(BeanManager.class).getBeans(HealthCheck.class, Readiness.Literal.INSTANCE))
                        .singleElement()
                        .isInstanceOf(PassivationCapable.class)
                        .extracting(Bean::getBeanClass)
                        .matches(archive -> bean == Gauged.class ? archive == bean : archive != ReadinessCheck.class);
            }
        }
    }

    @Test
    void call_redisAnswers_isUpWithData() {
        try (RunningContainer container = new RunningContainer(Gauged.class)) {
            container.bean(Gauged.class).find(1, 1);

            HealthCheckResponse response = asked(container);

            assertThat(response.getName()).isEqualTo("cached-connection");
            assertThat(response.getStatus()).isEqualTo(Status.UP);
            assertThat(response.getData().orElseThrow())
                    .containsExactlyInAnyOrderEntriesOf(Map.of(
                            "application",
                            container.prefix,
                            "redis",
                            "answers",
                            "address",
                            TestRedis.uri().getHost() + ":" + TestRedis.uri().getPort(),
                            "pendingEvictions",
                            0L,
                            "near",
                            "off",
                            "caches",
                            1L));
        }
    }

    @Test
    void call_redisFails_isUpUnlessItIsRequired() {
        assertThat(whileRedisFails("false").getStatus()).isEqualTo(Status.UP);

        HealthCheckResponse response = whileRedisFails("true");

        assertThat(response.getStatus()).isEqualTo(Status.DOWN);
        Map<String, Object> data = response.getData().orElseThrow();
        assertThat(data.get("redis")).isEqualTo("left alone");
        assertThat(data.get("near")).isEqualTo("unheard");
        assertThat(data.get("pendingEvictions")).isEqualTo(1L);
        assertThat(Instant.parse((String) data.get("since")))
                .isBetween(Instant.now().minus(Duration.ofMinutes(1)), Instant.now());
    }

    private static HealthCheckResponse whileRedisFails(String required) {
        try (RedisProcess redis = RedisProcess.started();
                RunningContainer container = new RunningContainer(
                        "t" + System.nanoTime(),
                        Map.of(
                                "redis.uri", redis.uri(),
                                "redis.timeout", "PT0.3S",
                                "evict.timeout", "PT0.3S",
                                "near.enabled", "true",
                                "breaker.open-for", "PT1H",
                                "health.required", required),
                        Gauged.class)) {
            Gauged gauged = container.bean(Gauged.class);
            gauged.find(1, 1);
            redis.kill();
            for (int i = 0; i < 10; i++) {
                gauged.find(i, 1);
            }
            gauged.evict(1, 1);
            return asked(container);
        }
    }

    @Test
    void call_redisWasNeverThere_saysSo() {
        try (RunningContainer container = new RunningContainer(
                "t" + System.nanoTime(),
                Map.of("redis.uri", "redis://127.0.0.1:1", "health.required", "true"),
                Gauged.class)) {
            for (int i = 0; i < 10; i++) {
                container.bean(Gauged.class).find(i, 1);
            }

            assertThat(asked(container).getData().orElseThrow().get("redis")).isEqualTo("never seen");
            assertThat(asked(container).getStatus()).isEqualTo(Status.DOWN);
        }
    }
}
