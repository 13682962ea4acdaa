package io.cachedconnection.internal.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cachedconnection.internal.engine.store.StoreException;
import io.cachedconnection.internal.redis.InvalidationStreams.Master;
import io.cachedconnection.internal.redis.InvalidationStreams.Subscription;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The invalidation stream from one master: a thread that listens on one connection after another. The clock starts it, sends
 * its probes, and cuts connections that do not answer them.
 */
final class InvalidationStream implements Runnable {

    private static final Duration LONGEST_INTERVAL = Duration.ofSeconds(1);

    private final Master master;
    private final Subscription subscription;
    private final InvalidationStreams streams;
    private final Duration longestDial;
    private final ReconnectDelay backoff = new ReconnectDelay(); // used by the thread
    private final AtomicInteger cuts = new AtomicInteger();
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile @Nullable TrackingConnection connection; // the present connection, if any; set by the thread
    private volatile @Nullable Thread thread; // set by the clock

    InvalidationStream(Master master, Subscription subscription, InvalidationStreams streams, Duration longestDial) {
        this.master = master;
        this.subscription = subscription;
        this.streams = streams;
        this.longestDial = longestDial;
    }

    /** Runs one round of the clock. */
    void round() {
        @Nullable Thread listening = thread;
        boolean isListening = listening != null && listening.isAlive(); // it may have died for lack of memory
        if (!isListening && end.getCount() > 0) {
            Thread made = StoreExecutors.daemons("cached-connection-feed").newThread(this);
            made.start(); // if no thread is available, the next round tries again
            thread = made;
        }
        @Nullable TrackingConnection current = connection;
        if (current != null) {
            Duration silence = subscription.listener().patience();
            Duration longest = silence.compareTo(longestDial) > 0 ? silence : longestDial;
            Duration quarter = silence.dividedBy(4);
            Duration interval = quarter.compareTo(LONGEST_INTERVAL) > 0 ? LONGEST_INTERVAL : quarter;
            current.round(InvalidationStreams.rounds(interval), InvalidationStreams.rounds(longest));
        }
    }

    @Override
    public void run() {
        try {
            while (!end.await(backoff.next(), TimeUnit.NANOSECONDS)) {
                listen();
            }
        } catch (InterruptedException e) { // only the end interrupts it
            Thread.currentThread().interrupt();
        }
    }

    /** Listens until the connection ends. */
    private void listen() {
        boolean began = false;
        long since = System.nanoTime();
        try {
            TrackingConnection current = connected();
            while (true) {
                streams.proven(this, current.answered());
                since = began ? since : System.nanoTime();
                began = true;
            }
        } catch (RuntimeException | Error e) { // the peer may not be Redis; this connection is over
            if (!began && end.getCount() > 0) {
                String reason = String.valueOf(RedisErrors.ofDialing(e).getMessage());
                subscription.listener().failed(master.name().isEmpty() ? reason : master.name() + ", " + reason);
            }
        } finally { // also without memory for a report
            streams.ended(this);
            backoff.after(began ? System.nanoTime() - since : 0);
            @Nullable TrackingConnection gone = connection;
            connection = null;
            if (gone != null) {
                gone.cut();
            }
        }
    }

    private TrackingConnection connected() {
        int before = cuts.get();
        TrackingConnection current = master.route().dial((jedis, socket) -> {
            // A key that never exists, because keys contain no braces.
            String prefix = subscription.prefixes().iterator().next();
            String key = prefix + "{" + master.tag().get() + "}";
            return TrackingConnection.of(jedis, socket, subscription, key);
        });
        current.takeItsTime();
        connection = current;
        if (cuts.get() != before || end.getCount() == 0) { // a cut during the connecting did not find it
            current.cut();
        }
        return current;
    }

