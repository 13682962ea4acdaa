package io.cachedconnection.testing;

import io.cachedconnection.internal.engine.store.InvalidationListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** How a store in memory tells of its changes: at once, unless a test holds them back or cuts the line. */
public final class MemoryFeed {

    /** Who hears of what. */
    private record Heard(Set<String> prefixes, InvalidationListener hearing) {

        void changed(String key) {
            if (prefixes.stream().anyMatch(key::startsWith)) {
                hearing.changed(key);
            }
        }
    }

    private final List<Heard> all = new ArrayList<>();
    private final List<Runnable> held = new ArrayList<>();
    private final LongSupplier nanoTime;
    private boolean isHeld;
    private boolean isCut;

    public MemoryFeed(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    public synchronized void hear(Set<String> prefixes, InvalidationListener hearing) {
        Heard heard = new Heard(Set.copyOf(prefixes), hearing);
        all.removeIf(earlier -> earlier.hearing() == hearing);
        all.add(heard);
        if (!isCut) {
            began(heard);
        }
    }

    private void began(Heard heard) {
        heard.hearing().began(heard.prefixes(), nanoTime.getAsLong());
    }

    public synchronized void changed(String key) {
        tell(heard -> heard.changed(key));
    }

    private void tell(Consumer<Heard> message) {
        if (isCut) {
            return;
        }
        Runnable telling = () -> all.forEach(message);
        if (isHeld) {
            held.add(telling);
        } else {
            telling.run();
        }
    }

    /** From now on what is to be told is on its way. */
    public synchronized void hold() {
        isHeld = true;
    }

    /** All that was on its way arrives. */
    public synchronized void letGo() {
        isHeld = false;
        held.forEach(Runnable::run);
        held.clear();
    }

    /** Proves that all of before now has been heard; that, too, may be on its way. */
    public synchronized void prove() {
        long now = nanoTime.getAsLong();
        tell(heard -> heard.hearing().proven(now));
    }

    /** Tells that anything may have changed. */
    public synchronized void flush() {
        tell(heard -> heard.hearing().allChanged());
    }

    /** From now on nothing is told, and what was on its way never arrives; everybody knows. */
    public synchronized void cut() {
        isCut = true;
        held.clear();
        all.forEach(heard -> heard.hearing().lost());
    }

    /** An attempt to tell again fails. */
    public synchronized void fail() {
        all.forEach(heard -> heard.hearing().failed("on demand"));
    }

    /** From now on changes are told again. */
    public synchronized void mend() {
        isCut = false;
        all.forEach(this::began);
    }
}
