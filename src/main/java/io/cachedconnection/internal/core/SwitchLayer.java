package io.cachedconnection.internal.core;

/** Passes the cache by while it is switched off. */
final class SwitchLayer implements Layer {

    private final Layer next;
    private final Layer bypass;

    SwitchLayer(Layer next, Layer bypass) {
        this.next = next;
        this.bypass = bypass;
    }

    @Override
    public <V> Answer<V> read(Read<V> read) throws Exception {
        return (read.plan().cache().isEnabled() ? next : bypass).read(read);
    }
}
