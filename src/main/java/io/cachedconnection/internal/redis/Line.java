package io.cachedconnection.internal.redis;

import io.cachedconnection.internal.core.StoreException;
import io.cachedconnection.internal.core.StoreException.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.JedisSocketFactory;
import redis.clients.jedis.PushConsumerChain;
import redis.clients.jedis.util.RedisInputStream;

/**
 * A connection on which every command gets one reply. Redis' protocol does not say which reply belongs to which command,
 * so one that is said twice would answer the next command: where more is to be read than was asked for, nothing is believed.
 */
final class Line extends Connection {

    private final boolean isLoggedIn; // to log in, several commands may be sent at a time
    private @Nullable RedisInputStream replies; // always the same

    Line(JedisSocketFactory sockets, JedisClientConfig login) {
        super(sockets, login);
        isLoggedIn = true;
    }

    @Override
    protected Object protocolRead(RedisInputStream in, PushConsumerChain consumers) {
        Object reply = super.protocolRead(in, consumers);
        if (isLoggedIn && hasMore(in)) {
            throw new StoreException(Reason.GARBAGE, "more than one answer");
        }
        replies = in;
        return reply;
    }

    @Override
    public void sendCommand(CommandArguments command) {
        if (isLoggedIn && replies != null && hasMore(replies)) {
            throw new StoreException(Reason.CONNECTION, "an answer to nothing"); // another connection will do
        }
        super.sendCommand(command);
    }

    private static boolean hasMore(RedisInputStream in) {
        try {
            return in.available() > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
