package io.cachedconnection.history;

import java.io.IOException;

/** A Redis that the test may hang, kill and start again, at the same port: empty, or with what it has saved. */
interface RedisServer extends AutoCloseable {

    /** Not of Docker, but a program that comes along. */
    String EMBEDDED = "embedded";

    /** The embedded one, or that of an image of Docker; says which. */
    static RedisServer started(String which) {
        return which.equals(EMBEDDED) ? embedded() : inDocker(which);
    }

    private static RedisServer embedded() {
        try {
            RedisServer embedded = RedisProcess.server();
            System.out.println("Redis: embedded");
            return embedded;
        } catch (IOException | RuntimeException e) {
            System.out.println("The embedded Redis does not run here: " + e.getMessage());
            return inDocker("redis:7");
        }
    }

    private static RedisServer inDocker(String image) {
        System.out.println("Redis: " + image + " in Docker");
        return new RedisContainer(image);
    }

    int port();

    /** Starts it, with what it has saved, if anything. */
    void start();

    /** What it has saved is gone when it starts the next time. */
    void dropDump();

    /** As {@code kill -9}. */
    void kill();

    /** Connections stay open, nothing answers. */
    void hang();

    /** Lets it go on after it hung. */
    void resume();

    @Override
    void close();
}
