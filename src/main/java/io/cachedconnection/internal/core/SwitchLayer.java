package io.cachedconnection.internal.core;

/** Passes the cache by while it is switched off, and where it is of no use. */
final class SwitchLayer implements Layer {

    private final Layer next;
    private final Layer bypass;

    SwitchLayer(Layer next, Layer bypass) {
        this.next = next;
        this.bypass = bypass;
    }

    @Override
    public <V> LookupResult<V> read(Lookup<V> lookup) throws Exception {
        return (lookup.plan().isOn() ? next : bypass).read(lookup);
    }
}
