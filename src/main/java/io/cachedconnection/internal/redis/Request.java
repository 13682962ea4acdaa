package io.cachedconnection.internal.redis;

import io.cachedconnection.internal.core.KeySpace;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandObject;

/**
 * What is asked of Redis.
 *
 * @param key that by which Redis finds the server in a cluster: all other keys of the command go with it
 * @param command what is sent, and how the reply is read
 * @param isRepeatable whether it may be sent again while the first copy may still be on its way
 * @param demand which server may be asked
 * @param cache the cache that the demand is about; null for any server
 * @param only the one server that may be asked; null for any that meets the demand
 * @param purpose whose connections it goes on
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Request<T>(
        byte[] key,
        CommandObject<T> command,
        boolean isRepeatable,
        Demand demand,
        @Nullable KeySpace cache,
        @Nullable ServerIdentity only,
        Purpose purpose) {

    private static final byte[] NO_KEY = {};

    /** What it is asked for. */
    enum Purpose {
        /** A lookup and its load, and what the background asks: who cannot be served does without. */
        LOOKUP,
        /** A step of a write: it has connections of its own, and more time. */
        WRITE
    }

    /** What a server has to be for a request. */
    enum Demand {
        /** Any: an eviction does good everywhere. */
        NONE,
        /** Trusted with the cache: what it holds is served or added to. */
        TRUSTED,
        /** Not a new master whose former one other nodes may still read from: they would not see this write. */
        ALONE
    }

    /** One that any server may answer, as often as it takes. */
    static <T> Request<T> of(byte[] key, CommandObject<T> command) {
        return new Request<>(key, command, true, Demand.NONE, null, null, Purpose.LOOKUP);
    }

    /** One that is for a certain server and may be sent again. */
    static <T> Request<T> of(CommandObject<T> command) {
        return of(NO_KEY, command);
    }

    /** One that reads what {@code cache} holds. */
    static <T> Request<T> trusting(byte[] key, CommandObject<T> command, KeySpace cache) {
        return new Request<>(key, command, true, Demand.TRUSTED, cache, null, Purpose.LOOKUP);
    }

    /** The same for one server, as long as it has this identity. */
    Request<T> only(@Nullable ServerIdentity identity) {
        return new Request<>(key, command, isRepeatable, demand, cache, identity, purpose);
    }

    /** The same on the connections of another purpose. */
    Request<T> on(Purpose other) {
        return new Request<>(key, command, isRepeatable, demand, cache, only, other);
    }

    /** Whether the server with this identity meets the demand. */
    boolean suits(ServerIdentity identity) {
        boolean isTheOne = only == null || only == identity;
        return isTheOne && (demand == Demand.NONE || cache == null || identity.trusts(cache));
    }

    /** Whether the server with this identity may be asked although that is not known of it yet. */
    boolean bears(ServerIdentity identity) {
        return suits(identity) || (only == null && demand == Demand.ALONE && !identity.mayHaveRival());
    }
}
