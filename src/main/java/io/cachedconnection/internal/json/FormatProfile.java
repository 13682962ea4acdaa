package io.cachedconnection.internal.json;

import io.cachedconnection.internal.profile.CacheProfile;
import io.cachedconnection.internal.profile.CacheProfiles;
import jakarta.json.bind.serializer.JsonbDeserializer;
import jakarta.json.bind.serializer.JsonbSerializer;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A profile that defines the JSON of its types and their codec. */
public interface FormatProfile extends CacheProfile {

    /** Returns the format of one of its types. */
    DirectType format(Class<?> type);

    /** Returns the serializers of its types inside values that use JSON-B. */
    List<JsonbSerializer<?>> serializers();

    /** Returns the deserializers of its types inside values that use JSON-B. */
    List<JsonbDeserializer<?>> deserializers();

    /** Returns the profiles of this library. */
    static Stream<FormatProfile> all() {
        return CacheProfiles.all().stream()
                .filter(FormatProfile.class::isInstance)
                .map(FormatProfile.class::cast);
    }

    /** Returns the format of {@code type}; null if no profile defines it. */
    static @Nullable DirectType formatOrNull(Class<?> type) {
        return CacheProfiles.prescribe(type)
                ? all().filter(profile -> profile.types().contains(type))
                        .map(profile -> profile.format(type))
                        .findFirst()
                        .orElse(null)
                : null;
    }
}
