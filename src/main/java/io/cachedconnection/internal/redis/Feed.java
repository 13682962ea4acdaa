package io.cachedconnection.internal.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cachedconnection.internal.core.StoreException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What one master tells of its changes: a thread that listens, on one connection after the other. Its start, its questions
 * and its patience are the clock's.
 */
final class Feed implements Runnable {

    private static final ThreadFactory THREADS = DaemonThreads.named("cached-connection-feed");
    private static final Duration LONGEST_INTERVAL = Duration.ofSeconds(1);
    private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(2);

    private final Master master;
    private final Pushes pushes;
    private final Feeds feeds;
    private final Duration longestDial;
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile @Nullable FeedWire wire; // that of now, if there is one; set by the thread
    private volatile @Nullable Thread thread; // set by the clock

    Feed(Master master, Pushes pushes, Feeds feeds, Duration longestDial) {
        this.master = master;
        this.pushes = pushes;
        this.feeds = feeds;
        this.longestDial = longestDial;
    }

    /** A round of the clock. */
    void round() {
        if (thread == null && end.getCount() > 0) {
            Thread made = THREADS.newThread(this);
            made.start(); // if there is none to be had, in the next round
            thread = made;
        }
        @Nullable FeedWire current = wire;
        if (current != null) {
            Duration silence = pushes.hearing().patience();
            Duration longest = silence.compareTo(longestDial) > 0 ? silence : longestDial;
            current.round(Feeds.rounds(interval(silence)), Feeds.rounds(longest));
        }
    }

    private static Duration interval(Duration silence) {
        Duration quarter = silence.dividedBy(4);
        return quarter.compareTo(LONGEST_INTERVAL) > 0 ? LONGEST_INTERVAL : quarter;
    }

    @Override
    public void run() {
        long pause = 0;
        while (!isOverAfter(pause)) {
            boolean began = listened();
            pause = began || pause == 0 ? FIRST_PAUSE : Math.min(2 * pause, LONGEST_PAUSE);
        }
    }

    private boolean isOverAfter(long nanos) {
        try {
            return end.await(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) { // only the end does
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Listens until the connection ends; false if it did not even begin. */
    private boolean listened() {
        boolean began = false;
        try {
            FeedWire current = master.dial().with((line, socket) -> FeedWire.of(line, socket, pushes, key()));
            current.takeItsTime();
            wire = current;
            if (end.getCount() == 0) {
                current.cut();
            }
            while (true) {
                feeds.proven(this, current.answered());
                began = true;
            }
        } catch (RuntimeException | Error e) { // what is there need not be Redis; whatever it was, this one is over
            cut();
            wire = null;
            feeds.ended(this);
            if (!began && end.getCount() > 0) {
                pushes.hearing().failed(reason(e));
            }
            return began;
        }
    }

    private String reason(Throwable failure) {
        StoreException known = Failures.ofDialing(failure);
        return master.name().isEmpty() ? "" + known.getMessage() : master.name() + ", " + known.getMessage();
    }

    /** One that never exists, for no key has braces. */
    private byte[] key() {
        String prefix = pushes.prefixes().iterator().next();
        return (prefix + "{" + master.tag().get() + "}").getBytes(UTF_8);
    }

    /** Ends the connection that is now; there will be another one. */
    void cut() {
        @Nullable FeedWire current = wire;
        if (current != null) {
            current.cut();
        }
    }

    void close() {
        end.countDown();
        cut();
        @Nullable Thread listening = thread;
        if (listening != null) {
            listening.interrupt();
        }
    }
}
