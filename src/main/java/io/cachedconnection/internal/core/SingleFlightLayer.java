package io.cachedconnection.internal.core;

import io.cachedconnection.internal.core.InFlightLoads.Join;
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
final class SingleFlightLayer implements Layer {

    private static final Duration LEAST_DOUBT = Duration.ofMillis(100);
    private static final int MOST_DOUBLINGS = 10;

    private final InFlightLoads inFlight = new InFlightLoads();
    private final WaitGraph graph = new WaitGraph();
    private final ThreadLocal<LoadingThread> threads = ThreadLocal.withInitial(LoadingThread::new);
    private final Protocol protocol;
    private final LongSupplier nanoTime;
    private final EngineEvents events;
    private final Layer next;

    SingleFlightLayer(Protocol protocol, LongSupplier nanoTime, EngineEvents events, Layer next) {
        this.protocol = protocol;
        this.events = events;
        this.nanoTime = nanoTime;
        this.next = next;
    }

    @Override
    public <V> LookupResult<V> read(Lookup<V> lookup) throws Exception {
        LoadingThread thread = threads.get();
        if (thread.isLoading(lookup.key())) {
            throw new IllegalStateException(
                    CoreMessage.LOADS_ITSELF.with(lookup.key().cache()));
        }
        try {
            return boarded(lookup, thread, nanoTime.getAsLong() + patience(lookup.reader()));
        } finally {
            forgetIdle(thread);
        }
    }

    /** In a transaction it may hold what the load needs: a connection, or a lock in the database. */
    private long patience(LookupContext context) {
        return (context.keeper() == null ? protocol.leaseTimeout() : protocol.leaseWait()).toNanos();
    }

    /** Whose thread brings something for itself only boards once more: the others still share one load. */
    private <V> LookupResult<V> boarded(Lookup<V> lookup, LoadingThread thread, long until) throws Exception {
        Join join = inFlight.join(lookup.key(), thread);
        while (!join.isLoader()) {
            LoadOutcome outcome = outcome(join.load(), until, false);
            if (outcome.failure() != null) {
                throw outcome.failure();
            }
            SharedCopy<V> sharedCopy = SharedCopy.of(lookup, outcome);
            if (sharedCopy != null) {
                return sharedCopy.answer();
            }
            if (!outcome.isOwn() || lookup.reader().isAlone()) {
                return load(lookup, new InFlightLoad(lookup.key(), thread));
            }
            join = inFlight.join(lookup.key(), thread);
        }
        return asPilot(lookup, join, until);
    }

    private void land(InFlightLoad load, LoadOutcome outcome) {
        if (!load.outcome.isDone()) {
            inFlight.leave(load);
            load.outcome.complete(outcome);
        }
    }

    private <V> LookupResult<V> asPilot(Lookup<V> lookup, Join join, long until) throws Exception {
        try {
            return piloted(lookup, join, until);
        } finally {
            land(join.load(), LoadOutcome.NOTHING); // if it has not landed: whatever happens, nobody waits for ever
        }
    }

    private <V> LookupResult<V> piloted(Lookup<V> lookup, Join join, long until) throws Exception {
        LoadOutcome before = join.before() == null ? LoadOutcome.NOTHING : outcome(join.before(), until, true);
        SharedCopy<V> sharedCopy = before.isCurrent() ? SharedCopy.of(lookup, before) : null;
        if (sharedCopy != null) {
            land(join.load(), before.handedOn());
            return sharedCopy.answer();
        }
        if (join.before() != null && !join.before().outcome.isDone()) {
            inFlight.leave(join.load()); // it takes off beside the other one, so nobody may board any more
        }
        return load(lookup, join.load());
    }

    /**
     * What {@code load} brought; nothing if waiting for it would be for ever, or was too long, or was interrupted. Where
     * {@code isDoubted}, also not if its load is waiting for another thread after {@code lease-wait}: what that thread does for
     * it may be this very lookup, which cannot be seen from here. Each that has gone on doubles the wait of the next, for the load may
     * be slow and nothing else.
     */
    private LoadOutcome outcome(InFlightLoad load, long until, boolean isDoubted) {
        LoadingThread thread = threads.get();
        if (!graph.mayWait(thread, load)) {
            return LoadOutcome.NOTHING;
        }
        long left = until - nanoTime.getAsLong();
        long doubt = Math.max(protocol.leaseWait().toNanos(), LEAST_DOUBT.toNanos())
                << Math.min(load.doubts.get(), MOST_DOUBLINGS);
        try {
            while (isDoubted && left > doubt) {
                LoadOutcome outcome = outcome(load, doubt);
                if (outcome != null) {
                    return outcome;
                }
                if (load.isLoading && load.thread.isParked()) {
                    load.doubts.incrementAndGet();
                    events.loadWaits(load.key);
                    return LoadOutcome.NOTHING;
                }
                left -= doubt;
            }
            LoadOutcome outcome = outcome(load, left);
            return outcome == null ? LoadOutcome.NOTHING : outcome;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return LoadOutcome.NOTHING;
        } catch (ExecutionException e) {
            throw new IllegalStateException("A landing is never exceptional.", e);
        } finally {
            graph.waited(thread);
        }
    }

    private static @Nullable LoadOutcome outcome(InFlightLoad load, long nanos)
            throws InterruptedException, ExecutionException {
        try {
            return load.outcome.get(nanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return null;
        }
    }

    private <V> LookupResult<V> load(Lookup<V> lookup, InFlightLoad load) throws Exception {
        JoinWindow window = new JoinWindow(inFlight, load);
        LoadOutcome outcome = LoadOutcome.NOTHING;
        load.thread.loading = load;
        try {
            Lookup<V> loading = lookup.loading(window::closedAfter);
            LookupResult<V> result = next.read(loading);
            outcome = SharedCopy.outcome(loading, result, window);
            return result;
        } catch (Exception e) {
            // A driver that is interrupted throws what it likes, and leaves the thread interrupted.
            boolean wasInterrupted =
                    e instanceof InterruptedException || Thread.currentThread().isInterrupted();
            boolean own = lookup.reader().isAlone() || wasInterrupted;
            outcome = own ? LoadOutcome.OWN : LoadOutcome.with(e);
            throw e;
        } finally {
            load.thread.loading = load.outer;
            window.close();
            load.outcome.complete(outcome);
        }
    }

    private void forgetIdle(LoadingThread thread) {
        if (thread.loading == null) {
            threads.remove(); // the threads are the server's, and outlive this application
        }
    }
}
