package io.cachedconnection.internal.cdi;

import io.cachedconnection.internal.config.EntityPolicy;
import io.cachedconnection.internal.config.ParsedConfig;
import io.cachedconnection.internal.json.ReachableEntities;
import io.cachedconnection.internal.message.MethodMessage;
import io.cachedconnection.internal.method.CachedMethod;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Checks lookups that return JPA entities, which a cache can only hand out detached. Thread-safe. */
final class EntityChecks {

    private final ParsedConfig config;
    private final Map<Type, ReachableEntities> known = new ConcurrentHashMap<>(); // many methods return the same type

    EntityChecks(ParsedConfig config) {
        this.config = config;
    }

    /**
     * Returns the problems of {@code lookup}: it returns entities, and its cache refuses them or cannot copy them completely.
     */
    List<String> problems(CachedMethod lookup) {
        ReachableEntities entities = known.computeIfAbsent(lookup.valueType(), ReachableEntities::in);
        if (entities.areNone()) {
            return List.of();
        }
        String type = lookup.valueType().getTypeName();
        String cache = lookup.cache();
        if (config.entities().apply(cache) == EntityPolicy.REFUSED) {
            String names = String.join(", ", entities.names());
            return List.of(MethodMessage.RETURNS_ENTITY.with(lookup, type, names, cache));
        }
        List<String> problems = new ArrayList<>();
        if (lookup.isInOwnTransaction()) {
            problems.add(MethodMessage.ENTITY_IN_OWN_TRANSACTION.with(lookup, type, cache));
        }
        List<String> losses = entities.losses();
        if (!losses.isEmpty()) {
            problems.add(MethodMessage.ENTITY_NOT_WHOLE.with(lookup, type, cache, String.join(", ", losses)));
        }
        return problems;
    }
}
