package io.cachedconnection.internal.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cachedconnection.internal.common.Tokens;
import io.cachedconnection.internal.endpoint.ServerEvents;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.StoreException;
import io.cachedconnection.internal.engine.store.StoreException.Reason;
import io.cachedconnection.internal.redis.Request.Purpose;
import io.cachedconnection.internal.redis.Request.UntrustedException;
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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Tracks which servers are trusted with which caches. A restarted Redis may have come back with evicted entries, and a promoted
 * replica may have missed evictions; both then have another identity. For a cache, no entry is read from or stored in such a
 * server until one node has removed the cache's entries and recorded that in Redis for the other nodes: once per cache and
 * identity. Thread-safe.
 */
final class TrustedServers {

    /** The command that asks a Redis for its identity. */
    static final Command QUESTION = question("");

    private static final int FIELDS = 8; // of the reply, by index:
    private static final int RUN = 0;
    private static final int HISTORY = 1;
    private static final int ROLE = 2;
    private static final int FORMER_HISTORY = 3;
    private static final int REPLICAS = 4;
    private static final int WANTED_REPLICAS = 5;
    private static final int MAX_MEMORY = 6;
    private static final int POLICY = 7;

    private static final Logger LOG = System.getLogger(TrustedServers.class.getName());
    // Of callers; at most half of their time.
    private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long ROUND_TRIP = TimeUnit.SECONDS.toNanos(2);
    private static final long CLAIM_MICROS = TimeUnit.SECONDS.toMicros(10);
    private static final int NOTES_AT_A_TIME = 64; // in one write, once a second
    private static final int MOST_SERVERS = 1000; // in the record; a cluster has up to a thousand masters

    private final StoreExecutors executors;
    private final ServerEvents events;
    private final String address;
    private final boolean isCluster;
    private final Map<String, ServerIdentity> identities = new ConcurrentHashMap<>(); // grows by one with each failover
    private final Set<KeySpace> caches = ConcurrentHashMap.newKeySet(); // the caches that were asked for
    private final Map<ServerIdentity, Verification> verifications = new ConcurrentHashMap<>();
    private final AtomicInteger replacements = new AtomicInteger();
    private final Map<ServerIdentity, Integer> turns =
            new ConcurrentHashMap<>(); // maintenance of the records; one per verification
    private final AtomicBoolean unknownIsTold = new AtomicBoolean();
    private volatile @Nullable Verifier verifier;

    /** Removes stale entries and maintains the records, on the connections of these servers. */
    private record Verifier(ScriptRunner scripts, ScanEviction scanEviction) {

        /** Records that {@code identity} is trusted with {@code cache}. */
        void vouch(ServerIdentity identity, KeySpace cache, String isEvicted) {
            String unused = scripts.ofServers(Script.VOUCH, cache, identity, ROUND_TRIP, isEvicted, MOST_SERVERS);
        }
    }

    TrustedServers(StoreExecutors executors, ServerEvents events, String address, boolean isCluster) {
        this.executors = executors;
        this.events = events;
        this.address = address;
        this.isCluster = isCluster;
    }

    /** Enables the verification of servers. */
    void verifyBy(ScriptRunner scripts, ScanEviction scanEviction) {
        verifier = new Verifier(scripts, scanEviction);
    }

    /** Verifies each server, now or when it is met, for these caches. */
    void expect(Collection<KeySpace> expected) {
        caches.addAll(expected);
        verifications.values().forEach(verification -> verification.wantMore(expected));
    }

    /** Identifies the Redis of a connection. For threads that make connections, which have a time limit. */
    PooledConnection identified(JedisConnection connection, WatchedSocket socket) {
        return new PooledConnection(connection, socket, identity(() -> connection.ask(QUESTION)));
    }

    /** Returns the identity of the Redis whose reply to {@link #QUESTION} is {@code asked}. */
    ServerIdentity identity(Supplier<@Nullable Object> asked) {
        try {
            return identity(asked.get());
        } catch (JedisDataException | StoreException e) {
            if (RedisErrors.of(e).reason() == Reason.REFUSED) {
                return ServerIdentity.UNKNOWN;
            }
            throw e;
        }
    }

