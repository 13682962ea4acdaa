package io.cachedconnection.internal.cdi;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The beans of this library for an application: those whose APIs are on the class path. */
final class OurBeans {

    private OurBeans() {}

    static List<Class<?>> classes() {
        Stream<Class<?>> always = Stream.of(
                CachedConnectionInterceptor.class,
                CachedConnectionInterceptor.InnermostLookupInterceptor.class,
                WriteInterceptor.EvictConnectionInterceptor.class,
                WriteInterceptor.EvictConnectionsInterceptor.class,
                WriteInterceptor.PutConnectionInterceptor.class,
                InnermostWriteInterceptor.InnermostEvictionInterceptor.class,
                InnermostWriteInterceptor.InnermostEvictionsInterceptor.class,
                InnermostWriteInterceptor.InnermostPutInterceptor.class,
                CacheRuntime.class);
        boolean transactional = OptionalApi.has("jakarta.transaction.Transactional");
        Stream<Class<?>> frames = transactional ? TransactionFrames.classes().stream() : Stream.of();
        Stream<Class<?>> optional = Stream.of(
                        OptionalApi.has("io.opentelemetry.api.OpenTelemetry")
                                ? MetricsBeans.OfOpenTelemetry.class
                                : null,
                        OptionalApi.has("io.micrometer.core.instrument.MeterRegistry")
                                ? MetricsBeans.OfMicrometer.class
                                : null,
                        readinessCheck())
                .filter(Objects::nonNull);
        return Stream.of(always, frames, optional).flatMap(each -> each).toList();
    }

    /** The bean for MicroProfile Health; null where that is missing. */
    static @Nullable Class<?> readinessCheck() {
        return OptionalApi.has("org.eclipse.microprofile.health.HealthCheck") ? ReadinessCheck.class : null;
    }
}
