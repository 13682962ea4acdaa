package io.cachedconnection.internal.core;

/** Lookups as the engine would hand them to a layer. */
final class Lookup {

    private Lookup() {}

    /** The lookup {@code read}, done by {@code reader}. */
    static <V> Read<V> by(Reader reader, Read<V> read) {
        read.isBy(reader);
        return read;
    }
}
