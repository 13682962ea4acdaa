package io.cachedconnection.internal.redis;

import io.cachedconnection.internal.core.Hearing;
import io.cachedconnection.internal.core.Response;
import io.cachedconnection.internal.core.Target;
import io.cachedconnection.internal.redis.Request.Purpose;
import java.util.List;
import java.util.Set;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/** All keys on one server, whose feed is the only one. */
final class OneServer implements Topology {

    private final Server server;
    private final Feeds feeds;

    OneServer(Server server, Feeds feeds) {
        this.server = server;
        this.feeds = feeds;
    }

    @Override
    public <T> List<Response<T>> all(List<Request<T>> requests, long nanos) {
        List<Response<T>> responses = server.all(requests, nanos);
        responses.replaceAll(response -> response.failure() instanceof JedisRedirectionException elsewhere
                ? Response.failed(Failures.of(elsewhere)) // it is one of a cluster, and we are not told so
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
    public Layout layout(Purpose purpose, long nanos) {
        return Layout.FIXED;
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
    public void hear(Set<String> prefixes, Hearing hearing) {
        feeds.hear(prefixes, hearing);
    }

    @Override
    public void close() {
        feeds.close();
        server.close();
    }
}
