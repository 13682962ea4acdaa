package io.cachedconnection.internal.profile;

import java.util.Set;

/**
 * A cache that another system prescribes: its keys, its wire format, its setting of the TTL. Implementations are named in
 * {@code META-INF/services}, have a public constructor without parameters, and never change. A new profile changes the keys
 * of all caches whose parts read like its prefix, so it is part of the wire format.
 */
public interface CacheProfile {

    /** The name of the cache. */
    String cache();

    /** What its keys begin with in place of that name: words of lower-case letters with colons between them. */
    String keyPrefix();

    /** Whether its values are bare JSON unless a setting says otherwise. */
    boolean isBareJson();

    /** The key in the configuration that sets its TTL where its own setting is missing. */
    String originalTtl();

    /** The types whose wire format the profile prescribes, wherever they stand; generic code does not look inside them. */
    Set<Class<?>> types();

    /** What names one of these types, and the version of its wire format, in the text of which fingerprints are made. */
    String word(Class<?> type);
}
