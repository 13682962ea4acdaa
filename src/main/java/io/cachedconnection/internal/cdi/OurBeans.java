package io.cachedconnection.internal.cdi;

import java.util.List;
import java.util.stream.Stream;

/** The beans of this library that there are in an application: those whose APIs are on the class path. */
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
        return Stream.concat(always, frames).toList();
    }
}
