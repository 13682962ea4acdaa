package io.cachedconnection.internal.engine.read;

import io.cachedconnection.internal.common.Histogram;
import io.cachedconnection.internal.engine.read.InFlightLoad.LoadOutcome;
import io.cachedconnection.internal.engine.read.InFlightLoad.LoadOutcome.Kind;
import io.cachedconnection.internal.engine.read.InFlightLoad.LoadingThread;
import io.cachedconnection.internal.engine.read.InFlightLoads.Join;
import io.cachedconnection.internal.engine.store.EngineEvents;
import io.cachedconnection.internal.engine.store.LookupResult;
import io.cachedconnection.internal.engine.store.ProtocolSettings;
import io.cachedconnection.internal.engine.store.UnreadableValueException;
import io.cachedconnection.internal.engine.store.ValueLoader;
import io.cachedconnection.internal.message.CoreMessage;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Single flight: callers of this node share a load. A caller that arrives during a load takes its value only if the remote
 * store vouches for it; otherwise it shares the next load with all other waiting callers. Each caller gets a value of its own,
 * decoded from the bytes. A wait is limited to the time that a load may take. A caller never waits for itself, and only briefly
 * for a load that waits for another thread, which may be the caller's. Thread-safe.
 */
public final class SingleFlightLayer implements Layer {

    private static final Duration LEAST_DOUBT = Duration.ofMillis(100);
    private static final int MOST_DOUBLINGS = 10;

    private final InFlightLoads inFlight = new InFlightLoads();
    private final ThreadLocal<LoadingThread> threads = ThreadLocal.withInitial(LoadingThread::new);
    private final ProtocolSettings protocol;
    private final LongSupplier nanoTime;
    private final EngineEvents events;
    private final Layer next;

    public SingleFlightLayer(ProtocolSettings protocol, LongSupplier nanoTime, EngineEvents events, Layer next) {
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
        // A transaction may hold a resource that the load needs: a connection, or a lock in the database.
        Duration patience = lookup.context().keeper() == null ? protocol.leaseTimeout() : protocol.leaseWait();
        long until = nanoTime.getAsLong() + patience.toNanos();
        Histogram waits = lookup.binding().cache().counters().waitsForNode();
        try {
            Join join = inFlight.join(lookup.key(), thread);
            while (!join.isLoader()) {
                LoadOutcome outcome = awaited(join.load(), thread, until, false, waits);
                if (outcome.failure != null) {
                    throw outcome.failure;
                }
                LookupResult<V> copy = copied(lookup, outcome);
                if (copy != null) {
                    return copy;
                }
                if (outcome.kind != Kind.OWN || lookup.context().isAlone()) {
                    return load(lookup, new InFlightLoad(lookup.key(), thread));
                }
                join = inFlight.join(
                        lookup.key(),
                        thread); // the value belongs to the loader's transaction; the other callers share another load
            }
            return loadInTurn(lookup, join, until);
        } finally {
            if (thread.loading == null) {
                threads.remove(); // the threads belong to the server and outlive this application
            }
        }
    }

    /** Waits for the load before this one and takes its value if it may; otherwise loads. */
    private <V> LookupResult<V> loadInTurn(Lookup<V> lookup, Join join, long until) throws Exception {
        InFlightLoad load = join.load();
        InFlightLoad before = join.before();
        LoadOutcome ready = LoadOutcome.NOTHING;
        Histogram waits = lookup.binding().cache().counters().waitsForNode();
        try {
            LoadOutcome outcome = before == null ? ready : awaited(before, load.thread, until, true, waits);
            LookupResult<V> copy = outcome.kind == Kind.CURRENT ? copied(lookup, outcome) : null;
            if (copy != null) {
                ready = outcome.handedOn();
                return copy;
            }
            if (before != null && !before.outcome.isDone()) {
                inFlight.leave(load); // it runs beside the other load, so no caller may join it any more
            }
            return load(lookup, load);
        } finally {
            if (!load.outcome.isDone()) { // an error, too, ends the wait of all callers
                inFlight.leave(load);
                load.outcome.complete(ready);
            }
        }
    }