    private static Command question(String extent) {
        return Command.of("EVAL", Script.IDENTIFY.text(), 0, extent);
    }

    private ServerIdentity identity(@Nullable Object reply) {
        List<String> fields = fields(reply);
        if (fields.get(RUN).isEmpty()
                || fields.get(HISTORY).isEmpty()
                || fields.get(ROLE).isEmpty()) {
            return ServerIdentity.UNKNOWN;
        }
        String text = fields.get(RUN) + "/" + fields.get(HISTORY) + "/" + fields.get(ROLE);
        ServerIdentity known = identities.get(text);
        if (known != null) {
            return known;
        }
        boolean isMaster = fields.get(ROLE).equals("master");
        boolean wasPromoted =
                isMaster && !fields.get(FORMER_HISTORY).replace("0", "").isEmpty();
        // In a cluster, the majority prevents the former master from accepting writes beside a new one.
        return identities.computeIfAbsent(
                text, fresh -> new ServerIdentity(fresh, isMaster, wasPromoted, wasPromoted && !isCluster));
    }

    private static List<String> fields(@Nullable Object reply) {
        List<String> fields = ReplyParser.texts(reply).stream()
                .map(text -> new String(text, UTF_8))
                .toList();
        if (fields.size() != FIELDS) {
            throw ReplyParser.garbage();
        }
        return fields;
    }

    /** Records the identity of {@code server}: verifies it, and warns if its settings endanger consistency. */
    void met(Server server, ServerIdentity identity, boolean isReplacement) {
        if (isReplacement) {
            replacements.incrementAndGet();
        }
        if (!identity.isKnown()) {
            if (unknownIsTold.compareAndSet(false, true)) {
                executors.soon(() -> events.serverUnknown(address));
            }
        } else if (identity.isMaster()) {
            executors.soon(() -> checkSettings(server));
            verification(identity).want(server, Set.copyOf(caches));
        }
    }

    private void checkSettings(Server server) {
        List<String> fields = server.ask(Request.of(TrustedServers::fields, question("ALL")));
        String policy = fields.get(POLICY);
        if (!fields.get(MAX_MEMORY).isEmpty()
                && !fields.get(MAX_MEMORY).equals("0")
                && !policy.isEmpty()
                && !policy.equals("noeviction")) {
            events.serverForgets(displayName(server), policy);
        }
        boolean hasReplicas =
                !fields.get(REPLICAS).isEmpty() && !fields.get(REPLICAS).equals("0");
        if (hasReplicas && fields.get(WANTED_REPLICAS).isEmpty() && !isCluster) {
            events.serverWritesAlone(displayName(server));
        }
    }

    /** Returns the readable name of {@code server}. */
    private String displayName(Server server) {
        return server.name().isEmpty() ? address : server.name();
    }

    /** Returns how often a server was found to be another Redis than before. */
    int replacements() {
        return replacements.get();
    }

    /**
     * Whether {@code server} is trusted with {@code cache}, now or in a moment, for which it waits until {@code deadline} at
     * the latest. It does not wait for long removals.
     */
    boolean isSoonTrusted(Server server, ServerIdentity identity, KeySpace cache, long deadline) {
        caches.add(cache);
        if (identity.isMaster() && !identity.trusts(cache)) {
            verification(identity).await(server, cache, deadline);
        }
        return identity.isMaster() && identity.trusts(cache);
    }

    /**
     * Records the trust in {@code identity} again if a record is gone: Redis may have been flushed, and entries stored without
     * a record would count as unverified after a restart. Checks a part of many records each time. For the background.
     */
    void keepNoted(ServerIdentity identity) {
        @Nullable Verifier current = verifier;
        List<KeySpace> all = List.copyOf(identity.trusted());
        if (current == null || all.isEmpty() || !identity.isKnown()) {
            return;
        }
        int rounds = (all.size() + NOTES_AT_A_TIME - 1) / NOTES_AT_A_TIME;
        int first = Math.floorMod(turn(identity), rounds) * NOTES_AT_A_TIME;
        List<KeySpace> some = all.subList(first, Math.min(all.size(), first + NOTES_AT_A_TIME));
        if (!current.scripts.areNoted(some, identity)) {
            all.forEach(cache -> current.vouch(identity, cache, "KEPT"));
        }
    }

