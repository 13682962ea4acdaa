package io.cachedconnection.internal.core;

import io.cachedconnection.internal.core.Flights.Seat;
import io.cachedconnection.internal.message.CoreMessage;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets callers of this node share a load. Who comes while a load runs takes its value only if the remote store vouches for
 * it; otherwise it waits for the next load, which begins after it came, and shares that one with all who wait. A value is
 * decoded anew for each caller. Nobody waits for longer than a load may take, or for itself; nor for long for a load that waits
 * for another thread, which may be the caller's. Thread-safe.
 */
final class SharingLayer implements Layer {

    private static final Duration LEAST_DOUBT = Duration.ofMillis(100);
    private static final int MOST_DOUBLINGS = 10;

    private final Flights flights = new Flights();
    private final WaitGraph graph = new WaitGraph();
    private final ThreadLocal<Pilot> pilots = ThreadLocal.withInitial(Pilot::new);
    private final Protocol protocol;
    private final LongSupplier nanoTime;
    private final EngineEvents events;
    private final Layer next;

    SharingLayer(Protocol protocol, LongSupplier nanoTime, EngineEvents events, Layer next) {
        this.protocol = protocol;
        this.events = events;
        this.nanoTime = nanoTime;
        this.next = next;
    }

    @Override
    public <V> Answer<V> read(Read<V> read) throws Exception {
        Pilot pilot = pilots.get();
        if (pilot.isLoading(read.key())) {
            throw new IllegalStateException(
                    CoreMessage.LOADS_ITSELF.with(read.key().cache()));
        }
        try {
            return boarded(read, pilot, nanoTime.getAsLong() + patience(read.reader()));
        } finally {
            forgetIdle(pilot);
        }
    }

    /** In a transaction it may hold what the load needs: a connection, or a lock in the database. */
    private long patience(Reader reader) {
        return (reader.keeper() == null ? protocol.leaseTimeout() : protocol.leaseWait()).toNanos();
    }

    /** Whose pilot brings something for itself only boards once more: the others still share one load. */
    private <V> Answer<V> boarded(Read<V> read, Pilot pilot, long until) throws Exception {
        Seat seat = flights.board(read.key(), pilot);
        while (!seat.isPilot()) {
            Landing landing = landing(seat.flight(), until, false);
            if (landing.failure() != null) {
                throw landing.failure();
            }
            Copy<V> copy = Copy.of(read, landing);
            if (copy != null) {
                return copy.answer();
            }
            if (!landing.isOwn() || read.reader().isAlone()) {
                return fly(read, new Flight(read.key(), pilot));
            }
            seat = flights.board(read.key(), pilot);
        }
        return asPilot(read, seat, until);
    }

    private void land(Flight flight, Landing landing) {
        if (!flight.landing.isDone()) {
            flights.leave(flight);
            flight.landing.complete(landing);
        }
    }

    private <V> Answer<V> asPilot(Read<V> read, Seat seat, long until) throws Exception {
        try {
            return piloted(read, seat, until);
        } finally {
            land(seat.flight(), Landing.NOTHING); // if it has not landed: whatever happens, nobody waits for ever
        }
    }

    private <V> Answer<V> piloted(Read<V> read, Seat seat, long until) throws Exception {
        Landing before = seat.before() == null ? Landing.NOTHING : landing(seat.before(), until, true);
        Copy<V> copy = before.isCurrent() ? Copy.of(read, before) : null;
        if (copy != null) {
            land(seat.flight(), before.handedOn());
            return copy.answer();
        }
        if (seat.before() != null && !seat.before().landing.isDone()) {
            flights.leave(seat.flight()); // it takes off beside the other one, so nobody may board any more
        }
        return fly(read, seat.flight());
    }

    /**
     * What {@code flight} brought; nothing if waiting for it would be for ever, or was too long, or was interrupted. Where
     * {@code isDoubted}, also not if its load is waiting for another thread after {@code lease-wait}: what that thread does for
     * it may be this very lookup, which cannot be seen from here. Each that has gone on doubles the wait of the next, for the load may
     * be slow and nothing else.
     */
    private Landing landing(Flight flight, long until, boolean isDoubted) {
        Pilot pilot = pilots.get();
        if (!graph.mayWait(pilot, flight)) {
            return Landing.NOTHING;
        }
        long left = until - nanoTime.getAsLong();
        long doubt = Math.max(protocol.leaseWait().toNanos(), LEAST_DOUBT.toNanos())
                << Math.min(flight.doubts.get(), MOST_DOUBLINGS);
        try {
            while (isDoubted && left > doubt) {
                Landing landing = landing(flight, doubt);
                if (landing != null) {
                    return landing;
                }
                if (flight.isLoading && flight.pilot.isParked()) {
                    flight.doubts.incrementAndGet();
                    events.loadWaits(flight.key);
                    return Landing.NOTHING;
                }
                left -= doubt;
            }
            Landing landing = landing(flight, left);
            return landing == null ? Landing.NOTHING : landing;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Landing.NOTHING;
        } catch (ExecutionException e) {
            throw new IllegalStateException("A landing is never exceptional.", e);
        } finally {
            graph.waited(pilot);
        }
    }

    private static @Nullable Landing landing(Flight flight, long nanos)
            throws InterruptedException, ExecutionException {
        try {
            return flight.landing.get(nanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return null;
        }
    }

    private <V> Answer<V> fly(Read<V> read, Flight flight) throws Exception {
        Doors doors = new Doors(flights, flight);
        Landing landing = Landing.NOTHING;
        flight.pilot.flying = flight;
        try {
            Read<V> loading = read.loading(doors::closedAfter);
            Answer<V> answer = next.read(loading);
            landing = Copy.landing(loading, answer, doors);
            return answer;
        } catch (Exception e) {
            // A driver that is interrupted throws what it likes, and leaves the thread interrupted.
            boolean wasInterrupted =
                    e instanceof InterruptedException || Thread.currentThread().isInterrupted();
            boolean own = read.reader().isAlone() || wasInterrupted;
            landing = own ? Landing.OWN : Landing.with(e);
            throw e;
        } finally {
            flight.pilot.flying = flight.outer;
            doors.close();
            flight.landing.complete(landing);
        }
    }

    private void forgetIdle(Pilot pilot) {
        if (pilot.flying == null) {
            pilots.remove(); // the threads are the server's, and outlive this application
        }
    }
}
