package io.cachedconnection.internal.redis;

import io.cachedconnection.internal.engine.store.InvalidationListener;
import io.cachedconnection.internal.engine.store.RemoteStore;
import io.cachedconnection.internal.engine.store.Response;
import io.cachedconnection.internal.engine.store.StoreException;
import io.cachedconnection.internal.engine.store.Target;
import io.cachedconnection.internal.redis.Request.Purpose;
import java.util.List;
import java.util.Set;

/** Finds the server that holds a key. Thread-safe. */
interface Topology extends AutoCloseable {

    /**
     * Returns the reply to {@code request} from the server of its key.
     *
     * @throws StoreException for every failure, after {@code nanos} at the latest
     */
    default <T> T call(Request<T> request, long nanos) {
        return all(List.of(request), nanos).get(0).get();
    }

    /**
     * Returns the responses to {@code requests} in their order, each as {@link #call} would give it. Uses as few writes as
     * possible: one per server, and more for many requests or moving keys. Each write has {@code nanos}; after a failed one,
     * the rest share the remaining time.
     */
    <T> List<Response<T>> all(List<Request<T>> requests, long nanos);

    /** Whether the circuit breakers for {@code purpose} are closed on the servers of {@code target}. */
    boolean isAnswering(Target target, Purpose purpose);

    /** Whether the circuit breaker for {@code purpose} is closed on the server of the Redis key {@code name}. */
    boolean isAnswering(byte[] name, Purpose purpose);

    /** Probes the servers with an open circuit breaker. */
    void revive(long nanos);

    /** Returns all servers that hold keys. */
    List<Server> servers(long nanos);

    /** Returns the known servers, without a call. */
    List<Server> known();

    /** Asks the servers for the current ownership of slots, on the connections of {@code purpose}. */
    SlotOwnership slotOwnership(Purpose purpose, long nanos);

    /** Refreshes the map of slots to servers; each request may take {@code nanos}. */
    void lookAgain(long nanos);

    /** Whether all circuit breakers are closed. */
    boolean isCalm();

    /** Whether keys in different slots may be on different servers. */
    boolean isSharded();

    /** Subscribes as described for {@link RemoteStore#hear}. */
    void hear(Set<String> prefixes, InvalidationListener invalidationListener);

    @Override
    void close();
}
