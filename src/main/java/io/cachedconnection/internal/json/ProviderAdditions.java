package io.cachedconnection.internal.json;

import java.lang.reflect.Member;
import java.util.Arrays;
import java.util.List;

/** What Hibernate, EclipseLink and OpenJPA put into entities: collections and members of their own. */
final class ProviderAdditions {

    /** What their collections implement, without the beginning of the names, which are not to name a server's class. */
    private static final List<String> CONTAINERS = List.of(
            "hibernate.collection.spi.PersistentCollection",
            "eclipse.persistence.indirection.IndirectContainer",
            "openjpa.util.ProxyCollection",
            "openjpa.util.ProxyMap");

    private static final List<String> MEMBERS =
            List.of("_persistence_", "pcStateManager", "pcDetachedState", "pcVersionInit");

    private ProviderAdditions() {}

    /** Whether collections or maps of {@code type} are a provider's. */
    static boolean isContainer(Class<?> type) {
        return !ResolvedType.isOfPlatform(type)
                && (CONTAINERS.stream().anyMatch(type.getName()::endsWith)
                        || Arrays.stream(type.getInterfaces()).anyMatch(ProviderAdditions::isContainer)
                        || (type.getSuperclass() != null && isContainer(type.getSuperclass())));
    }

    /** Whether a provider has added {@code member} to the application's class. */
    static boolean isMember(Member member) {
        String name = member.getName();
        return name.contains("$$_hibernate_") || MEMBERS.stream().anyMatch(name::startsWith);
    }
}
