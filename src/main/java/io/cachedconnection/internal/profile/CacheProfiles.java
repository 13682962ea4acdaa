package io.cachedconnection.internal.profile;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The profiles of this library. Thread-safe. */
public final class CacheProfiles {

    private static final List<CacheProfile> ALL =
            ServiceLoader.load(CacheProfile.class, CacheProfiles.class.getClassLoader()).stream()
                    .map(ServiceLoader.Provider::get)
                    .toList();
    private static final Map<String, CacheProfile> BY_CACHE =
            ALL.stream().collect(Collectors.toUnmodifiableMap(CacheProfile::cache, profile -> profile));
    private static final Map<Class<?>, String> WORDS = words();

    private CacheProfiles() {}

    private static Map<Class<?>, String> words() {
        if (ALL.isEmpty()) { // with other keys and fingerprints this node would miss the evictions of all others
            throw new IllegalStateException("The jar of this library lacks META-INF/services.");
        }
        Map<Class<?>, String> words = new HashMap<>();
        for (CacheProfile profile : ALL) {
            profile.types().forEach(type -> words.put(type, profile.word(type)));
        }
        return Map.copyOf(words);
    }

    /** Returns all profiles. */
    public static List<CacheProfile> all() {
        return ALL;
    }

    /** Returns the profile of a cache; null if it has none. */
    public static @Nullable CacheProfile ofCache(String cache) {
        return BY_CACHE.get(cache);
    }

    /** Returns the name of a type with a prescribed wire format; null if it has none. */
    public static @Nullable String word(Class<?> type) {
        return WORDS.get(type);
    }

    /** Whether a profile prescribes the wire format of {@code type}. */
    public static boolean prescribe(Class<?> type) {
        return WORDS.containsKey(type);
    }
}
