package io.cachedconnection.internal.redis;

import io.cachedconnection.internal.core.KeySpace;
import io.cachedconnection.internal.core.StoreException;
import io.cachedconnection.internal.core.StoreException.Reason;
import io.cachedconnection.internal.core.Tokens;
import io.cachedconnection.internal.redis.Request.Purpose;
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
        wantMore(caches);
    }

    /** Verifies the server for these caches where it was met last; does nothing if it was not met yet. */
    void wantMore(Collection<KeySpace> caches) {
        if (server != null && !caches.isEmpty()) {
            caches.forEach(cache -> wanted.computeIfAbsent(cache, fresh -> Look.now()));
            soon.run();
        }
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
            if (look != null) {
                boolean unused = look.decided.await(wait, TimeUnit.NANOSECONDS);
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
            if (current.isAnswering(Purpose.LOOKUP)) {
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
        boolean hasRival = identity.mayHaveRival();
        Set<KeySpace> toVouch = new HashSet<>();
        Set<KeySpace> unclean = new HashSet<>();
        for (KeySpace cache : Set.copyOf(wanted.keySet())) {
            boolean wasLeft = identity.wasLeft(cache);
            String word = claimed(verifier, cache);
            switch (word) {
                case "TRUSTED" -> trust(cache);
                case "NEW", "KNOWN" -> {
                    // What is noted is older than each entry beside it, and comes back or is lost with it.
                    boolean isNew = word.equals("NEW") && !wasLeft && !servers.areParted();
                    if (hasRival) { // until then entries may be stored over connections that were made before
                        undecided(cache);
                    } else {
                        toVouch.add(cache);
                        if (!isNew && !clean.contains(cache)) {
                            unclean.add(cache);
                        }
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
            boolean mayLack = identity.wasPromoted() || identity.wasLeft(cache);
            vouched(verifier, identity, cache, mayLack ? "EVICTED" : "KEPT");
            trust(cache);
        }
    }

    /** Whether {@code identity} is noted as trusted with {@code cache}; if not, who removes its entries. */
    private String claimed(TrustedServers.Verifier verifier, KeySpace cache) {
        boolean mayBeFirst = !identity.wasPromoted() && !servers.areParted();
        String which = identity.wasLeft(cache) ? "ANEW" : mayBeFirst ? "FIRST" : "NOTED";
        return verifier.scripts().ofServers(Script.CLAIM, cache, identity, ROUND_TRIP, token, CLAIM_MICROS, which);
    }

    /** Notes that it is. */
    static void vouched(TrustedServers.Verifier verifier, ServerIdentity identity, KeySpace cache, String isEvicted) {
        verifier.scripts().ofServers(Script.VOUCH, cache, identity, ROUND_TRIP, isEvicted, MOST_SERVERS);
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
