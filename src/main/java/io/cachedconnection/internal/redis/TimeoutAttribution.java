package io.cachedconnection.internal.redis;

import io.cachedconnection.internal.endpoint.RedisSettings.PoolSettings;
import io.cachedconnection.internal.engine.store.StoreException;
import io.cachedconnection.internal.engine.store.StoreException.Reason;
import io.cachedconnection.internal.redis.Exchange.State;
import java.util.Collection;
import java.util.concurrent.TimeUnit;

/**
 * Decides whose fault a wait is that took too long. Redis is to blame only if it was asked, or connected to, and had time to
 * answer; otherwise it is this process, which had no connection free or did not get to run. Also estimates which waits will be
 * too long. Guarded by the lock of its {@link ConnectionPool}.
 */
final class TimeoutAttribution {

    private static final int INERTIA = 8; // of the time that a batch usually takes, in batches

    private final long patience;
    private final long connectPatience;
    private long service; // how long a batch takes, lately
    private long answeredAt = System.nanoTime() - TimeUnit.SECONDS.toNanos(1);
    private long timedOutAt = answeredAt; // when a batch last had no answer although there was time for one
    private long lookedAtDial = -1; // the dialingSince of the last look at a caller that waits for the first connection
    private long ownTurnAt; // when such a look last found that it was this process' turn

    TimeoutAttribution(PoolSettings limits) {
        patience = limits.timeout().toNanos();
        connectPatience = limits.connectTimeout().toNanos();
    }

    static StoreException crowded() {
        return new StoreException(Reason.CROWDED, "no connection of this application was free in time");
    }

    static StoreException noAnswer() {
        return new StoreException(Reason.TIMEOUT, "no answer in time");
    }

    /** A batch took so long. Less counts at once, more bit by bit: this process may have been busy with something else. */
    void answered(long took, long now, boolean isHeavy) {
        answeredAt = now;
        if (!isHeavy) {
            service = service == 0 ? took : Math.min(took, service + (took - service) / INERTIA);
        }
    }

    /** A caller was sent away at once. If none tries, none learns how long a batch takes by now. */
    void sentAway() {
        service -= service / INERTIA;
    }

    /** Whether {@code exchange} would not have its reply in time if it were sent at {@code now}. */
    boolean isHopeless(Exchange exchange, long now) {
        long left = exchange.deadline() - now;
        // A caller that has nearly all its time tries: how else would it show that Redis is faster by now?
        return left < service && left < patience - patience / 4;
    }

    /** Whether the turn of {@code exchange} behind so many batches, on so many connections, would come too late. */
    boolean isTooFarBehind(Exchange exchange, int batches, int connections) {
        long left = exchange.deadline() - exchange.since();
        return connections > 0 && left < service + service * (1 + batches) / connections;
    }

    /** Why the caller of {@code exchange} has no reply in time, although there were connections. */
    StoreException lateReply(Exchange exchange, State state, long now, Collection<PooledConnection> all) {
        boolean hadTime = state == State.SENT
                && hadTime(exchange)
                && !exchange.connection().isHeldUp(now);
        return hadTime || isSilent(exchange, now, all) ? noAnswer() : crowded();
    }

    /** Why the batch of {@code leader} was cut. */
    StoreException cut(Exchange leader, long now, Collection<PooledConnection> all) {
        if (hadTime(leader) || isSilent(leader, now, all)) {
            timedOutAt = now;
            return noAnswer();
        }
        return crowded();
    }

    /** Whether Redis had as much time for {@code exchange} as it usually takes: much of it may have gone by in the queue. */
    private boolean hadTime(Exchange exchange) {
        long usual = Math.min(service + service / 4, patience - patience / 8);
        return exchange.timeToAnswer() >= Math.max(half(exchange), usual);
    }

    /** Whether Redis has answered no caller since {@code exchange} began, although others gave it time. */
    private boolean isSilent(Exchange exchange, long now, Collection<PooledConnection> all) {
        return answeredAt - exchange.since() < 0
                && (timedOutAt - exchange.since() >= 0
                        || all.stream().anyMatch(connection -> connection.silence(now) >= half(exchange)));
    }

    /** Half of the time that the caller of {@code exchange} has in all. */
    private long half(Exchange exchange) {
        return Math.min(patience, exchange.deadline() - exchange.since()) / 2;
    }

    /**
     * Why there is no connection in time.
     *
     * @param isDialing whether one is being made, since {@code dialingSince}
     * @param isFirst whether none was ever made, well or not: then everything else starts, too
     * @param silence of the peers that are connected to; -1 if there is none
     */
    StoreException noConnection(boolean isDialing, long dialingSince, boolean isFirst, long silence, long now) {
        if (silence <= 0 || lookedAtDial != dialingSince) {
            ownTurnAt = now;
        }
        lookedAtDial = dialingSince;
        long most = (isFirst ? connectPatience : patience) / 2;
        boolean isOwnFault = isDialing
                && now - dialingSince < (silence < 0 ? 1 : ConnectTimeouts.MOST_TIMES) * connectPatience
                && silence < most
                && now - ownTurnAt < most; // a peer that sends byte by byte is never silent for long
        return isOwnFault
                ? new StoreException(Reason.CROWDED, "this application has not come to make a connection yet")
                : new StoreException(Reason.TIMEOUT, "no connection in time");
    }

    /**
     * The looks at a wait whose time is over. As a rule there is one. There are more while this process is to blame: a reply
     * has arrived and is not read yet, or the looks themselves come late, because the process was stopped or does not get a
     * processor. Counts looks, for these are what the process could do, but lasts no longer than a moment. Used by one thread.
     */
    static final class GracePeriod {

        /** The pause between two looks. */
        static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(10);

        private static final long LATE = TimeUnit.MILLISECONDS.toNanos(5);
        private static final int AFTER_A_LATE_LOOK = 2;
        private static final long A_MOMENT = TimeUnit.MILLISECONDS.toNanos(150);

        private long planned;
        private long end;
        private int looks;
        private int owed;

        /** None yet; the first is planned for {@code deadline}. */
        GracePeriod(long deadline) {
            this.planned = deadline;
        }

        /** Looks at {@code now}. Whether the wait goes on until the next look. */
        boolean goesOn(long now, boolean isHeldUp) {
            owed = now - planned > LATE ? AFTER_A_LATE_LOOK : owed - 1;
            planned = now + PAUSE;
            end = looks++ == 0 ? now + A_MOMENT : end;
            return now - end < 0 && (isHeldUp || owed > 0);
        }
    }
}
