package io.cachedconnection.testing;

import io.cachedconnection.internal.engine.store.EngineEvents;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.UnreadableValueException;

/** Events that fail or take their time, as a log handler may. They have no answer, so there is no garbage. */
public final class ChaosEvents implements EngineEvents {

    private final EngineEvents real;
    private final Chaos chaos;

    public ChaosEvents(EngineEvents real, Chaos chaos) {
        this.real = real;
        this.chaos = chaos;
    }

    private void tell(Runnable event) {
        chaos.around(
                () -> {
                    event.run();
                    return true;
                },
                told -> told);
    }

    @Override
    public void storeLost(String reason) {
        tell(() -> real.storeLost(reason));
    }

    @Override
    public void storeBack() {
        tell(real::storeBack);
    }

    @Override
    public void writesCrowded() {
        tell(real::writesCrowded);
    }

    @Override
    public void evictionsLost(int number) {
        tell(() -> real.evictionsLost(number));
    }

    @Override
    public void changesUnheard(String reason) {
        tell(() -> real.changesUnheard(reason));
    }

    @Override
    public void changesHeard() {
        tell(real::changesHeard);
    }

    @Override
    public void lied(EntryKey key) {
        tell(() -> real.lied(key));
    }

    @Override
    public void loadWaits(EntryKey key) {
        tell(() -> real.loadWaits(key));
    }

    @Override
    public void undecodable(EntryKey key, UnreadableValueException cause) {
        tell(() -> real.undecodable(key, cause));
    }

    @Override
    public void unencodable(EntryKey key, UnreadableValueException cause) {
        tell(() -> real.unencodable(key, cause));
    }

    @Override
    public void tooLarge(EntryKey key, int bytes, int limit) {
        tell(() -> real.tooLarge(key, bytes, limit));
    }
}
