package io.cachedconnection.benchmarks;

/** Threads that keep no run from ending, whatever became of it. */
final class BackgroundThreads {

    private BackgroundThreads() {}

    static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "background");
        thread.setDaemon(true);
        return thread;
    }
}
