package io.cachedconnection.internal.json;

import io.cachedconnection.internal.profile.CacheProfile;
import io.cachedconnection.internal.profile.CacheProfiles;
import jakarta.json.bind.serializer.JsonbDeserializer;
import jakarta.json.bind.serializer.JsonbSerializer;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A profile whose types are JSON, with the codec of that. */
public interface FormatProfile extends CacheProfile {

    /** How values of one of its types are written and read. */
    DirectType format(Class<?> type);

    /** Write its types inside values that go through JSON-B. */
    List<JsonbSerializer<?>> serializers();

    /** Read them there. */
    List<JsonbDeserializer<?>> deserializers();

    /** Those that this library brings. */
    static Stream<FormatProfile> all() {
        return CacheProfiles.all().stream()
                .filter(FormatProfile.class::isInstance)
                .map(FormatProfile.class::cast);
    }

    /** How values of {@code type} are written and read; null if no profile says. */
    static @Nullable DirectType formatOrNull(Class<?> type) {
        return CacheProfiles.prescribe(type)
                ? all().filter(profile -> profile.types().contains(type))
                        .map(profile -> profile.format(type))
                        .findFirst()
                        .orElse(null)
                : null;
    }
}
