package io.cachedconnection.internal.json;

import io.cachedconnection.internal.types.ClassDescription;
import java.util.Arrays;
import java.util.List;

/** What Hibernate, EclipseLink and OpenJPA put into entities: collections of their own. */
final class ProviderAdditions {

    /** What their collections implement, without the beginning of the names, which are not to name a server's class. */
    private static final List<String> CONTAINERS = List.of(
            "hibernate.collection.spi.PersistentCollection",
            "eclipse.persistence.indirection.IndirectContainer",
            "openjpa.util.ProxyCollection",
            "openjpa.util.ProxyMap");

    private ProviderAdditions() {}

    /** Whether collections or maps of {@code type} are a provider's. */
    static boolean isContainer(Class<?> type) {
        return !ClassDescription.isOfPlatform(type)
                && (CONTAINERS.stream().anyMatch(type.getName()::endsWith)
                        || Arrays.stream(type.getInterfaces()).anyMatch(ProviderAdditions::isContainer)
                        || (type.getSuperclass() != null && isContainer(type.getSuperclass())));
    }
}
