package io.cachedconnection.internal.core;

/** The layers in their order, which nobody else knows. */
final class LayerStack {

    private LayerStack() {}

    static Layer of(Entries entries) {
        Layer load = new LoadLayer();
        Layer fill = new FillLayer(entries, load);
        Layer stored = new StoredLayer(entries, fill);
        return new SwitchLayer(stored, load);
    }
}
