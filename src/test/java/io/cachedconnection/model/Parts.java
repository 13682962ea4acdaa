package io.cachedconnection.model;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Something that runs on a thread of its own, part by part, each when it is told to. */
final class Parts {

    private final BlockingQueue<String> news = new LinkedBlockingQueue<>();
    private final Semaphore permits = new Semaphore(0);
    private boolean running;
    private String at = "";
    private volatile boolean dead;

    boolean isRunning() {
        return running;
    }

    /** The part that is next. */
    String at() {
        return at;
    }

    /** It crashes where it is: nothing of it is done any more. */
    void crash() {
        dead = true;
        while (running) {
            next();
        }
    }

    /** Lets {@code whole} run until its first part. */
    void start(Runnable whole) {
        running = true;
        Thread thread = new Thread(() -> run(whole), "parts");
        thread.setDaemon(true);
        thread.start();
        await();
    }

    private void run(Runnable whole) {
        try {
            whole.run();
            news.add("over");
        } catch (Crash e) {
            news.add("over");
        } catch (RuntimeException | Error e) {
            news.add("failed: " + e);
        }
    }

    /** Lets it run until its next part. */
    void next() {
        permits.release();
        await();
    }

    /** To be called before each part, by whoever does it. */
    void part(String name) {
        news.add(name);
        permits.acquireUninterruptibly();
        if (dead) {
            throw new Crash();
        }
    }

    /** What ends a thread that has crashed. */
    private static final class Crash extends Error {

        private static final long serialVersionUID = 1;
    }

    private void await() {
        try {
            String last = news.poll(20, TimeUnit.SECONDS);
            if (last == null || last.startsWith("failed")) {
                throw new IllegalStateException("It does not come to its next part: " + last);
            }
            running = !last.equals("over");
            at = last;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
