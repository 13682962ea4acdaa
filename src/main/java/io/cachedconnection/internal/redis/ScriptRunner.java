package io.cachedconnection.internal.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.Response;
import io.cachedconnection.internal.engine.store.StoreException;
import io.cachedconnection.internal.engine.store.StoreException.Reason;
import io.cachedconnection.internal.redis.Request.Purpose;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Runs scripts by their SHA. If Redis does not know a script, after a restart, a failover or {@code SCRIPT FLUSH}, sends the
 * text once. Thread-safe.
 */
final class ScriptRunner {

    private static final long ROUND_TRIP = TimeUnit.SECONDS.toNanos(1);

    private final Topology topology;
    private final String times;
    private final String timesOfTags;
    private final Consumer<String> mended;
    private final Purpose purpose;

    /** Creates a runner for lookups; {@code mended} receives the name of a cache whose fence a step has repaired. */
    ScriptRunner(Topology topology, Duration maxTransactionAge, Duration fenceLife, Consumer<String> mended) {
        this(
                topology,
                micros(maxTransactionAge) + " " + micros(fenceLife),
                micros(maxTransactionAge) + " " + 2 * micros(fenceLife),
                mended,
                Purpose.LOOKUP);
    }

    private ScriptRunner(
            Topology topology, String times, String timesOfTags, Consumer<String> mended, Purpose purpose) {
        this.topology = topology;
        this.times = times;
        this.timesOfTags = timesOfTags;
        this.mended = mended;
        this.purpose = purpose;
    }

    /** Returns a runner like this one for the steps of writes. */
    ScriptRunner ofWrites() {
        return new ScriptRunner(topology, times, timesOfTags, mended, Purpose.WRITE);
    }

    /**
     * A script with its keys and arguments.
     *
     * @param only as in {@link Request}
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Run(
            Script script,
            List<byte[]> keys,
            KeySpace space,
            @Nullable ServerIdentity only,
            Object... arguments) {}

    /** Prepares a step for a key. */
    Run run(Script script, EntryKey key, Object... arguments) {
        byte[] fence = Command.bytes(key.fence());
        // If the fence of the cache may be on another server, the fence of the key replaces it and adds no information.
        byte[] fenceOfAll =
                topology.isSharded() ? fence : Command.bytes(key.space().fence());
        List<byte[]> keys = new ArrayList<>(List.of(key.bytes(), fence, fenceOfAll));
        if (!topology.isSharded() && script.knowsTags() && !key.tags().isEmpty()) {
            keys.add(Command.bytes(key.tags().get(0).space().fence()));
            for (EntryKey tag : key.tags()) {
                keys.add(tag.bytes());
                keys.add(Command.bytes(tag.fence()));
            }
        }
        return new Run(script, keys, key.space(), null, arguments);
    }

    /** Runs a step for a key. */
    @Nullable Object reply(Script script, EntryKey key, long nanos, Object... arguments) {
        return reply(run(script, key, arguments), nanos);
    }

    /** Runs a step for a key; returns whether it did its work. */
    boolean yes(Script script, EntryKey key, long nanos, Object... arguments) {
        return ReplyParser.word(reply(script, key, nanos, arguments));
    }

    /** Runs a step for a whole cache, which has a fence but no value of its own. */
    @Nullable Object reply(Script script, KeySpace space, long nanos, Object... arguments) {
        return reply(run(script, space, arguments), nanos);
    }

    /** Prepares a step for a whole cache. */
    Run run(Script script, KeySpace space, Object... arguments) {
        byte[] fence = Command.bytes(space.fence());
        return new Run(script, List.of(fence, fence, fence), space, null, arguments);
    }

    /** Prepares a check of one fence of {@code space} for writes within {@code past}. */
    Run fenceCheck(String fence, KeySpace space, Duration past) {
        byte[] name = Command.bytes(fence);
        return new Run(Script.LOOK, List.of(name, name, name), space, null, micros(past));
    }

    /** Runs one step. */
    @Nullable Object reply(Run run, long nanos) {
        return replies(List.of(run), nanos).get(0).get();
    }

    /** Runs a step for a whole cache; returns whether it did its work. */
    boolean yes(Script script, KeySpace space, long nanos, Object... arguments) {
        return ReplyParser.word(reply(script, space, nanos, arguments));
    }

