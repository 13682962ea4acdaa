package io.cachedconnection.internal.core;

/** Lookups as the engine would hand them to a layer. */
final class ScriptedLookup {

    private ScriptedLookup() {}

    /** The lookup {@code lookup}, done by {@code context}. */
    static <V> Lookup<V> by(LookupContext context, Lookup<V> lookup) {
        lookup.isBy(context);
        return lookup;
    }
}