    /** Ends the present connection, or the one being made; another one follows. */
    void cut() {
        if (Thread.currentThread()
                != thread) { // the thread has noticed it while connecting, and uses the right address now
            cuts.incrementAndGet();
        }
        @Nullable TrackingConnection current = connection;
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

    /** The pauses between attempts, in nanoseconds: growing, unless the last attempt has worked for a while. */
    static final class ReconnectDelay {

        private static final long FIRST = TimeUnit.MILLISECONDS.toNanos(50);
        private static final long LONGEST = TimeUnit.SECONDS.toNanos(2);
        private static final long A_WHILE =
                TimeUnit.SECONDS.toNanos(10); // a connection that is cut off at once lasts less

        private long next; // no pause before the first attempt

        /** Returns the next pause. */
        long next() {
            return next;
        }

        /** Records the end of an attempt that worked for {@code nanos}. */
        void after(long nanos) {
            next = nanos >= A_WHILE ? FIRST : Math.min(Math.max(2 * next, FIRST), LONGEST);
        }
    }

    /**
     * One connection on which a master sends invalidations and is probed periodically. The reader receives; the clock sends
     * probes, and cuts overdue connections.
     *
     * <p>A probe is a DEL of a key that never exists and a PING with a mark. Redis sends invalidations at the end of each round
     * of its event loop, so a reply may precede the invalidations of the same round. With threads that do the sending, even the
     * writer's own reply may precede them. So an answer proves nothing about the time of its own probe, but about the time of
     * the probe before, which was answered before this one was sent: all steps of a server between making a change, reporting
     * it and replying are over after one more round. The DEL shows that the server is still a master and accepts writes: a
     * replica refuses it, and so does a master that has lost the slot or the majority.
     */
    private static final class TrackingConnection {

        private static final byte[] INVALIDATE = Command.bytes("invalidate");
        private static final byte[] OK = Command.bytes("OK");
        private static final byte[] SUBSCRIBE = Command.bytes("subscribe");
        // Nothing is ever published on this channel; but Redis buffers only little for a slow subscriber.
        private static final Command CHANNEL = Command.of("SUBSCRIBE", "__redis__:invalidate");
        private static final long NO_KEY = -2; // the reply of PTTL
        private static final long NONE_GONE = 0;

        private final JedisConnection jedis;
        private final Socket socket;
        private final Command question;
        private volatile long askedAt;
        private volatile boolean asked;
        private long answeredBefore; // when the last answered probe was sent; used by the reader
        private int rounds; // rounds of the clock since the last probe; used by the clock, which starts after the first
        // probe

        private TrackingConnection(JedisConnection jedis, Socket socket, Command question) {
            this.jedis = jedis;
            this.socket = socket;
            this.question = question;
        }

        /**
         * Turns {@code jedis} into a connection that receives invalidations, sends the first probe, and after its answer the
         * second. A user without the right to PTTL cannot read entries for the near cache, so the right is required here, too.
         * The connect timeout limits the time.
         */
        static TrackingConnection of(JedisConnection jedis, Socket socket, Subscription subscription, String key) {
            jedis.onPush(push -> take(push, subscription));
            jedis.ask(Command.of("HELLO", 3));
            List<Object> tracking = new ArrayList<>(List.of("CLIENT", "TRACKING", "ON", "BCAST"));
            subscription.prefixes().forEach(prefix -> tracking.addAll(List.of("PREFIX", prefix)));
            expect(jedis.ask(Command.of(tracking.toArray())) instanceof byte[] reply && Arrays.equals(OK, reply));
            expect(jedis.ask(CHANNEL) instanceof List<?> reply
                    && reply.get(0) instanceof byte[] kind
                    && Arrays.equals(SUBSCRIBE, kind));
            expect(jedis.ask(Command.of("PTTL", key)) instanceof Long life && life == NO_KEY);
            TrackingConnection made = new TrackingConnection(jedis, socket, Command.of("DEL", key));
            made.answeredBefore = System.nanoTime(); // before it is sent
            expect(jedis.ask(made.question) instanceof Long gone && gone == NONE_GONE);
            made.ask();
            return made;
        }

        /**
         * Passes an invalidation on to the listener; no keys means all keys. Other pushes count as replies and so end the
         * connection, because no reply looks like them.
         */
        private static boolean take(List<@Nullable Object> push, Subscription subscription) {
            if (push.size() != 2 || !(push.get(0) instanceof byte[] kind) || !Arrays.equals(kind, INVALIDATE)) {
                return false;
            }
            if (push.get(1) == null) {
                subscription.listener().allChanged();
            } else {
                ReplyParser.texts(push.get(1))
                        .forEach(key -> subscription.listener().changed(new String(key, UTF_8)));
            }
            return true;
        }

        private static void expect(boolean condition) {
            if (!condition) {
                throw ReplyParser.garbage();
            }
        }

        /** Removes the socket timeout. */
        void takeItsTime() {
            jedis.setSoTimeout(0); // the clock limits the time
        }

        private void ask() {
            rounds = 0;
            askedAt = System.nanoTime(); // before it is sent
            asked = true;
            jedis.send(question);
        }

        /**
         * Runs one round of the clock: sends a probe if the last one is answered and {@code interval} rounds old; cuts the
         * connection if it is unanswered after {@code patience} rounds. Counts rounds instead of time: a suspended process is
         * not the server's fault.
         */
        void round(int interval, int patience) {
            rounds++;
            try {
                if (asked && rounds > patience) {
                    cut();
                } else if (!asked && rounds >= interval) {
                    ask();
                }
            } catch (RuntimeException e) { // the reader sees the failure, too
                cut();
            }
        }

        /**
         * Waits for the next answer. By then the earlier invalidations have been passed on.
         *
         * @return when the probe before the answered one was sent
         * @throws StoreException if another reply comes, or the connection ends
         */
        long answered() {
            expect(jedis.answer() instanceof Long gone && gone == NONE_GONE && asked);
            long proven = answeredBefore;
            answeredBefore = askedAt;
            asked = false; // last, because the clock may then send a probe
            return proven;
        }

        void cut() {
            ConnectTimeouts.close(socket);
        }
    }
}