    /**
     * Waits for the outcome of {@code load}; returns NOTHING if the wait would be endless, was too long, or was interrupted.
     * With {@code isDoubted}, the wait also ends if the load waits for another thread after {@code lease-wait}: that thread may
     * run this very lookup, which is not visible here. Each lookup that gives up doubles the wait of the next, because the load
     * may just be slow.
     */
    private LoadOutcome awaited(
            InFlightLoad load, LoadingThread thread, long until, boolean isDoubted, Histogram waits) {
        if (!inFlight.mayWait(thread, load)) {
            return LoadOutcome.NOTHING;
        }
        long start = nanoTime.getAsLong();
        long left = until - start;
        long doubt = Math.max(protocol.leaseWait().toNanos(), LEAST_DOUBT.toNanos())
                << Math.min(load.doubts.get(), MOST_DOUBLINGS);
        try {
            while (true) {
                boolean isLast = !isDoubted || left <= doubt;
                try {
                    return load.outcome.get(isLast ? left : doubt, TimeUnit.NANOSECONDS);
                } catch (TimeoutException e) {
                    if (isLast) {
                        return LoadOutcome.NOTHING;
                    }
                }
                if (load.isLoading && load.thread.isParked()) {
                    load.doubts.incrementAndGet();
                    events.loadWaits(load.key);
                    return LoadOutcome.NOTHING;
                }
                left -= doubt;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return LoadOutcome.NOTHING;
        } catch (ExecutionException e) {
            throw new IllegalStateException("The outcome of a load is never exceptional.", e);
        } finally {
            inFlight.waited(thread);
            waits.record(nanoTime.getAsLong() - start);
        }
    }

    private <V> LookupResult<V> load(Lookup<V> lookup, InFlightLoad load) throws Exception {
        LoadOutcome outcome = LoadOutcome.NOTHING;
        load.thread.loading = load;
        try {
            Lookup<V> loading = lookup.with(lookup.context(), () -> run(lookup, load));
            LookupResult<V> result = next.read(loading);
            outcome = outcome(loading, result, load);
            return result;
        } catch (Exception e) {
            // An interrupted driver may throw any exception, and leaves the thread interrupted.
            boolean wasInterrupted =
                    e instanceof InterruptedException || Thread.currentThread().isInterrupted();
            boolean own = lookup.context().isAlone() || wasInterrupted;
            outcome = own ? LoadOutcome.OWN : LoadOutcome.with(e);
            throw e;
        } finally {
            load.thread.loading = load.outer;
            close(load);
            load.outcome.complete(outcome);
        }
    }

    /**
     * Runs the method, and closes the load before the value is offered to the remote store: a later caller may come after a
     * write that the store has seen since, and must not take this value.
     */
    private <V> @Nullable V run(ValueLoader<V> loader, InFlightLoad load) throws Exception {
        load.isLoading = true;
        try {
            @Nullable V value = loader.load();
            load.hasLoaded = true;
            close(load);
            return value;
        } finally {
            load.isLoading = false;
        }
    }

    private void close(InFlightLoad load) {
        if (!load.isClosed) {
            load.isClosed = true;
            load.isAwaited = inFlight.leave(load);
        }
    }

    /** Returns what waiting callers may take of {@code result}, the result of {@code loading}. */
    private <V> LoadOutcome outcome(Lookup<V> loading, LookupResult<V> result, InFlightLoad load) {
        boolean current = result.current() && load.hasLoaded; // otherwise it was not closed before the store was asked
        close(load);
        if (loading.context().isAlone() && !result.current()) {
            return LoadOutcome.OWN;
        }
        if (!load.isAwaited) {
            return LoadOutcome.NOTHING;
        }
        try {
            byte[] content = loading.content();
            return LoadOutcome.with(content == null ? loading.binding().encoded(result.value()) : content, current);
        } catch (UnreadableValueException e) {
            return LoadOutcome.NOTHING; // each caller loads for itself
        }
    }

    /** Copies the value for the caller of {@code lookup}; null if there is none to copy. */
    private static <V> @Nullable LookupResult<V> copied(Lookup<V> lookup, LoadOutcome outcome) {
        byte[] payload = outcome.payload;
        if (payload == null) {
            return null;
        }
        try {
            return LookupResult.loaded(lookup.binding().decoded(payload));
        } catch (UnreadableValueException e) {
            return null; // encoded but not decodable: the entry in the store will report it to the next loader
        }
    }
}
