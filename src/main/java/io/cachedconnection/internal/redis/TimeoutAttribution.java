package io.cachedconnection.internal.redis;

import io.cachedconnection.internal.endpoint.RedisSettings.PoolSettings;
import io.cachedconnection.internal.engine.store.StoreException;
import io.cachedconnection.internal.engine.store.StoreException.Reason;
import io.cachedconnection.internal.redis.Exchange.State;
import java.util.Collection;
import java.util.concurrent.TimeUnit;

/**
 * Decides who caused a timeout. Redis did only if it was asked, or connected to, and had time to answer; otherwise this process
 * had no free connection or no processor. Also estimates which waits will be too long. Guarded by the lock of its {@link
 * ConnectionPool}.
 */
final class TimeoutAttribution {

    private static final int INERTIA = 8; // of the usual time of a batch, counted in batches

    private final long patience;
    private final long connectPatience;
    private long service; // the recent time of a batch
    private long answeredAt = System.nanoTime() - TimeUnit.SECONDS.toNanos(1);
    private long timedOutAt = answeredAt; // when a batch last got no reply although there was time for one
    private long lookedAtDial =
            -1; // the dialingSince of the last check of a caller that waits for the first connection
    private long ownTurnAt; // when such a check last found that it was this process' turn

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

    /**
     * Records the time of a batch. A shorter time counts at once, a longer one gradually, because this process may have been
     * busy.
     */
    void answered(long took, long now, boolean isHeavy) {
        answeredAt = now;
        if (!isHeavy) {
            service = service == 0 ? took : Math.min(took, service + (took - service) / INERTIA);
        }
    }

    /** Records a caller that was refused at once. Lowers the estimate, because without tries it would never change. */
    void sentAway() {
        service -= service / INERTIA;
    }

    /** Whether {@code exchange} would be late if it were sent at {@code now}. */
    boolean isHopeless(Exchange exchange, long now) {
        long left = exchange.deadline() - now;
        // A caller that has nearly all its time tries, to find out whether Redis is faster now.
        return left < service && left < patience - patience / 4;
    }

    /** Whether {@code exchange} would be late behind this many batches on this many connections. */
    boolean isTooFarBehind(Exchange exchange, int batches, int connections) {
        long left = exchange.deadline() - exchange.since();
        return connections > 0 && left < service + service * (1 + batches) / connections;
    }

    /** Returns why the caller of {@code exchange} has no reply in time, although there were connections. */
    StoreException lateReply(Exchange exchange, State state, long now, Collection<PooledConnection> all) {
        boolean hadTime = state == State.SENT
                && hadTime(exchange)
                && !exchange.connection().isHeldUp(now);
        return hadTime || isSilent(exchange, now, all) ? noAnswer() : crowded();
    }

    /** Returns why the batch of {@code leader} was cut. */
    StoreException cut(Exchange leader, long now, Collection<PooledConnection> all) {
        if (hadTime(leader) || isSilent(leader, now, all)) {
            timedOutAt = now;
            return noAnswer();
        }
        return crowded();
    }

    /** Whether Redis had its usual time for {@code exchange}, which may have spent much of its time in the queue. */
    private boolean hadTime(Exchange exchange) {
        long usual = Math.min(service + service / 4, patience - patience / 8);
        return exchange.timeToAnswer() >= Math.max(half(exchange), usual);
    }

    /** Whether Redis has answered no caller since {@code exchange} began, although others gave it enough time. */
    private boolean isSilent(Exchange exchange, long now, Collection<PooledConnection> all) {
        return answeredAt - exchange.since() < 0
                && (timedOutAt - exchange.since() >= 0
                        || all.stream().anyMatch(connection -> connection.silence(now) >= half(exchange)));
    }

    /** Returns half of the total time of the caller of {@code exchange}. */
    private long half(Exchange exchange) {
        return Math.min(patience, exchange.deadline() - exchange.since()) / 2;
    }

    /**
     * Returns why there is no connection in time.
     *
     * @param isDialing whether a connection is being made, since {@code dialingSince}
     * @param isFirst whether no connection was ever tried: everything else starts at the same time then
     * @param silence the silence of the peers being connected to; -1 if there are none
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
                && now - ownTurnAt < most; // a peer that sends single bytes is never silent for long
        return isOwnFault
                ? new StoreException(Reason.CROWDED, "this application has not come to make a connection yet")
                : new StoreException(Reason.TIMEOUT, "no connection in time");
    }

    /**
     * The checks of a wait whose time is over. Usually there is one. There are more while this process is to blame: a reply has
     * arrived but is not read yet, or the checks themselves are late, because the process was suspended or gets no processor.
     * It counts checks, which represent what the process could do, but lasts only a moment. Confined to one thread.
     */
    static final class GracePeriod {

        /** The pause between two checks. */
        static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(10);

        private static final long LATE = TimeUnit.MILLISECONDS.toNanos(5);
        private static final int AFTER_A_LATE_LOOK = 2;
        private static final long A_MOMENT = TimeUnit.MILLISECONDS.toNanos(150);

        private long planned;
        private long end;
        private int looks;
        private int owed;

        /** Creates a period whose first check is at {@code deadline}. */
        GracePeriod(long deadline) {
            this.planned = deadline;
        }

        /** Checks at {@code now}; returns whether the wait goes on until the next check. */
        boolean goesOn(long now, boolean isHeldUp) {
            owed = now - planned > LATE ? AFTER_A_LATE_LOOK : owed - 1;
            planned = now + PAUSE;
            end = looks++ == 0 ? now + A_MOMENT : end;
            return now - end < 0 && (isHeldUp || owed > 0);
        }
    }
}
