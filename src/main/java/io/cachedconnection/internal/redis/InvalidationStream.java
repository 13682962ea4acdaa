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
final class InvalidationStream implements Runnable {

    private static final Duration LONGEST_INTERVAL = Duration.ofSeconds(1);

    private final Master master;
    private final InvalidationHandler invalidationHandler;
    private final InvalidationStreams invalidationStreams;
    private final Duration longestDial;
    private final Backoff backoff = new Backoff(); // the thread's
    private final AtomicInteger cuts = new AtomicInteger();
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile @Nullable TrackingConnection wire; // that of now, if there is one; set by the thread
    private volatile @Nullable Thread thread; // set by the clock

    InvalidationStream(
            Master master,
            InvalidationHandler invalidationHandler,
            InvalidationStreams invalidationStreams,
            Duration longestDial) {
        this.master = master;
        this.invalidationHandler = invalidationHandler;
        this.invalidationStreams = invalidationStreams;
        this.longestDial = longestDial;
    }

    /** A round of the clock. */
    void round() {
        if (!isListening() && end.getCount() > 0) {
            Thread made = StoreExecutors.daemons("cached-connection-feed").newThread(this);
            made.start(); // if there is none to be had, in the next round
            thread = made;
        }
        @Nullable TrackingConnection current = wire;
        if (current != null) {
            Duration silence = invalidationHandler.hearing().patience();
            Duration longest = silence.compareTo(longestDial) > 0 ? silence : longestDial;
            current.round(InvalidationStreams.rounds(interval(silence)), InvalidationStreams.rounds(longest));
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
            TrackingConnection current = connected();
            while (true) {
                invalidationStreams.proven(this, current.answered());
                since = began ? since : System.nanoTime();
                began = true;
            }
        } catch (RuntimeException | Error e) { // what is there need not be Redis; whatever it was, this one is over
            if (!began && end.getCount() > 0) {
                invalidationHandler.hearing().failed(reason(e));
            }
        } finally { // also if there is no memory to say so
            invalidationStreams.ended(this);
            backoff.after(began ? System.nanoTime() - since : 0);
            part();
        }
    }

    private TrackingConnection connected() {
        int before = cuts.get();
        TrackingConnection current =
                master.dial().with((line, socket) -> TrackingConnection.of(line, socket, invalidationHandler, key()));
        current.takeItsTime();
        wire = current;
        if (cuts.get() != before || end.getCount() == 0) { // whoever cut while it was made did not find it
            current.cut();
        }
        return current;
    }

    private void part() {
        @Nullable TrackingConnection gone = wire;
        wire = null;
        if (gone != null) {
            gone.cut();
        }
    }

    private String reason(Throwable failure) {
        StoreException known = RedisErrors.ofDialing(failure);
        return master.name().isEmpty() ? "" + known.getMessage() : master.name() + ", " + known.getMessage();
    }

    /** One that never exists, for no key has braces. */
    private byte[] key() {
        String prefix = invalidationHandler.prefixes().iterator().next();
        return (prefix + "{" + master.tag().get() + "}").getBytes(UTF_8);
    }

    /** Ends the connection that is now, or is being made; there will be another one. */
    void cut() {
        if (Thread.currentThread() != thread) { // that has noticed while dialing, and dials to the right one now
            cuts.incrementAndGet();
        }
        @Nullable TrackingConnection current = wire;
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
