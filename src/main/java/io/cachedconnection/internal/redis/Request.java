package io.cachedconnection.internal.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.ServerReport.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A request to Redis.
 *
 * @param key determines the server in a cluster: all other keys of the commands are in the same slot
 * @param reading converts the replies, one for each command, to the result
 * @param isRepeatable whether it may be sent again while the first copy may still arrive
 * @param demand which servers are suitable
 * @param cache the cache that the demand concerns; null for any server
 * @param only the one suitable server; null for each that meets the demand
 * @param purpose selects the connections
 * @param operation the name under which its times are recorded
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
        Purpose purpose,
        Operation operation) {

    private static final byte[] NO_KEY = {};
    private static final Command ASKING = Command.of("ASKING");
    private static final Operation GETRANGE = new Operation("GETRANGE", null);
    private static final Operation HGETALL = new Operation("HGETALL", null);
    /** The name of several commands in one request. */
    static final Operation PIPELINE = new Operation("PIPELINE", null);

    /** The purpose of a request. */
    enum Purpose {
        /** A lookup and its load, and requests of the background. A caller that cannot be served goes on without Redis. */
        LOOKUP,
        /** The end of a load, on the connections of lookups. After an outage it is not delayed like returning lookups. */
        LOAD,
        /** A step of a write, with connections of its own and more time. */
        WRITE
    }

    /** The condition on a server. */
    enum Demand {
        /** Any server: an eviction is useful everywhere. */
        NONE,
        /** Trusted with the cache: its entries are served or extended. */
        TRUSTED,
        /** Not a new master while other nodes may still read from the former one, where they would not see this write. */
        ALONE
    }

    /** Thrown if a request was not sent, because its server does not meet the demand. It is no failure of the server. */
    static final class UntrustedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        UntrustedException() {
            super("another Redis than before", null, false, false);
        }
    }

    /** Creates a repeatable request for the server of {@code key}. */
    static <T> Request<T> of(byte[] key, Function<@Nullable Object, T> reading, Command command) {
        return new Request<>(
                key,
                List.of(command),
                replies -> reading.apply(replies.get(0)),
                true,
                Demand.NONE,
                null,
                null,
                Purpose.LOOKUP,
                new Operation(new String(command.words()[0], UTF_8), null));
    }

    /** Creates a repeatable request for a certain server. */
    static <T> Request<T> of(Function<@Nullable Object, T> reading, Command command) {
        return of(NO_KEY, reading, command);
    }

    /** Creates a request that reads an entry or a stamp of {@code cache}, by one or more commands. */
    static <T> Request<T> trusting(
            byte[] key, KeySpace cache, Function<List<@Nullable Object>, T> reading, Command... commands) {
        Operation operation = commands.length == 1 ? GETRANGE : PIPELINE;
        return new Request<>(
                key, List.of(commands), reading, true, Demand.TRUSTED, cache, null, Purpose.LOOKUP, operation);
    }

    /** Creates a request that reads raw replies from the server of {@code key}, trusted or not, for an operator. */
    static Request<List<@Nullable Object>> reading(byte[] key, Command... commands) {
        Operation operation = commands.length == 1 ? HGETALL : PIPELINE;
        return new Request<>(
                key, List.of(commands), replies -> replies, true, Demand.NONE, null, null, Purpose.LOOKUP, operation);
    }

    /** Returns this request for the server with this identity; null for each server that meets the demand. */
    Request<T> only(@Nullable ServerIdentity identity) {
        return new Request<>(key, commands, reading, isRepeatable, demand, cache, identity, purpose, operation);
    }

    /** Returns this request for another purpose. */
    Request<T> on(Purpose other) {
        return new Request<>(key, commands, reading, isRepeatable, demand, cache, only, other, operation);
    }

    /** Returns this request with ASKING, for a server that is still importing the key's slot. */
    Request<T> asking() {
        List<Command> all = new ArrayList<>(2 * commands.size());
        commands.forEach(command -> all.addAll(List.of(ASKING, command.unshared())));
        Function<List<@Nullable Object>, T> readingEverySecond =
                replies -> reading.apply(IntStream.range(0, commands.size())
                        .<@Nullable Object>mapToObj(i -> replies.get(2 * i + 1))
                        .toList());
        return new Request<>(key, all, readingEverySecond, isRepeatable, demand, cache, only, purpose, operation);
    }

    /** Returns the approximate number of bytes that it sends. */
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

    /** Whether the server with this identity may be asked before it is known to meet the demand. */
    boolean bears(ServerIdentity identity) {
        return suits(identity) || (only == null && demand == Demand.ALONE && !identity.mayHaveRival());
    }
}
