package io.cachedconnection.internal.redis;

import redis.clients.jedis.CommandObject;

/**
 * What is asked of Redis.
 *
 * @param key that by which Redis finds the server in a cluster: all other keys of the command go with it
 * @param command what is sent, and how the reply is read
 * @param isRepeatable whether it may be sent again while the first copy may still be on its way
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Request<T>(byte[] key, CommandObject<T> command, boolean isRepeatable) {

    private static final byte[] NO_KEY = {};

    /** One that may be sent again. */
    static <T> Request<T> of(byte[] key, CommandObject<T> command) {
        return new Request<>(key, command, true);
    }

    /** One that is for a certain server and may be sent again. */
    static <T> Request<T> of(CommandObject<T> command) {
        return new Request<>(NO_KEY, command, true);
    }
}
