package io.cachedconnection.internal.redis;

import io.cachedconnection.internal.core.InvalidationListener;
import io.cachedconnection.internal.core.Response;
import io.cachedconnection.internal.core.Target;
import io.cachedconnection.internal.redis.Request.Purpose;
import java.util.List;
import java.util.Set;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/** All keys on one server, whose feed is the only one. */
final class SingleServer implements Topology {

    private final Server server;
    private final InvalidationStreams invalidationStreams;

    SingleServer(Server server, InvalidationStreams invalidationStreams) {
        this.server = server;
        this.invalidationStreams = invalidationStreams;
    }

    @Override
    public <T> List<Response<T>> all(List<Request<T>> requests, long nanos) {
        List<Response<T>> responses = server.all(requests, nanos);
        responses.replaceAll(response -> response.failure() instanceof JedisRedirectionException elsewhere
                ? Response.failed(RedisErrors.of(elsewhere)) // it is one of a cluster, and we are not told so
                : response);
        return responses;
    }

    @Override
    public boolean isAnswering(Target target, Purpose purpose) {
        return server.isAnswering(purpose);
    }

    @Override
    public boolean isAnswering(byte[] name, Purpose purpose) {
        return server.isAnswering(purpose);
    }

    @Override
    public void revive(long nanos) {
        server.revive(nanos);
    }

    @Override
    public List<Server> servers(long nanos) {
        return List.of(server);
    }

    @Override
    public SlotOwnership layout(Purpose purpose, long nanos) {
        return SlotOwnership.FIXED;
    }

    @Override
    public void lookAgain(long nanos) {
        // there is nowhere else to look
    }

    @Override
    public boolean isCalm() {
        return server.isAnswering(Purpose.LOOKUP) && server.isAnswering(Purpose.WRITE);
    }

    @Override
    public boolean isParted() {
        return false;
    }

    @Override
    public void hear(Set<String> prefixes, InvalidationListener invalidationListener) {
        invalidationStreams.hear(prefixes, invalidationListener);
    }

    @Override
    public void close() {
        invalidationStreams.close();
        server.close();
    }
}
