package io.cachedconnection.internal.redis;

import io.cachedconnection.internal.core.CacheKey;
import io.cachedconnection.internal.core.Hearing;
import io.cachedconnection.internal.core.HostPort;
import io.cachedconnection.internal.core.StoreException;
import io.cachedconnection.internal.core.StoreException.Reason;
import io.cachedconnection.internal.core.Target;
import io.cachedconnection.internal.redis.Request.Purpose;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.exceptions.JedisAskDataException;
import redis.clients.jedis.exceptions.JedisMovedDataException;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/** Keys on the masters of a Redis Cluster, which send each other's callers on while keys move between them. */
final class Cluster implements Topology {

    private static final int MOST_REDIRECTIONS = 5;
    private static final long MOVING_PAUSE = TimeUnit.MILLISECONDS.toNanos(2);

    private final ClusterMap map;
    private final Lookout lookout;
    private final Feeds feeds;

    /** The cluster of {@code map}, which {@code lookout} keeps up to date; {@code feeds} are those of its masters. */
    Cluster(ClusterMap map, Lookout lookout, Feeds feeds) {
        this.map = map;
        this.lookout = lookout;
        this.feeds = feeds;
    }

    @Override
    public <T> T call(Request<T> request, long nanos) {
        long until = System.nanoTime() + nanos;
        int slot = SlotMap.slot(request.key());
        for (int tries = 1; ; tries++) {
            @Nullable HostPort master = map.slots().master(slot);
            try {
                return redirected(request, slot, until);
            } catch (StoreException e) {
                boolean isReplaced = !Objects.equals(master, map.slots().master(slot));
                boolean mayPass = e.reason() == Reason.MOVING || (request.purpose() == Purpose.WRITE && isReplaced);
                if (!mayPass || !isWorthAnotherTry(request, tries, until)) {
                    throw e;
                }
            }
            LockSupport.parkNanos(MOVING_PAUSE);
        }
    }

    /**
     * Some of the keys have moved, or are still to be made while their slot moves. As a rule that is over in a moment; where
     * whoever moves the slot has given up, it is not over for days, and then lookups do not wait for it.
     */
    private static boolean isWorthAnotherTry(Request<?> request, int tries, long until) {
        return (request.isRepeatable() || tries == 1)
                && left(until) > MOVING_PAUSE
                && !Thread.currentThread().isInterrupted();
    }

    private <T> T redirected(Request<T> request, int slot, long until) {
        Server server = lookout.server(slot, until);
        boolean asking = false;
        for (int i = 0; i < MOST_REDIRECTIONS; i++) {
            try {
                return asking ? server.callAsking(request, left(until)) : server.call(request, left(until));
            } catch (JedisRedirectionException e) {
                server = next(e, server);
                asking = e instanceof JedisAskDataException;
            } catch (StoreException e) {
                lookout.lookAgainAfter(e);
                throw e;
            }
        }
        throw new StoreException(Reason.NOT_NOW, "its servers send callers in circles");
    }

    /** Where {@code redirection}, which {@code server} has sent, leads. */
    private Server next(JedisRedirectionException redirection, Server server) {
        HostPort target = lookout.target(redirection, server);
        Server next = map.server(target);
        if (redirection instanceof JedisMovedDataException) {
            map.moved(redirection.getSlot(), target);
            lookout.lookSoon(); // others may have moved with it
        }
        feeds.reading(target.toString());
        return next;
    }

    private static long left(long until) {
        return until - System.nanoTime();
    }

    @Override
    public boolean isAnswering(Target target, Purpose purpose) {
        // An eviction of all of a cache needs every master.
        return lookout.isCalm()
                || (target instanceof CacheKey key
                        ? isAnswering(SlotMap.slot(Names.of(key)), purpose)
                        : lookout.isFirstLook() || map.isAnswering(purpose));
    }

    @Override
    public boolean isAnswering(byte[] name, Purpose purpose) {
        return lookout.isCalm() || isAnswering(SlotMap.slot(name), purpose);
    }

    private boolean isAnswering(int slot, Purpose purpose) {
        return lookout.hasMaster(slot) && map.isAnswering(slot, purpose);
    }

    @Override
    public void revive(long nanos) {
        @Nullable StoreException failure = lookout.trouble();
        for (Server server : map.servers().values()) {
            try {
                server.revive(nanos);
            } catch (StoreException e) { // the others are probed all the same
                lookout.lookAgainAfter(e);
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public List<Server> servers(long nanos) {
        return lookout.masters(System.nanoTime() + nanos);
    }

    @Override
    public Layout layout(Purpose purpose, long nanos) {
        List<@Nullable Object> replies = new ArrayList<>();
        for (Server server : servers(nanos)) {
            replies.add(server.ask(Request.of(Lookout.NODES).on(purpose), nanos));
        }
        return Layout.of(replies);
    }

    @Override
    public void lookAgain(long nanos) {
        lookout.look(nanos);
    }

    @Override
    public boolean isCalm() {
        return lookout.isCalm();
    }

    @Override
    public boolean isParted() {
        return true;
    }

    @Override
    public void hear(Set<String> prefixes, Hearing hearing) {
        feeds.hear(prefixes, hearing);
    }

    @Override
    public void close() {
        map.close();
    }
}
