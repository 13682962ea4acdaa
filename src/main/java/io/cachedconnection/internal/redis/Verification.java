package io.cachedconnection.internal.redis;

import io.cachedconnection.internal.core.KeySpace;
import io.cachedconnection.internal.core.StoreException;
import io.cachedconnection.internal.core.StoreException.Reason;
import io.cachedconnection.internal.core.Tokens;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Makes one server trusted with caches, in the background: finds that another node has done so, or removes the caches' entries
 * from it and notes that. Of all nodes one removes; if it dies, its claim runs out and another one does. Thread-safe.
 */
final class Verification {

    /**
     * For how long after a promotion other nodes may still write to the former master, with evictions that the new one does
     * not hear of. A Sentinel finds within a second that the replica has become the master, tells the others every two
     * seconds, and each node asks one every second; the rest is for slow machines.
     */
    static final long RIVALRY = TimeUnit.SECONDS.toNanos(5);

    private static final Logger LOG = System.getLogger(Verification.class.getName());
    private static final long PATIENCE =
            TimeUnit.MILLISECONDS.toNanos(500); // of callers; half of the time that they have, at most
    private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long ROUND_TRIP = TimeUnit.SECONDS.toNanos(2);
    private static final long CLAIM_MICROS = TimeUnit.SECONDS.toMicros(10);
    private static final int MOST_SERVERS = 1000; // that are noted; a cluster has up to a thousand masters

    private final TrustedServers servers;
    private final ServerIdentity identity;
    private final String token = new Tokens().next();
    private final long since = System.nanoTime();
    private final Map<KeySpace, Look> wanted = new ConcurrentHashMap<>();
    private final Runnable soon;
    private final AtomicBoolean isScheduled = new AtomicBoolean();
    private volatile @Nullable StoreException refusal; // nobody can be trusted as long as a right is missing
    private volatile @Nullable Server server; // where it was met last
    // The rounds', of which there is one at a time.
    private final Set<KeySpace> clean = new HashSet<>();
    private boolean isTold;
    private long pause = FIRST_PAUSE;

    Verification(TrustedServers servers, ServerIdentity identity) {
        this.servers = servers;
        this.identity = identity;
        this.soon = servers.background().onceAtATimeForLong(this::round);
    }

    /** Who waits for a cache, and for how long that is worth it. */
    private record Look(CountDownLatch decided, long until) {
        static Look now() {
            return new Look(new CountDownLatch(1), System.nanoTime() + PATIENCE);
        }
    }

    void want(Server at, Collection<KeySpace> caches) {
        server = at;
        caches.forEach(cache -> wanted.computeIfAbsent(cache, fresh -> Look.now()));
        soon.run();
    }

    /** Waits for {@code cache} as {@link TrustedServers#isSoonTrusted} says. */
    void await(Server at, KeySpace cache, long deadline) {
        @Nullable Look look = wanted.get(cache);
        if (look == null) {
            want(at, List.of(cache));
            look = wanted.get(cache);
        }
        long now = System.nanoTime();
        long wait = look == null ? 0 : Math.min(look.until - now, (deadline - now) / 2);
        try {
            if (look != null && look.decided.await(wait, TimeUnit.NANOSECONDS)) {
                LOG.log(Level.TRACE, "A server of Redis is trusted, or will not be soon.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        @Nullable StoreException refused = refusal;
        if (refused != null && !identity.trusts(cache)) {
            throw refused;
        }
    }

    private void round() {
        @Nullable Server current = server;
        TrustedServers.@Nullable Verifier verifier = servers.verifier();
        if (current == null || verifier == null || !current.is(identity)) {
            wanted.values().forEach(look -> look.decided.countDown());
            wanted.clear(); // who still has a connection to it loses that in a moment
            return;
        }
        try {
            if (current.isAnswering()) {
                verify(current, verifier);
                refusal = null;
            }
        } catch (StoreException | UntrustedException e) {
            clean.clear();
            refusal = e instanceof StoreException failure && failure.reason() == Reason.REFUSED ? failure : null;
            if (refusal != null) {
                wanted.keySet().forEach(this::undecided);
            }
            LOG.log(Level.DEBUG, () -> "A server of Redis is not verified yet: " + e.getMessage());
        }
        if (!wanted.isEmpty()) {
            pause = Math.min(2 * pause, LONGEST_PAUSE);
            roundAfter(pause);
        }
    }

    private void roundAfter(long nanos) {
        if (isScheduled.compareAndSet(false, true)) {
            servers.background().after(nanos, () -> {
                isScheduled.set(false);
                soon.run();
            });
        }
    }

    private void verify(Server current, TrustedServers.Verifier verifier) {
        boolean hasRival = identity.mayHaveRival() && System.nanoTime() - since < RIVALRY;
        Set<KeySpace> toVouch = new HashSet<>();
        Set<KeySpace> unclean = new HashSet<>();
        for (KeySpace cache : Set.copyOf(wanted.keySet())) {
            String word = asked(verifier, Script.CLAIM, cache, token, CLAIM_MICROS);
            switch (word) {
                case "TRUSTED" -> trust(cache);
                case "NEW", "KNOWN" -> {
                    // What is noted is older than each entry beside it, and comes back or is lost with it.
                    boolean isNew = word.equals("NEW") && !servers.areParted();
                    if (hasRival && !isNew) {
                        undecided(cache);
                    } else {
                        toVouch.add(cache);
                    }
                    if (!isNew && !clean.contains(cache)) {
                        unclean.add(cache);
                    }
                }
                default -> clean.remove(cache); // another node has claimed it
            }
        }
        if (!unclean.isEmpty()) {
            boolean found = verifier.sweep().entriesOf(unclean, current, identity, ROUND_TRIP);
            clean.addAll(unclean);
            if (found && !isTold) {
                isTold = true;
                servers.tellReplaced(current);
            }
        }
        for (KeySpace cache : toVouch) {
            asked(verifier, Script.VOUCH, cache, identity.wasPromoted() ? "EVICTED" : "KEPT", MOST_SERVERS);
            trust(cache);
        }
    }

    private String asked(TrustedServers.Verifier verifier, Script script, KeySpace cache, Object... arguments) {
        return verifier.scripts().ofServers(script, cache, identity, ROUND_TRIP, arguments);
    }

    private void undecided(KeySpace cache) {
        @Nullable Look look = wanted.get(cache);
        if (look != null) {
            look.decided.countDown();
        }
    }

    private void trust(KeySpace cache) {
        identity.trust(cache);
        clean.remove(cache);
        @Nullable Look look = wanted.remove(cache);
        if (look != null) {
            look.decided.countDown();
        }
    }
}
