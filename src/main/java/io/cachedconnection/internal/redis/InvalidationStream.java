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
 * The invalidations that one master sends: a thread that listens, on one connection after the other. The clock starts it, has
 * its questions sent, and cuts connections that do not answer them.
 */
final class InvalidationStream implements Runnable {

    private static final Duration LONGEST_INTERVAL = Duration.ofSeconds(1);

    private final Master master;
    private final Subscription subscription;
    private final InvalidationStreams streams;
    private final Duration longestDial;
    private final ReconnectDelay backoff = new ReconnectDelay(); // the thread's
    private final AtomicInteger cuts = new AtomicInteger();
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile @Nullable TrackingConnection connection; // the present one, if there is one; set by the thread
    private volatile @Nullable Thread thread; // set by the clock

    InvalidationStream(Master master, Subscription subscription, InvalidationStreams streams, Duration longestDial) {
        this.master = master;
        this.subscription = subscription;
        this.streams = streams;
        this.longestDial = longestDial;
    }

    /** A round of the clock. */
    void round() {
        @Nullable Thread listening = thread;
        boolean isListening = listening != null && listening.isAlive(); // it may have died for want of memory
        if (!isListening && end.getCount() > 0) {
            Thread made = StoreExecutors.daemons("cached-connection-feed").newThread(this);
            made.start(); // if there is none to be had, in the next round
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
        } catch (InterruptedException e) { // only the end does
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
        } catch (RuntimeException | Error e) { // what is there need not be Redis; this connection is over
            if (!began && end.getCount() > 0) {
                String reason = String.valueOf(RedisErrors.ofDialing(e).getMessage());
                subscription.listener().failed(master.name().isEmpty() ? reason : master.name() + ", " + reason);
            }
        } finally { // also if there is no memory to say so
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
            // A key that never exists, for no key has braces.
            String prefix = subscription.prefixes().iterator().next();
            String key = prefix + "{" + master.tag().get() + "}";
            return TrackingConnection.of(jedis, socket, subscription, key);
        });
        current.takeItsTime();
        connection = current;
        if (cuts.get() != before || end.getCount() == 0) { // a cut while it was made did not find it
            current.cut();
        }
        return current;
    }

    /** Ends the present connection, or the one that is being made; there will be another one. */
    void cut() {
        if (Thread.currentThread() != thread) { // that has noticed while dialing, and dials to the right one now
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

    /** The pauses between attempts, in nanoseconds: longer each time, unless the last attempt has worked for a while. */
    static final class ReconnectDelay {

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

    /**
     * One connection on which a master sends invalidations, and is asked now and then whether it still does. The reader
     * receives; the clock sends, and cuts what is overdue.
     *
     * <p>The question is a DEL of a key that never exists, and a PING that bears a mark. Redis sends invalidations at the end of
     * each round of its loop, so a reply may be on its way before the invalidations of the same round. Some servers, those
     * where threads do the sending, let the writer's own reply go before that, too. So an answer proves nothing about the time of
     * its own question, but about the time of the question before, which was answered before this one was sent: what a
     * server does between making a change, telling of it and replying is over when it has done another round. The DEL shows
     * that it is a master still and takes writes: a replica refuses it, as do a master that has lost the slot and one that has no
     * majority.
     */
    private static final class TrackingConnection {

        private static final byte[] INVALIDATE = Command.bytes("invalidate");
        private static final byte[] OK = Command.bytes("OK");
        private static final byte[] SUBSCRIBE = Command.bytes("subscribe");
        // Nothing is ever sent to this channel; but for a client that subscribes Redis keeps little when it is slow.
        private static final Command CHANNEL = Command.of("SUBSCRIBE", "__redis__:invalidate");
        private static final long NO_KEY = -2; // what PTTL says
        private static final long NONE_GONE = 0;

        private final JedisConnection jedis;
        private final Socket socket;
        private final Command question;
        private volatile long askedAt;
        private volatile boolean asked;
        private long answeredBefore; // when the last question was sent that is answered; the reader's
        private int rounds; // of the clock since the last question; the clock's, which learns of this after the first

        private TrackingConnection(JedisConnection jedis, Socket socket, Command question) {
            this.jedis = jedis;
            this.socket = socket;
            this.question = question;
        }

        /**
         * Makes {@code jedis} one on which invalidations are received; asks for the first time, and when that is answered for
         * the second time. A user without the right to PTTL reads nothing that could be kept, so it has to be allowed as well.
         * Connecting has a time limit, so there is no other bound.
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
         * Tells the listener of an invalidation; no keys at all means any. Anything else that a server sends unasked counts as
         * a reply, and so ends the connection, for no reply is like it.
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

        /** Waits for as long as it takes. */
        void takeItsTime() {
            jedis.setSoTimeout(0); // the clock counts
        }

        private void ask() {
            rounds = 0;
            askedAt = System.nanoTime(); // before it is sent
            asked = true;
            jedis.send(question);
        }

        /**
         * A round of the clock: asks, if the last question is answered and so many rounds old; cuts, if it is not answered
         * after {@code patience} of them. Rounds and not time: when this process was stopped, that is not the server's fault.
         */
        void round(int interval, int patience) {
            rounds++;
            try {
                if (asked && rounds > patience) {
                    cut();
                } else if (!asked && rounds >= interval) {
                    ask();
                }
            } catch (RuntimeException e) { // as the reader is told, too
                cut();
            }
        }

        /**
         * Waits for the next answer; invalidations that came before have been heard then.
         *
         * @return when the question before the one that is answered was sent
         * @throws StoreException if it is another one, or the end
         */
        long answered() {
            expect(jedis.answer() instanceof Long gone && gone == NONE_GONE && asked);
            long proven = answeredBefore;
            answeredBefore = askedAt;
            asked = false; // last, for then the clock may ask
            return proven;
        }

        void cut() {
            ConnectTimeouts.close(socket);
        }
    }
}