    private int turn(ServerIdentity identity) {
        return turns.merge(identity, 1, Integer::sum);
    }

    private Verification verification(ServerIdentity identity) {
        return verifications.computeIfAbsent(identity, Verification::new);
    }

    /** Callers that wait for a decision on a cache, until {@code until} at the latest. */
    private record Look(CountDownLatch decided, long until) {}

    /**
     * Makes one server trusted with caches, in the background: finds the record of another node, or removes the caches' entries
     * from the server and records that. One of all nodes removes; if it dies, its claim expires and another one takes over.
     * Thread-safe.
     */
    private final class Verification {

        private final ServerIdentity identity;
        private final String token = new Tokens().next();
        private final Map<KeySpace, Look> wanted = new ConcurrentHashMap<>();
        private final Runnable soon;
        private final AtomicBoolean isScheduled = new AtomicBoolean();
        private volatile @Nullable StoreException refusal; // no server can be trusted while a right is missing
        private volatile @Nullable Server server; // where it was last met
        // Used by the rounds, of which one runs at a time.
        private final Set<KeySpace> clean = new HashSet<>();
        private boolean isTold;
        private long pause = FIRST_PAUSE;

        Verification(ServerIdentity identity) {
            this.identity = identity;
            this.soon = executors.onceAtATimeForLong(this::round);
        }

        void want(Server at, Collection<KeySpace> caches) {
            server = at;
            wantMore(caches);
        }

        /** Verifies the server for more caches where it was last met; does nothing if it was never met. */
        void wantMore(Collection<KeySpace> caches) {
            if (server != null && !caches.isEmpty()) {
                caches.forEach(cache -> wanted.computeIfAbsent(
                        cache, fresh -> new Look(new CountDownLatch(1), System.nanoTime() + PATIENCE)));
                soon.run();
            }
        }

        /** Waits for {@code cache} as {@link #isSoonTrusted} describes. */
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
            @Nullable Verifier by = verifier;
            if (current == null || by == null || !current.is(identity)) {
                // Callers that still have a connection to it will lose it in a moment. One by one, because more may
                // come
                // meanwhile.
                wanted.keySet().forEach(cache -> {
                    undecided(cache);
                    wanted.remove(cache);
                });
                return;
            }
            try {
                if (current.isAnswering(Purpose.LOOKUP)) {
                    verify(current, by);
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
            if (wanted.isEmpty()) {
                pause = FIRST_PAUSE;
            } else {
                if (isScheduled.compareAndSet(false, true)) {
                    executors.after(pause, () -> {
                        isScheduled.set(false);
                        soon.run();
                    });
                    pause = Math.min(2 * pause, LONGEST_PAUSE);
                }
            }
        }

        private void verify(Server current, Verifier by) {
            boolean hasRival = identity.mayHaveRival();
            Set<KeySpace> toVouch = new HashSet<>();
            Set<KeySpace> unclean = new HashSet<>();
            for (KeySpace cache : Set.copyOf(wanted.keySet())) {
                boolean wasLeft = identity.wasLeft(cache);
                String which = wasLeft ? "ANEW" : !identity.wasPromoted() && !isCluster ? "FIRST" : "NOTED";
                String word =
                        by.scripts.ofServers(Script.CLAIM, cache, identity, ROUND_TRIP, token, CLAIM_MICROS, which);
                switch (word) {
                    case "TRUSTED" -> trust(cache);
                    case "NEW", "KNOWN" -> {
                        // A record is older than each entry beside it, and comes back or is lost with it.
                        boolean isNew = word.equals("NEW") && !wasLeft && !isCluster;
                        if (hasRival) { // until then entries may be stored over earlier connections
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
                boolean found = by.scanEviction.entriesOf(unclean, current, identity, ROUND_TRIP);
                clean.addAll(unclean);
                if (found && !isTold) {
                    isTold = true;
                    events.serverReplaced(displayName(current));
                }
            }
            for (KeySpace cache : toVouch) {
                boolean mayLack = identity.wasPromoted() || identity.wasLeft(cache);
                by.vouch(identity, cache, mayLack ? "EVICTED" : "KEPT");
                trust(cache);
            }
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
}
