package io.cachedconnection.internal.redis;

import io.cachedconnection.internal.engine.store.InvalidationListener;
import io.cachedconnection.internal.engine.store.RemoteStore;
import io.cachedconnection.internal.engine.store.Response;
import io.cachedconnection.internal.engine.store.StoreException;
import io.cachedconnection.internal.engine.store.Target;
import io.cachedconnection.internal.redis.Request.Purpose;
import java.util.List;
import java.util.Set;

/** The way from a key to the server that holds it. Thread-safe. */
interface Topology extends AutoCloseable {

    /**
     * The reply to {@code request}, from wherever its key is.
     *
     * @throws StoreException for every failure, after {@code nanos} at the latest
     */
    default <T> T call(Request<T> request, long nanos) {
        return all(List.of(request), nanos).get(0).get();
    }

    /**
     * The responses to {@code requests}, in their order, each as {@link #call} would give it, from as few writes as can be: one for each server, and
     * more where there are many, or where keys move. Each write has {@code nanos}; after one that failed the others have
     * what it has left.
     */
    <T> List<Response<T>> all(List<Request<T>> requests, long nanos);

    /** Whether the servers that are asked about {@code target} are worth asking for this. */
    boolean isAnswering(Target target, Purpose purpose);

    /** Whether the server that holds what Redis calls {@code name} is worth asking for this. */
    boolean isAnswering(byte[] name, Purpose purpose);

    /** Probes the servers that are left alone. */
    void revive(long nanos);

    /** All servers that hold keys, each of them its own. */
    List<Server> servers(long nanos);

    /** Which server holds which keys, as the servers say now, on the connections for this purpose. */
    SlotOwnership slotOwnership(Purpose purpose, long nanos);

    /** Finds out again which server holds which keys; each question may take {@code nanos}. */
    void lookAgain(long nanos);

    /** Whether no server is left alone. */
    boolean isCalm();

    /** Whether keys that do not go together may be on different servers. */
    boolean isSharded();

    /** As {@link RemoteStore#hear}. */
    void hear(Set<String> prefixes, InvalidationListener invalidationListener);

    @Override
    void close();
}
