package io.cachedconnection.internal.cdi;

import io.cachedconnection.internal.operations.Operations;
import io.cachedconnection.internal.operations.Operations.RedisState;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.InjectionPoint;
import jakarta.enterprise.inject.spi.PassivationCapable;
import jakarta.inject.Inject;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.jspecify.annotations.Nullable;

/**
 * Reports the last known state of Redis and the near caches to the server, without a call to Redis. It is UP even if Redis does
 * not answer, because lookups go on without it, unless the application sets {@code health.required}. A bean only with
 * MicroProfile Health.
 */
@Readiness
@ApplicationScoped
class ReadinessCheck implements HealthCheck {

    @Inject
    CacheRuntime runtime;

    @Override
    public HealthCheckResponse call() {
        return response(runtime);
    }

    private static HealthCheckResponse response(CacheRuntime runtime) {
        Operations operations = runtime.operations();
        RedisState redis = operations.redis();
        @Nullable Instant since = operations.lostSince();
        // The background thread probes a server with an open breaker. Other failures show only to callers, and a node
        // that is
        // DOWN has none.
        boolean isUp = !runtime.isHealthRequired() || !operations.isLeftAlone();
        String near = operations.isHeard() ? "heard" : "unheard";
        HealthCheckResponseBuilder response = HealthCheckResponse.named("cached-connection")
                .status(isUp)
                .withData("application", runtime.nameOfApplication())
                .withData("redis", redis.words())
                .withData("address", operations.address())
                .withData("pendingEvictions", operations.pendingEvictions())
                .withData("near", operations.isNear() ? near : "off")
                .withData("caches", operations.caches().size());
        if (since != null) {
            response.withData("since", since.truncatedTo(ChronoUnit.SECONDS).toString());
        }
        return response.build();
    }

    /**
     * The check as a bean of an archive of the application. WildFly's subsystem for health sees only the beans of archives
     * in which beans are discovered, and this library's is none; it finds a bean's archive by the bean's class.
     */
    static Bean<HealthCheck> inArchiveOf(Class<?> beanClass, BeanManager container) {
        return new InArchive(beanClass, container);
    }

    private record InArchive(Class<?> beanClass, BeanManager container)
            implements Bean<HealthCheck>, PassivationCapable {

        /** Applications of one EAR may have classes of one name. */
        @Override
        public String getId() {
            return ReadinessCheck.class.getName() + " " + beanClass.getName() + "@"
                    + System.identityHashCode(beanClass);
        }

        @Override
        public Class<?> getBeanClass() {
            return beanClass;
        }

        @Override
        public HealthCheck create(CreationalContext<HealthCheck> context) {
            Bean<?> runtime = container.resolve(container.getBeans(CacheRuntime.class));
            CacheRuntime found = (CacheRuntime) container.getReference(runtime, CacheRuntime.class, context);
            return () -> response(found);
        }

        @Override
        public void destroy(HealthCheck check, CreationalContext<HealthCheck> context) {
            context.release();
        }

        @Override
        public Set<Type> getTypes() {
            return Set.of(HealthCheck.class, Object.class);
        }

        @Override
        public Set<Annotation> getQualifiers() {
            return Set.of(Readiness.Literal.INSTANCE, Any.Literal.INSTANCE);
        }

        @Override
        public Class<? extends Annotation> getScope() {
            return ApplicationScoped.class;
        }

        @Override
        public @Nullable String getName() {
            return null;
        }

        @Override
        public Set<Class<? extends Annotation>> getStereotypes() {
            return Set.of();
        }

        @Override
        public boolean isAlternative() {
            return false;
        }

        @Override
        public Set<InjectionPoint> getInjectionPoints() {
            return Set.of();
        }
    }
}
