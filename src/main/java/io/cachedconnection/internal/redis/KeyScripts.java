package io.cachedconnection.internal.redis;

import io.cachedconnection.internal.core.EntryKey;
import io.cachedconnection.internal.core.LeaseRequest;
import io.cachedconnection.internal.core.LeaseResult;
import io.cachedconnection.internal.core.LeaseResult.Verdict;
import io.cachedconnection.internal.core.Outcome;
import io.cachedconnection.internal.core.Response;
import io.cachedconnection.internal.core.StoreException;
import io.cachedconnection.internal.core.StoreException.Reason;
import io.cachedconnection.internal.core.StoredEntry;
import io.cachedconnection.internal.core.WriteStep;
import io.cachedconnection.internal.redis.Request.Purpose;
import io.cachedconnection.internal.redis.Request.UntrustedException;
import io.cachedconnection.internal.redis.ScriptRunner.Run;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/**
 * The lease of a key, and writes of keys. Two of these steps depend on the fence of the key and on that of its cache. Where both
 * are on one server, one script looks at them. In a cluster they may be apart: there the lease comes first, then a look at the
 * cache's fence. An eviction of all that announces itself after that look takes the lease away before anything is filled; the
 * other way round there would be a gap. Each server measures times by its own clock only; lengths of time, not moments, are
 * compared over servers. Thread-safe.
 */
final class KeyScripts {

    private static final Duration LEASE_OF_A_RESULT = Duration.ofSeconds(1);
    private static final int SHARE_OF_THE_RELEASE = 10; // a tenth of the time that is left is kept for it

    private final Topology topology;
    private final ScriptRunner scripts;
    private final ScriptRunner writes;
    private final Duration maxTransactionAge;

    KeyScripts(Topology topology, ScriptRunner scripts, Duration maxTransactionAge) {
        this.topology = topology;
        this.scripts = scripts;
        this.writes = scripts.ofWrites();
        this.maxTransactionAge = maxTransactionAge;
    }

    /** As {@link JedisStore#acquire}. */
    LeaseResult acquire(EntryKey key, LeaseRequest request, long nanos) {
        if (topology.isParted() && !canLook(key, Purpose.LOOKUP)) {
            return LeaseResult.of(Verdict.FENCED); // as long as it is not known whether it is
        }
        long until = System.nanoTime() + nanos;
        LeaseResult grant = ReplyParser.grant(scripts.reply(
                Script.ACQUIRE,
                key,
                nanos,
                request.token(),
                ScriptRunner.micros(request.settle()),
                ScriptRunner.micros(request.lease()),
                StoredEntry.MOST_BYTES));
        return topology.isParted() && grant.verdict() == Verdict.LEASED
                ? LeaseResult.of(kept(scripts, key, request.token(), request.settle(), until))
                : grant;
    }

    /** As {@link JedisStore#steps}. Results in a cluster go one by one, after the others. */
    List<Response<Boolean>> steps(List<WriteStep> steps, long nanos) {
        long start = System.nanoTime();
        List<Response<Object>> replies = writes.replies(
                steps.stream().filter(step -> !isApart(step)).map(this::run).toList(), nanos);
        boolean isWell = replies.stream().allMatch(reply -> reply.failure() == null);
        long left = isWell ? nanos : nanos - (System.nanoTime() - start);
        Iterator<Response<Object>> next = replies.iterator();
        List<Response<Boolean>> responses = new ArrayList<>(steps.size());
        for (WriteStep step : steps) {
            long rest = left;
            start = System.nanoTime();
            Response<Boolean> response = attempt(() -> isApart(step)
                    ? isStoredApart(step, rest)
                    : ReplyParser.word(next.next().get()));
            if (response.failure() instanceof UntrustedException) {
                response = attempt(() -> isStoredUntrusted(step, rest));
            }
            if (response.failure() != null) {
                left -= System.nanoTime() - start;
            }
            responses.add(response);
        }
        return responses;
    }

    private static Response<Boolean> attempt(BooleanSupplier step) {
        try {
            return Response.of(step.getAsBoolean());
        } catch (StoreException | UntrustedException e) {
            return Response.failed(e);
        }
    }

    private Run run(WriteStep step) {
        if (step.result() != null) {
            return writes.run(
                    Script.END_WITH,
                    step.key(),
                    step.write(),
                    step.result().payload(),
                    step.result().life().toMillis(),
                    ScriptRunner.micros(step.settle()));
        }
        return step.outcome() == null
                ? writes.run(Script.BEGIN, step.key(), step.write())
                : writes.run(
                        Script.END, step.key(), step.write(), step.outcome().name());
    }

    /** An announcement that some nodes may not see fails. A result is not for a server that may hold what is old, but its eviction is. */
    private boolean isStoredUntrusted(WriteStep step, long nanos) {
        if (step.outcome() == null) {
            throw notAlone();
        }
        return !writes.yes(Script.END, step.key(), nanos, step.write(), Outcome.COMMITTED.name());
    }

    /** Says that other nodes may still be using another server. */
    static StoreException notAlone() {
        return new StoreException(
                Reason.MOVING, "a replica was promoted a few seconds ago, and other nodes may not know yet");
    }

    private boolean isApart(WriteStep step) {
        return step.result() != null && topology.isParted();
    }

    /** Stores with a lease of its own, which another write takes away meanwhile, as from a load. */
    private boolean isStoredApart(WriteStep step, long nanos) {
        EntryKey key = step.key();
        String write = step.write();
        if (!canLook(key, Purpose.WRITE)) {
            return !writes.yes(Script.END, key, nanos, write, Outcome.COMMITTED.name());
        }
        long until = System.nanoTime() + nanos;
        Duration settle = step.settle();
        StoredEntry result = Objects.requireNonNull(step.result());
        return writes.yes(
                        Script.END_LEASED,
                        key,
                        nanos,
                        write,
                        ScriptRunner.micros(LEASE_OF_A_RESULT),
                        ScriptRunner.micros(settle))
                && kept(writes, key, write, maxTransactionAge.plus(settle), until) == Verdict.LEASED
                && writes.yes(
                        Script.FILL,
                        key,
                        left(until),
                        write,
                        result.payload(),
                        result.life().toMillis());
    }

    private boolean canLook(EntryKey key, Purpose purpose) {
        return topology.isAnswering(Command.bytes(key.space().fence()), purpose);
    }

    /** Looks at the fence of the cache; gives the lease back unless it may be kept. */
    private static Verdict kept(ScriptRunner runner, EntryKey key, String token, Duration settle, long until) {
        boolean kept = false;
        try {
            long left = left(until);
            Verdict verdict = ReplyParser.grant(runner.reply(
                            Script.LOOK, key.space(), left - left / SHARE_OF_THE_RELEASE, ScriptRunner.micros(settle)))
                    .verdict();
            kept = verdict == Verdict.LEASED;
            return verdict;
        } finally {
            if (!kept) {
                release(runner, key, token, left(until));
            }
        }
    }

    /** If it fails, other callers wait until the lease runs out. */
    private static void release(ScriptRunner runner, EntryKey key, String token, long nanos) {
        try {
            runner.yes(Script.RELEASE, key, nanos, token);
        } catch (StoreException e) {
            if (e.reason() == Reason.GARBAGE) {
                throw e;
            }
        }
    }

    private static long left(long until) {
        return until - System.nanoTime();
    }
}
