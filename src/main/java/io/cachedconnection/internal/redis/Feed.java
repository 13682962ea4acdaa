package io.cachedconnection.internal.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cachedconnection.internal.core.StoreException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What one master tells of its changes: a thread that listens, on one connection after the other. Its start, its questions
 * and its patience are the clock's.
 */
final class Feed implements Runnable {

    private static final Duration LONGEST_INTERVAL = Duration.ofSeconds(1);

    private final Master master;
    private final Pushes pushes;
    private final Feeds feeds;
    private final Duration longestDial;
    private final Backoff backoff = new Backoff(); // the thread's
    private final AtomicInteger cuts = new AtomicInteger();
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
        if (!isListening() && end.getCount() > 0) {
            Thread made = Background.daemons("cached-connection-feed").newThread(this);
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

    private boolean isListening() {
        @Nullable Thread listening = thread;
        return listening != null && listening.isAlive(); // it may have died for want of memory
    }

    private static Duration interval(Duration silence) {
        Duration quarter = silence.dividedBy(4);
        return quarter.compareTo(LONGEST_INTERVAL) > 0 ? LONGEST_INTERVAL : quarter;
    }

    @Override
    public void run() {
        while (!isOverAfter(backoff.next())) {
            listen();
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

    /** Listens until the connection ends. */
    private void listen() {
        boolean began = false;
        long since = System.nanoTime();
        try {
            FeedWire current = connected();
            while (true) {
                feeds.proven(this, current.answered());
                since = began ? since : System.nanoTime();
                began = true;
            }
        } catch (RuntimeException | Error e) { // what is there need not be Redis; whatever it was, this one is over
            if (!began && end.getCount() > 0) {
                pushes.hearing().failed(reason(e));
            }
        } finally { // also if there is no memory to say so
            feeds.ended(this);
            backoff.after(began ? System.nanoTime() - since : 0);
            part();
        }
    }

    private FeedWire connected() {
        int before = cuts.get();
        FeedWire current = master.dial().with((line, socket) -> FeedWire.of(line, socket, pushes, key()));
        current.takeItsTime();
        wire = current;
        if (cuts.get() != before || end.getCount() == 0) { // whoever cut while it was made did not find it
            current.cut();
        }
        return current;
    }

    private void part() {
        @Nullable FeedWire gone = wire;
        wire = null;
        if (gone != null) {
            gone.cut();
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

    /** Ends the connection that is now, or is being made; there will be another one. */
    void cut() {
        if (Thread.currentThread() != thread) { // that has noticed while dialing, and dials to the right one now
            cuts.incrementAndGet();
        }
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

    /** The pauses between attempts, in nanoseconds: longer each time, unless the last attempt has worked for a while. */
    static final class Backoff {

        private static final long FIRST = TimeUnit.MILLISECONDS.toNanos(50);
        private static final long LONGEST = TimeUnit.SECONDS.toNanos(2);
        private static final long A_WHILE = TimeUnit.SECONDS.toNanos(10); // one that is cut off at once has less

        private long next; // none before the first attempt

        /** The pause that is due now. */
        long next() {
            return next;
        }

        /** An attempt is over that has worked for {@code nanos}. */
        void after(long nanos) {
            next = nanos >= A_WHILE ? FIRST : Math.min(Math.max(2 * next, FIRST), LONGEST);
        }
    }
}
