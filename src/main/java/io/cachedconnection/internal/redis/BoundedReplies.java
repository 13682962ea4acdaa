package io.cachedconnection.internal.redis;

import io.cachedconnection.internal.engine.store.StoreException;
import io.cachedconnection.internal.engine.store.StoreException.Reason;
import java.io.InputStream;
import redis.clients.jedis.util.RedisInputStream;

/**
 * What Jedis reads replies from. Jedis makes room for as many bytes or elements as a reply claims to have, before any of them is
 * there: so a damaged reply, or one of a server that is not Redis, could take all memory. Here a reply, with all that is nested in it,
 * has a budget. Used by the thread that receives.
 */
final class BoundedReplies extends RedisInputStream {

    /** What an element of an array counts for, besides its own bytes: a reference and an object. */
    private static final int ELEMENT = 16;

    private long left;

    BoundedReplies(InputStream in) {
        super(in);
    }

    /** The next reply may claim so many bytes. */
    void expect(int most) {
        left = most;
    }

    /** Reads the length of a string or an array; Jedis has read the byte before, which tells them apart. */
    @Override
    public int readIntCrLf() {
        boolean isString = buf[count - 1] == '$';
        long length = readLongCrLf();
        left -= Math.max(0, isString ? length : length * ELEMENT);
        if (length < -1 || length > Integer.MAX_VALUE || left < 0) {
            throw new StoreException(Reason.GARBAGE, "a reply that claims to be too long");
        }
        return (int) length;
    }
}
