package io.cachedconnection.internal.cdi;

import io.cachedconnection.internal.config.ConfigReading;
import io.cachedconnection.internal.config.EntityPolicy;
import io.cachedconnection.internal.json.Entities;
import io.cachedconnection.internal.message.MethodMessage;
import io.cachedconnection.internal.method.CachedMethod;
import java.util.List;

/** The check of lookups for JPA entities, which a cache can hand out only detached. */
final class EntityChecks {

    private EntityChecks() {}

    /** What is wrong with {@code lookup}: it returns entities and its cache refuses them, or cannot copy them whole. */
    static List<String> problems(CachedMethod lookup, ConfigReading config) {
        Entities entities = Entities.in(lookup.valueType());
        if (entities.areNone()) {
            return List.of();
        }
        String type = lookup.valueType().getTypeName();
        String cache = lookup.cache();
        if (config.entities().apply(cache) == EntityPolicy.REFUSED) {
            return List.of(MethodMessage.RETURNS_ENTITY.with(lookup, type, String.join(", ", entities.names()), cache));
        }
        List<String> losses = entities.losses();
        return losses.isEmpty()
                ? List.of()
                : List.of(MethodMessage.ENTITY_NOT_WHOLE.with(lookup, type, cache, String.join(", ", losses)));
    }
}
