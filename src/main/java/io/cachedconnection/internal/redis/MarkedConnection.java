package io.cachedconnection.internal.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.cachedconnection.internal.core.FreshBytes;
import io.cachedconnection.internal.core.StoreException;
import io.cachedconnection.internal.core.StoreException.Reason;
import java.nio.ByteBuffer;
import java.util.Arrays;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.JedisSocketFactory;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.PushConsumer;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * A connection on which no reply is taken for the reply to another command. Redis' protocol does not say to which command a
 * reply belongs, so one that came twice, or too late, would be the answer to the next. So a PING with a mark of its own
 * follows the commands of each write, and their replies are believed only when the mark has come back behind them. Used by
 * one thread, or by two, of which one sends and the other receives, one write at a time.
 */
final class MarkedConnection extends Connection {

    // Another connection begins with another one. Written before the commands are flushed, read when their replies are
    // here.
    private volatile long mark =
            ByteBuffer.wrap(new FreshBytes().next(Long.BYTES)).getLong();

    MarkedConnection(JedisSocketFactory sockets, JedisClientConfig login) {
        super(sockets, login);
    }

    /** Sends what {@link #sendCommand} was given since the last time, and the mark behind it. */
    void sendMarked() {
        mark = next(mark);
        sendCommand(new CommandArguments(Command.PING).add(text()));
        flush();
    }

    private static long next(long mark) { // only one thread sends
        return mark + 1;
    }

    private byte[] text() {
        return Long.toHexString(mark).getBytes(US_ASCII);
    }

    /** The next reply, which is not to be believed yet. Pushes are consumed meanwhile. */
    Object received() {
        return readProtocolWithCheckingBroken();
    }

    /**
     * Fails unless the mark comes next. A server that refuses everything, because it is loading, say, refuses the PING, too:
     * this is as good, if {@code allWereRefused}, for then there is no value that could be the wrong one.
     */
    void expectMark(boolean allWereRefused) {
        try {
            if (received() instanceof byte[] found && Arrays.equals(found, text())) {
                return;
            }
        } catch (JedisDataException refusal) {
            if (allWereRefused) {
                return;
            }
            throw RedisErrors.of(refusal);
        }
        throw new StoreException(Reason.GARBAGE, "an answer to something else");
    }

    /** Sends {@code command} by itself. */
    void send(CommandArguments command) {
        sendCommand(command);
        sendMarked();
    }

    /** The reply to a command that was, or will be, sent by itself. */
    Object answer() {
        Object reply;
        try {
            reply = received();
        } catch (JedisDataException refusal) {
            expectMark(true);
            throw refusal;
        }
        expectMark(false);
        return reply;
    }

    /** Sends {@code command} by itself, and waits for the reply. */
    Object ask(CommandArguments command) {
        send(command);
        return answer();
    }

    /** Lets {@code consumer} have what the server tells unasked. */
    void consume(PushConsumer consumer) {
        addPushConsumer(consumer);
    }
}