    /** Runs a step that records or reads whether a server is trusted with a cache. */
    String ofServers(Script script, KeySpace space, ServerIdentity identity, long nanos, Object... arguments) {
        byte[] fence = Command.bytes(space.fence());
        List<Object> all = new ArrayList<>(List.of(identity.text()));
        all.addAll(List.of(arguments));
        // On one server, notes and entries stay together.
        @Nullable ServerIdentity only = topology.isSharded() ? null : identity;
        List<byte[]> keys = List.of(fence, fence, fence, Command.bytes(space.servers()));
        Run run = new Run(script, keys, space, only, all.toArray());
        if (replies(List.of(run), nanos).get(0).get() instanceof byte[] word) {
            return new String(word, UTF_8);
        }
        throw ReplyParser.garbage();
    }

    /** Whether the server with this identity is recorded as trusted with each of these caches. */
    boolean areNoted(List<KeySpace> spaces, ServerIdentity identity) {
        List<Request<byte @Nullable []>> questions = spaces.stream()
                .map(space -> Command.bytes(space.servers()))
                .map(servers -> Request.<byte @Nullable []>of(
                        servers, ReplyParser::bytes, Command.of("HGET", servers, identity.text())))
                .toList();
        return topology.all(questions, ROUND_TRIP).stream().allMatch(response -> response.get() != null);
    }

    /** Runs {@code runs} and returns the responses in their order, in the time that {@link Topology#all} describes. */
    List<Response<Object>> replies(List<Run> runs, long nanos) {
        long start = System.nanoTime();
        List<Response<Object>> responses =
                topology.all(runs.stream().map(this::bySha).toList(), nanos);
        long left = runs.size() == 1 ? nanos - (System.nanoTime() - start) : 2 * nanos;
        for (List<Integer> unknown = unknown(responses); !unknown.isEmpty() && left > 0; unknown = unknown(responses)) {
            start = System.nanoTime(); // sends one text first, so that its server knows the script, and then the others
            int first = unknown.get(0);
            Response<Object> taught = topology.all(
                            List.of(request(
                                    runs.get(first),
                                    "EVAL",
                                    runs.get(first).script.text())),
                            Math.min(left, nanos)) // a server that refuses leaves time for the others
                    .get(0);
            responses.set(first, taught);
            List<Integer> others = unknown.subList(1, unknown.size());
            if (taught.failure() != null) {
                left -= System.nanoTime() - start;
            } else if (!others.isEmpty()) {
                left = 2 * nanos;
                List<Response<Object>> late = topology.all(
                        others.stream().map(i -> bySha(runs.get(i))).toList(), nanos);
                IntStream.range(0, late.size()).forEach(i -> responses.set(others.get(i), late.get(i)));
            }
        }
        for (int i = 0; i < runs.size(); i++) {
            if (responses.get(i).reply() instanceof List<?> parts
                    && parts.size() == 2
                    && parts.get(0) instanceof byte[] word
                    && Script.MENDED.equals(new String(word, UTF_8))) {
                mended.accept(runs.get(i).space().cache());
                responses.set(i, Response.of(parts.get(1)));
            }
        }
        return responses;
    }

    private static List<Integer> unknown(List<Response<Object>> responses) {
        return IntStream.range(0, responses.size())
                .filter(i -> responses.get(i).failure() instanceof StoreException failure
                        && failure.reason() == Reason.NO_SCRIPT)
                .boxed()
                .toList();
    }

    private Request<Object> bySha(Run run) {
        return request(run, "EVALSHA", run.script.sha());
    }

    private Request<Object> request(Run run, String command, String script) {
        List<Object> words = new ArrayList<>(List.of(command, script, run.keys.size()));
        words.addAll(run.keys);
        // A put checks back from its announcement, and may end just as late without touching the fences of its tags.
        words.add(run.space.isOfTags() ? timesOfTags : times);
        words.addAll(Arrays.asList(run.arguments));
        Command eval = Command.of(words.toArray());
        return new Request<>(
                run.keys.get(0),
                List.of(run.script == Script.ACQUIRE ? eval.withLongReply() : eval), // it may return the value
                replies -> replies.get(0),
                run.script.isRepeatable(),
                run.script.demand(),
                run.space,
                run.only,
                run.script == Script.FILL && purpose == Purpose.LOOKUP ? Purpose.LOAD : purpose,
                run.script.operation());
    }

    /** Converts a duration to the microseconds that scripts take. */
    static long micros(Duration length) {
        return length.toNanos() / 1000;
    }
}
