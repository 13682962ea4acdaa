package io.cachedconnection.benchmarks;

/** Daemon threads: they keep no run from ending. */
final class BackgroundThreads {

    private BackgroundThreads() {}

    static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "background");
        thread.setDaemon(true);
        return thread;
    }
}
