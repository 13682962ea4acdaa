package io.cachedconnection.internal.core;

/** Answers from the memory of this node. */
final class NearLayer implements Layer {

    private final Layer next;

    NearLayer(Layer next) {
        this.next = next;
    }

    @Override
    public <V> LookupResult<V> read(Lookup<V> lookup) throws Exception {
        LookupResult<V> result = lookup.plan().near(lookup);
        return result == null ? next.read(lookup) : result;
    }
}
