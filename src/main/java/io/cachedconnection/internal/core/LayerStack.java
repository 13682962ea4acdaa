package io.cachedconnection.internal.core;

/** The layers in their order, which nobody else knows. */
final class LayerStack {

    private LayerStack() {}

    static Layer of(FailOpenStore store, Entries entries, Ports ports, PendingWrites own, Protocol protocol) {
        Layer load = new LoadLayer(own);
        Layer lease = new LeaseLayer(store, entries, new LeasePoller(protocol, ports), load);
        Layer sharing = new SingleFlightLayer(protocol, ports.nanoTime(), new GuardedEvents(ports.events()), lease);
        Layer stored = new StoredLayer(entries, sharing, load);
        Layer near = new NearLayer(stored);
        Layer transaction = new TransactionLayer(ports.transactions(), own, protocol, near, load);
        Layer switched = new SwitchLayer(transaction, load);
        return new EntityLayer(entries, ports.transactions(), switched, load);
    }
}
