package io.cachedconnection.internal.redis;

import io.cachedconnection.internal.core.StoreException;
import io.cachedconnection.internal.core.Target;
import java.util.List;

/** The way from a key to the server that holds it. Thread-safe. */
interface Topology extends AutoCloseable {

    /**
     * The reply to {@code request}, from wherever its key is.
     *
     * @throws StoreException for every failure, after {@code nanos} at the latest
     */
    <T> T call(Request<T> request, long nanos);

    /** Whether the server that is asked first about {@code target} is worth asking. */
    boolean isAnswering(Target target);

    /** Probes the servers that are left alone; true if one answered. */
    boolean revive(long nanos);

    /** All servers that hold keys, each of them its own. */
    List<Server> servers(long nanos);

    /** Which server holds which keys, as they say now. */
    Layout layout(long nanos);

    /** Whether keys that do not go together may be on different servers. */
    boolean isParted();

    @Override
    void close();
}
