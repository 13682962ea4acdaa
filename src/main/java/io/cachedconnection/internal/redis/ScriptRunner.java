package io.cachedconnection.internal.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cachedconnection.internal.core.CacheKey;
import io.cachedconnection.internal.core.KeySpace;
import io.cachedconnection.internal.core.StoreException;
import io.cachedconnection.internal.core.StoreException.Reason;
import io.cachedconnection.internal.redis.Request.Purpose;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandObjects;

/**
 * Runs scripts by their SHA. Where Redis does not know one, after a restart, a failover or {@code SCRIPT FLUSH}, it gets
 * the text, and knows it from then on. Thread-safe.
 */
final class ScriptRunner {

    private static final long ROUND_TRIP = TimeUnit.SECONDS.toNanos(1);

    private final Topology topology;
    private final CommandObjects commands;
    private final String times;
    private final Consumer<String> mended;
    private final Purpose purpose;

    /** A runner of what lookups want, that tells {@code mended} the name of each cache of which a step has mended a fence. */
    ScriptRunner(
            Topology topology,
            CommandObjects commands,
            Duration maxTransactionAge,
            Duration fenceLife,
            Consumer<String> mended) {
        this(
                topology,
                commands,
                Times.micros(maxTransactionAge) + " " + Times.micros(fenceLife),
                mended,
                Purpose.LOOKUP);
    }

    private ScriptRunner(
            Topology topology, CommandObjects commands, String times, Consumer<String> mended, Purpose purpose) {
        this.topology = topology;
        this.commands = commands;
        this.times = times;
        this.mended = mended;
        this.purpose = purpose;
    }

    /** The same for the steps of writes. */
    ScriptRunner ofWrites() {
        return new ScriptRunner(topology, commands, times, mended, Purpose.WRITE);
    }

    /** Runs a step for a key, and is told whether it did what was asked. */
    boolean yes(Script script, CacheKey key, long nanos, Object... arguments) {
        return Replies.word(reply(script, key, nanos, arguments));
    }

    /** Runs what needs only the key itself. */
    @Nullable Object ofValue(Script script, CacheKey key, long nanos, Object... arguments) {
        return reply(script, List.of(Names.of(key)), key.space(), null, nanos, arguments);
    }

    /** Runs a step for a key. */
    @Nullable Object reply(Script script, CacheKey key, long nanos, Object... arguments) {
        return reply(script, keys(key), key.space(), null, nanos, arguments);
    }

    /** Runs a step for a whole cache, which has a fence but no value of its own. */
    boolean yes(Script script, KeySpace space, long nanos, Object... arguments) {
        return Replies.word(reply(script, space, nanos, arguments));
    }

    /** Runs a step for a whole cache. */
    @Nullable Object reply(Script script, KeySpace space, long nanos, Object... arguments) {
        byte[] fence = Names.fence(space);
        return reply(script, List.of(fence, fence, fence), space, null, nanos, arguments);
    }

    /** Runs a step of noting that a server is trusted with a cache. */
    String ofServers(Script script, KeySpace space, ServerIdentity identity, long nanos, Object... arguments) {
        byte[] fence = Names.fence(space);
        List<byte[]> keys = List.of(fence, fence, fence, Names.servers(space));
        List<Object> all = new ArrayList<>(List.of(identity.text()));
        all.addAll(List.of(arguments));
        // Where notes and entries are on one server, they stay together whatever becomes of it.
        @Nullable ServerIdentity only = topology.isParted() ? null : identity;
        if (reply(script, keys, space, only, nanos, all.toArray()) instanceof byte[] word) {
            return new String(word, UTF_8);
        }
        throw Replies.garbage();
    }

    /** Whether it is noted that the server with this identity is trusted with a cache. */
    boolean isNoted(KeySpace space, ServerIdentity identity) {
        byte[] servers = Names.servers(space);
        return topology.call(Request.of(servers, commands.hget(servers, bytes(identity.text()))), ROUND_TRIP) != null;
    }

    /** Where the fence of the cache may be on another server, that of the key stands in for it, and says nothing new. */
    private List<byte[]> keys(CacheKey key) {
        byte[] fence = Names.fence(key);
        byte[] fenceOfAll = topology.isParted() ? fence : Names.fence(key.space());
        return List.of(Names.of(key), fence, fenceOfAll);
    }

    private @Nullable Object reply(
            Script script,
            List<byte[]> keys,
            KeySpace space,
            @Nullable ServerIdentity only,
            long nanos,
            Object... arguments) {
        Object reply = answer(script, keys, space, only, nanos, arguments);
        if (reply instanceof List<?> parts
                && parts.size() == 2
                && parts.get(0) instanceof byte[] word
                && Script.MENDED.equals(new String(word, UTF_8))) {
            mended.accept(space.cache());
            return parts.get(1);
        }
        return reply;
    }

    private @Nullable Object answer(
            Script script,
            List<byte[]> keys,
            KeySpace space,
            @Nullable ServerIdentity only,
            long nanos,
            Object... arguments) {
        List<byte[]> all = new ArrayList<>(arguments.length + 1);
        all.add(bytes(times));
        for (Object argument : arguments) {
            all.add(bytes(argument));
        }
        long start = System.nanoTime();
        byte[] key = keys.get(0);
        boolean again = script.isRepeatable();
        try {
            return topology.call(
                    new Request<>(
                            key,
                            commands.evalsha(script.sha(), keys, all),
                            again,
                            script.demand(),
                            space,
                            only,
                            purpose),
                    nanos);
        } catch (StoreException e) {
            if (e.reason() != Reason.NO_SCRIPT) {
                throw e;
            }
        }
        long left = nanos - (System.nanoTime() - start);
        return topology.call(
                new Request<>(
                        key, commands.eval(script.text(), keys, all), again, script.demand(), space, only, purpose),
                left);
    }

    private static byte[] bytes(Object argument) {
        return argument instanceof byte[] payload
                ? payload
                : argument.toString().getBytes(UTF_8);
    }
}
