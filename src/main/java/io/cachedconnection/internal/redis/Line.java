package io.cachedconnection.internal.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.cachedconnection.internal.core.FreshBytes;
import io.cachedconnection.internal.core.StoreException;
import io.cachedconnection.internal.core.StoreException.Reason;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Set;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.JedisSocketFactory;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.PushConsumer;
import redis.clients.jedis.PushConsumerChain;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.util.RedisInputStream;

/**
 * A connection on which no reply is taken for that to another command. Redis' protocol does not say to which command a
 * reply belongs, so one that came twice, or too late, would be the answer to the next. Hence each command is sent together
 * with a PING that bears a mark of its own, and believed is only a reply that is followed by this mark. Used by one thread,
 * or by two, of which one {@link #send sends} and the other {@link #received receives}, one command at a time.
 */
final class Line extends Connection {

    /** ASKING is about the very next command, and a Sentinel knows no PING that bears something. */
    private static final Set<ProtocolCommand> UNMARKED = Set.of(Command.PING, Command.ASKING, Command.SENTINEL);

    private final boolean isLoggedIn; // to log in, several commands may be sent at a time
    // That of another connection is another one. Written before a command is flushed, read when its reply is here.
    private volatile long mark =
            ByteBuffer.wrap(new FreshBytes().next(Long.BYTES)).getLong();
    // The last command. Before two threads use it, one has sent a command with a mark, and all that they send has one:
    // so for them this does not change.
    private boolean isMarked;

    Line(JedisSocketFactory sockets, JedisClientConfig login) {
        super(sockets, login);
        isLoggedIn = true;
    }

    @Override
    public void sendCommand(CommandArguments command) {
        super.sendCommand(command);
        isMarked = isLoggedIn && !UNMARKED.contains(command.getCommand());
        if (isMarked) {
            mark = following(mark); // only one thread sends
            super.sendCommand(new CommandArguments(Command.PING).add(text()));
        }
    }

    private static long following(long mark) {
        return mark + 1;
    }

    /** Sends {@code command} by itself. */
    void send(CommandArguments command) {
        sendCommand(command);
        flush();
    }

    /** The reply to a command that was, or will be, sent by itself. Meanwhile pushes are consumed. */
    Object received() {
        return readProtocolWithCheckingBroken();
    }

    /** Lets {@code consumer} have what the server tells unasked. */
    void consume(PushConsumer consumer) {
        addPushConsumer(consumer);
    }

    private byte[] text() {
        return Long.toHexString(mark).getBytes(US_ASCII);
    }

    @Override
    protected Object protocolRead(RedisInputStream in, PushConsumerChain consumers) {
        if (!isMarked) {
            return super.protocolRead(in, consumers);
        }
        Object reply;
        try {
            reply = super.protocolRead(in, consumers);
        } catch (JedisDataException refusal) {
            expectMarkAfter(refusal, in, consumers);
            throw refusal;
        }
        expectMark(in, consumers);
        return reply;
    }

    private void expectMark(RedisInputStream in, PushConsumerChain consumers) {
        if (!(super.protocolRead(in, consumers) instanceof byte[] found) || !Arrays.equals(found, text())) {
            throw new StoreException(Reason.GARBAGE, "an answer to something else");
        }
    }

    /** Who refuses everything, because it is loading, say, refuses the PING, too. */
    private void expectMarkAfter(JedisDataException refusal, RedisInputStream in, PushConsumerChain consumers) {
        try {
            expectMark(in, consumers);
        } catch (JedisDataException another) {
            refusal.addSuppressed(another);
        }
    }
}
