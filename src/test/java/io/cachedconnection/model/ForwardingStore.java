package io.cachedconnection.model;

import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.Outcome;
import io.cachedconnection.internal.engine.store.RemoteStore;
import io.cachedconnection.testing.PartedStore;

/** A store that does what another one does. */
class ForwardingStore implements ForwardedSteps {

    final PartedStore real;

    ForwardingStore(PartedStore real) {
        this.real = real;
    }

    @Override
    public RemoteStore plain() {
        return real;
    }

    @Override
    public void beginAll(KeySpace space, String write, long nanos) {
        real.beginAll(space, write, nanos);
    }

    @Override
    public void endAll(KeySpace space, String write, Outcome outcome, long nanos) {
        real.endAll(space, write, outcome, nanos);
    }

    @Override
    public void announceAll(KeySpace space, String write) {
        real.announceAll(space, write);
    }

    @Override
    public void dropLeases(KeySpace space) {
        real.dropLeases(space);
    }

    @Override
    public void dropValues(KeySpace space) {
        real.dropValues(space);
    }

    @Override
    public void concludeAll(KeySpace space, String write, Outcome outcome) {
        real.concludeAll(space, write, outcome);
    }

    @Override
    public void spoil(String fence, String field) {
        real.spoil(fence, field);
    }

    @Override
    public String fence(String name) {
        return real.fence(name);
    }

    @Override
    public void close() {
        real.close();
    }
}
