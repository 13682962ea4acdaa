package io.cachedconnection.history;

/** A Redis that the test may hang, kill and start again, empty, at the same port. */
interface RedisServer extends AutoCloseable {

    int port();

    /** Starts it, empty. */
    void start();

    /** As {@code kill -9}. */
    void kill();

    /** Connections stay open, nothing answers. */
    void hang();

    /** Lets it go on after it hung. */
    void resume();

    @Override
    void close();
}
