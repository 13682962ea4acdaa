package io.cachedconnection.internal.redis;

import io.cachedconnection.internal.engine.store.KeySpace;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of Redis.
 *
 * @param key that by which Redis finds the server in a cluster: all other keys of the commands go with it
 * @param reading makes of the replies, one for each command, what was asked for
 * @param isRepeatable whether it may be sent again while the first copy may still be on its way
 * @param demand which server may be asked
 * @param cache the cache that the demand is about; null for any server
 * @param only the one server that may be asked; null for any that meets the demand
 * @param purpose whose connections it goes on
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Request<T>(
        byte[] key,
        List<Command> commands,
        Function<List<@Nullable Object>, T> reading,
        boolean isRepeatable,
        Demand demand,
        @Nullable KeySpace cache,
        @Nullable ServerIdentity only,
        Purpose purpose) {

    private static final byte[] NO_KEY = {};
    private static final Command ASKING = Command.of("ASKING");

    /** What it is asked for. */
    enum Purpose {
        /** A lookup and its load, and the questions of the background: a caller that cannot be served does without. */
        LOOKUP,
        /** The end of a load, on the connections of lookups: after an outage it need not wait for its turn to come back. */
        LOAD,
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

    /** Says that a request was not sent, since its server does not meet the demand. That is no failure of the server. */
    static final class UntrustedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        UntrustedException() {
            super("another Redis than before", null, false, false);
        }
    }

    /** One that the server of {@code key} may answer as often as it takes. */
    static <T> Request<T> of(byte[] key, Function<@Nullable Object, T> reading, Command command) {
        return new Request<>(
                key,
                List.of(command),
                replies -> reading.apply(replies.get(0)),
                true,
                Demand.NONE,
                null,
                null,
                Purpose.LOOKUP);
    }

    /** One that is for a certain server and may be sent again. */
    static <T> Request<T> of(Function<@Nullable Object, T> reading, Command command) {
        return of(NO_KEY, reading, command);
    }

    /** One that reads by several commands what {@code cache} holds. */
    static <T> Request<T> trusting(
            byte[] key, KeySpace cache, Function<List<@Nullable Object>, T> reading, Command... commands) {
        return new Request<>(key, List.of(commands), reading, true, Demand.TRUSTED, cache, null, Purpose.LOOKUP);
    }

    /** This request, for one server as long as it has this identity; null for any server that meets the demand. */
    Request<T> only(@Nullable ServerIdentity identity) {
        return new Request<>(key, commands, reading, isRepeatable, demand, cache, identity, purpose);
    }

    /** This request, on the connections of another purpose. */
    Request<T> on(Purpose other) {
        return new Request<>(key, commands, reading, isRepeatable, demand, cache, only, other);
    }

    /** This request, for a server that has not taken over the key wholly: it answers only callers that were sent to it. */
    Request<T> asking() {
        List<Command> all = new ArrayList<>(2 * commands.size());
        commands.forEach(command -> all.addAll(List.of(ASKING, command.unshared())));
        Function<List<@Nullable Object>, T> readingEverySecond =
                replies -> reading.apply(IntStream.range(0, commands.size())
                        .<@Nullable Object>mapToObj(i -> replies.get(2 * i + 1))
                        .toList());
        return new Request<>(key, all, readingEverySecond, isRepeatable, demand, cache, only, purpose);
    }

    /** About how many bytes it sends. */
    int length() {
        int length = 0;
        for (int i = 0; i < commands.size(); i++) {
            length += commands.get(i).length();
        }
        return length;
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
