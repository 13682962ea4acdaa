package io.cachedconnection.internal.engine.read;

/** A store for one row, as small as the protocol allows: a value, a lease, and the writes in flight. Each step is atomic. */
final class RowStore {

    static final int NOTHING = -1;

    private int value = NOTHING;
    private int lease;
    private int lastToken;
    private int writers;

    synchronized int find() {
        return value;
    }

    /** A token that may fill; zero if a write is in flight or another one has the lease. */
    synchronized int acquire() {
        if (writers > 0 || lease != 0) {
            return 0;
        }
        lease = ++lastToken;
        return lease;
    }

    synchronized boolean fill(int token, int loaded) {
        if (token == 0 || lease != token) {
            return false;
        }
        lease = 0;
        value = loaded;
        return true;
    }

    synchronized void begin() {
        writers++;
        evict();
    }

    synchronized void end() {
        writers--;
        evict();
    }

    private void evict() {
        value = NOTHING;
        lease = 0;
    }
}
