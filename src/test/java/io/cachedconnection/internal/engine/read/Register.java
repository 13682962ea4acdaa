package io.cachedconnection.internal.engine.read;

/** What callers are promised: a row that is read and written as if there were no cache and one thread only. */
public final class Register {

    private int version;

    public int read() {
        return version;
    }

    public int write() {
        return ++version;
    }
}
