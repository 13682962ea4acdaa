package io.cachedconnection.internal.profile;

import java.util.Set;

/**
 * Describes a cache that another system prescribes: its keys, its wire format, its TTL setting. Implementations are listed in
 * {@code META-INF/services}, have a public no-argument constructor, and never change. A new profile changes the keys of all
 * caches whose parts look like its prefix, so it is part of the wire format.
 */
public interface CacheProfile {

    /** Returns the name of the cache. */
    String cache();

    /** Returns the beginning of its keys in place of that name: words of lower-case letters, separated by colons. */
    String keyPrefix();

    /** Whether its values are bare JSON by default. */
    boolean isBareJson();

    /** Returns the configuration key of its TTL, used if its own setting is missing. */
    String originalTtl();

    /** Returns the types whose wire format the profile prescribes everywhere; generic code does not look inside them. */
    Set<Class<?>> types();

    /** Returns the name of one of these types and the version of its wire format, as used in fingerprints. */
    String word(Class<?> type);
}
