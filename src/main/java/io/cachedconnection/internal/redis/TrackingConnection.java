package io.cachedconnection.internal.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cachedconnection.internal.core.StoreException;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

/**
 * One connection on which a master tells of changes, and is asked now and then whether it still does. The reader receives;
 * the clock sends, and cuts what is overdue.
 *
 * <p>What is asked is a DEL of a key that never exists, and a PING that bears a mark. Redis hands changes to those who hear
 * of them at the end of each round of its loop, so a reply may be on its way before what was changed in the same round. Some
 * servers let the writer's own reply go before that, too: where threads do the sending. So an answer proves nothing of the
 * time of its own question, but of that of the question before, which was answered before this one was sent: whatever a
 * server does between making a change, telling of it and replying is over by the time that it has done another round. The
 * DEL shows that it is a master still and takes writes: a replica refuses it, as do one that has lost the slot and one that
 * has no majority.
 */
final class TrackingConnection {

    private static final byte[] OK = "OK".getBytes(UTF_8);
    private static final byte[] SUBSCRIBE = "subscribe".getBytes(UTF_8);
    // Nothing is ever sent to this channel; but whoever subscribes is a client for whom Redis keeps little when it is
    // slow.
    private static final String CHANNEL = "__redis__:invalidate";
    private static final long NO_KEY = -2; // what PTTL says
    private static final long NONE_GONE = 0;

    private final MarkedConnection markedConnection;
    private final Socket socket;
    private final CommandArguments question;
    private volatile long askedAt;
    private volatile boolean asked;
    private long answeredBefore; // when the last question was sent that is answered; the reader's
    // Of the clock since the last question. They are the clock's, which gets to know of this connection after the
    // first.
    private int rounds;

    private TrackingConnection(MarkedConnection markedConnection, Socket socket, CommandArguments question) {
        this.markedConnection = markedConnection;
        this.socket = socket;
        this.question = question;
    }

    /**
     * Makes {@code markedConnection} one that {@code invalidationHandler} are received on; asks for the first time, and when that is answered for the
     * second time. Who may not ask for a PTTL reads nothing that could be kept, so that has to be allowed as well.
     */
    static TrackingConnection of(
            MarkedConnection markedConnection, Socket socket, InvalidationHandler invalidationHandler, byte[] key) {
        markedConnection.consume(invalidationHandler);
        markedConnection.ask(
                new CommandArguments(Command.HELLO).add("3")); // whoever dials has a curfew, so there is no other bound
        expect(Arrays.equals(OK, bytes(markedConnection.ask(tracking(invalidationHandler.prefixes())))));
        expect(markedConnection.ask(new CommandArguments(Command.SUBSCRIBE).add(CHANNEL)) instanceof List<?> reply
                && Arrays.equals(SUBSCRIBE, bytes(reply.get(0))));
        expect(isNumber(NO_KEY, markedConnection.ask(new CommandArguments(Command.PTTL).key(key))));
        TrackingConnection feed =
                new TrackingConnection(markedConnection, socket, new CommandArguments(Command.DEL).key(key));
        feed.askTwice();
        return feed;
    }

    private void askTwice() {
        answeredBefore = System.nanoTime(); // before it is sent
        expect(isNumber(NONE_GONE, markedConnection.ask(question)));
        ask();
    }

    private static boolean isNumber(long expected, @Nullable Object reply) {
        return reply instanceof Long number && number == expected;
    }

    private static CommandArguments tracking(Set<String> prefixes) {
        CommandArguments tracking =
                new CommandArguments(Command.CLIENT).add("TRACKING").add("ON").add("BCAST");
        prefixes.forEach(prefix -> tracking.add("PREFIX").add(prefix));
        return tracking;
    }

    private static byte @Nullable [] bytes(@Nullable Object reply) {
        return reply instanceof byte[] bytes ? bytes : null;
    }

    private static void expect(boolean condition) {
        if (!condition) {
            throw ReplyParser.garbage();
        }
    }

    /** Waits for as long as it takes. */
    void takeItsTime() {
        markedConnection.setSoTimeout(0); // the clock counts
    }

    private void ask() {
        rounds = 0;
        askedAt = System.nanoTime(); // before it is sent
        asked = true;
        markedConnection.send(question);
    }

    /**
     * A round of the clock: asks, if the last question is answered and so many rounds old; cuts, if it is not answered after
     * {@code patience} of them. Rounds and not time: when this process was stopped, that is not the server's fault.
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
     * Waits for the next answer; what is told meanwhile has been heard then.
     *
     * @return when the question before the one that is answered was sent
     * @throws StoreException if it is another one, or the end
     */
    long answered() {
        expect(isNumber(NONE_GONE, markedConnection.answer()) && asked);
        long proven = answeredBefore;
        answeredBefore = askedAt;
        asked = false; // last, for then the clock may ask
        return proven;
    }

    void cut() {
        ConnectTimeouts.close(socket);
    }
}
