package io.cachedconnection.internal.redis;

import io.cachedconnection.internal.core.CacheKey;
import io.cachedconnection.internal.core.Claim;
import io.cachedconnection.internal.core.Entry;
import io.cachedconnection.internal.core.Grant;
import io.cachedconnection.internal.core.Grant.Verdict;
import io.cachedconnection.internal.core.KeySpace;
import io.cachedconnection.internal.core.Outcome;
import io.cachedconnection.internal.core.StoreException;
import io.cachedconnection.internal.core.StoreException.Reason;
import io.cachedconnection.internal.redis.Request.Purpose;
import java.time.Duration;

/**
 * The fences on different servers of a cluster. First the lease, then a look at the cache's fence: an eviction of all that
 * announces itself after that look takes the lease away before anything is filled. The other way round there would be a gap.
 * Each server measures times by its own clock only; lengths of time, not moments, are compared over servers.
 */
final class ApartSteps implements LeaseSteps {

    private static final Duration LEASE_OF_A_RESULT = Duration.ofSeconds(1);

    private static final int SHARE_OF_THE_RELEASE = 10;

    private final Topology topology;
    private final LeaseSteps ofTheKey;
    private final ScriptRunner scripts;
    private final ScriptRunner ofWrites;
    private final Duration maxTransactionAge;

    ApartSteps(Topology topology, ScriptRunner scripts, Duration maxTransactionAge) {
        this.topology = topology;
        this.ofTheKey = new TogetherSteps(scripts);
        this.scripts = scripts;
        this.ofWrites = scripts.ofWrites();
        this.maxTransactionAge = maxTransactionAge;
    }

    @Override
    public Grant acquire(CacheKey key, Claim claim, long nanos) {
        if (!canLook(key, Purpose.LOOKUP)) {
            return Grant.of(Verdict.FENCED); // as long as nobody knows whether it is
        }
        long until = System.nanoTime() + nanos;
        Grant grant = ofTheKey.acquire(key, claim, nanos);
        if (grant.verdict() != Verdict.LEASED) {
            return grant;
        }
        Verdict ofAll = kept(scripts, key, claim.token(), claim.settle(), until);
        return Grant.of(ofAll);
    }

    /** With a lease of its own, which whoever writes meanwhile takes away, as from a load. */
    @Override
    public boolean endWith(CacheKey key, String write, Duration settle, Entry entry, long nanos) {
        if (!canLook(key, Purpose.WRITE)) {
            ofWrites.yes(Script.END, key, nanos, write, Outcome.COMMITTED.name());
            return false;
        }
        long until = System.nanoTime() + nanos;
        return ofWrites.yes(Script.END_LEASED, key, nanos, write, Times.micros(LEASE_OF_A_RESULT), Times.micros(settle))
                && kept(ofWrites, key, write, maxTransactionAge.plus(settle), until) == Verdict.LEASED
                && ofWrites.yes(Script.FILL, key, left(until), write, entry.payload(), Times.millis(entry.life()));
    }

    private boolean canLook(CacheKey key, Purpose purpose) {
        return topology.isAnswering(Names.fence(key.space()), purpose);
    }

    /** Looks at the fence of the cache; gives the lease back unless it may be kept. */
    private static Verdict kept(ScriptRunner runner, CacheKey key, String token, Duration settle, long until) {
        boolean kept = false;
        try {
            long left = left(until);
            Verdict verdict = look(runner, key.space(), settle, left - left / SHARE_OF_THE_RELEASE);
            kept = verdict == Verdict.LEASED;
            return verdict;
        } finally {
            if (!kept) {
                release(runner, key, token, left(until));
            }
        }
    }

    private static Verdict look(ScriptRunner runner, KeySpace space, Duration settle, long nanos) {
        return Replies.grant(runner.reply(Script.LOOK, space, nanos, Times.micros(settle)))
                .verdict();
    }

    /** Whoever wants it otherwise waits until it runs out. */
    private static void release(ScriptRunner runner, CacheKey key, String token, long nanos) {
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
