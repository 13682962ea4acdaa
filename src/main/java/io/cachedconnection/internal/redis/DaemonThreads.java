package io.cachedconnection.internal.redis;

import java.util.concurrent.ThreadFactory;

/**
 * Threads that keep no application alive: neither its process, nor its class loader after it is undeployed. They inherit nothing
 * from the caller that happens to need one first.
 */
final class DaemonThreads {

    private DaemonThreads() {}

    static ThreadFactory named(String name) {
        return task -> {
            Thread thread = new Thread(null, task, name, 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(DaemonThreads.class.getClassLoader());
            return thread;
        };
    }
}
