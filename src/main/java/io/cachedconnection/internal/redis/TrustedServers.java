package io.cachedconnection.internal.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cachedconnection.internal.core.KeySpace;
import io.cachedconnection.internal.core.ServerEvents;
import io.cachedconnection.internal.core.StoreException;
import io.cachedconnection.internal.core.StoreException.Reason;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Which servers are trusted with which caches. A Redis that was restarted may have come back with entries that were evicted,
 * and a replica that was promoted may have missed evictions; either has another identity then. Nothing is read from it or
 * stored in it for a cache until one node has removed the cache's entries, and has noted so in Redis, where the others read
 * it: once for each cache and identity. Thread-safe.
 */
final class TrustedServers {

    /** Asks a Redis which one it is. */
    static final CommandArguments QUESTION = question("");

    private static final int FIELDS = 8; // of the reply, by number:
    private static final int RUN = 0;
    private static final int HISTORY = 1;
    private static final int ROLE = 2;
    private static final int FORMER_HISTORY = 3;
    private static final int REPLICAS = 4;
    private static final int WANTED_REPLICAS = 5;
    private static final int MAX_MEMORY = 6;
    private static final int POLICY = 7;

    private final StoreExecutors executors;
    private final ServerEvents events;
    private final String address;
    private final boolean isCluster;
    private final Map<String, ServerIdentity> identities = new ConcurrentHashMap<>(); // one more with each failover
    private final Set<KeySpace> caches = ConcurrentHashMap.newKeySet(); // those that were asked for
    private final Map<ServerIdentity, Verification> verifications = new ConcurrentHashMap<>();
    private final AtomicInteger replacements = new AtomicInteger();
    private final AtomicInteger turn = new AtomicInteger();
    private final AtomicBoolean unknownIsTold = new AtomicBoolean();
    private volatile @Nullable Verifier verifier;

    /** Removes what may be old, and keeps the notes; on the connections that these servers are about. */
    record Verifier(ScriptRunner scripts, ScanEviction sweep) {}

    TrustedServers(StoreExecutors executors, ServerEvents events, String address, boolean isCluster) {
        this.executors = executors;
        this.events = events;
        this.address = address;
        this.isCluster = isCluster;
    }

    /** From now on servers can be verified. */
    void verifyBy(ScriptRunner scripts, ScanEviction sweep) {
        verifier = new Verifier(scripts, sweep);
    }

    /** Has each server verified for these caches when it is met, and those that have been met already. */
    void expect(Collection<KeySpace> expected) {
        caches.addAll(expected);
        verifications.values().forEach(verification -> verification.wantMore(expected));
    }

    @Nullable Verifier verifier() {
        return verifier;
    }

    StoreExecutors background() {
        return executors;
    }

    /** A connection that knows which Redis it leads to. For whoever dials, who has a curfew. */
    PooledConnection identified(MarkedConnection markedConnection, WatchedSocket socket) {
        return new PooledConnection(markedConnection, socket, identity(() -> markedConnection.ask(QUESTION)));
    }

    /** Which Redis has given the reply to {@link #QUESTION} that {@code asked} gets. */
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

    private static CommandArguments question(String extent) {
        return new CommandArguments(Command.EVAL)
                .add(Script.IDENTIFY.text())
                .add(0)
                .add(extent);
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
        // In a cluster a majority sees to it that the former master takes no writes when another one does.
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

    /** {@code server} has turned out to be this one: verifies it, and warns if its settings break the promise. */
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
        List<String> fields = fields(server.ask(new CommandObject<>(question("ALL"), ReplyParser.AS_IT_IS)));
        String policy = fields.get(POLICY);
        if (!fields.get(MAX_MEMORY).isEmpty()
                && !fields.get(MAX_MEMORY).equals("0")
                && !policy.isEmpty()
                && !policy.equals("noeviction")) {
            events.serverForgets(told(server), policy);
        }
        boolean hasReplicas =
                !fields.get(REPLICAS).isEmpty() && !fields.get(REPLICAS).equals("0");
        if (hasReplicas && fields.get(WANTED_REPLICAS).isEmpty() && !isCluster) {
            events.serverWritesAlone(told(server));
        }
    }

    /** What people call {@code server}. */
    private String told(Server server) {
        return server.name().isEmpty() ? address : server.name();
    }

    /** Whether notes and entries may be on different servers. */
    boolean areParted() {
        return isCluster;
    }

    /** How often another Redis than before was found somewhere. */
    int replacements() {
        return replacements.get();
    }

    /**
     * Whether {@code server} is trusted with {@code cache} now, or will be in a moment, which this waits for until
     * {@code deadline} at the latest. Removing much takes longer than a moment, and is not waited for.
     */
    boolean isSoonTrusted(Server server, ServerIdentity identity, KeySpace cache, long deadline) {
        caches.add(cache);
        if (identity.isMaster() && !identity.trusts(cache)) {
            verification(identity).await(server, cache, deadline);
        }
        return identity.isMaster() && identity.trusts(cache);
    }

    /**
     * Notes once more what {@code identity} is trusted with, if one of its notes, another one each time, is gone: somebody may have
     * flushed Redis, and what is stored without a note would be taken for new after a restart. For the background.
     */
    void keepNoted(ServerIdentity identity) {
        @Nullable Verifier current = verifier;
        List<KeySpace> all = List.copyOf(identity.trusted());
        if (current == null || all.isEmpty() || !identity.isKnown()) {
            return;
        }
        KeySpace one = all.get(Math.floorMod(turn.getAndIncrement(), all.size()));
        if (!current.scripts().isNoted(one, identity)) {
            all.forEach(cache -> Verification.vouched(current, identity, cache, "KEPT"));
        }
    }

    private Verification verification(ServerIdentity identity) {
        return verifications.computeIfAbsent(identity, fresh -> new Verification(this, fresh));
    }

    /** Entries of before the change are being removed from {@code server}. */
    void tellReplaced(Server server) {
        events.serverReplaced(told(server));
    }
}
