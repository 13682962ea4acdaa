package io.cachedconnection.internal.engine.near;

/** What a near cache looks like that never lies: every read sees what it must. */
public final class Truth {

    public boolean read() {
        return true;
    }

    public void write() {
        // seen
    }

    public void flush() {
        // seen
    }

    public void evictAll() {
        // seen
    }

    public void gap() {
        // seen
    }

    public void open() {
        // changes nothing
    }

    public void sweep() {
        // changes nothing
    }
}
