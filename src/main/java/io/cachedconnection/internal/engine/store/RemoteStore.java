package io.cachedconnection.internal.engine.store;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The store that all nodes share, with the atomic steps of the protocol. {@code docs/explanation/consistency.md} describes the
 * protocol and its proof. Thread-safe. Each call ends within the given nanoseconds and throws {@link StoreException} for every
 * failure. A failed step may still have been done.
 */
public interface RemoteStore extends AutoCloseable {

    /**
     * Returns the bytes under {@code key}; null if there are none, or if their stamps differ from those of its tags. Reads at
     * most one byte more than {@link StoredEntry#MOST_BYTES}, because foreign data may be larger than memory.
     */
    byte @Nullable [] find(EntryKey key, long nanos);

    /**
     * Returns the bytes under {@code key}, as {@link #find} does, and their remaining TTL, which is very long if they do not
     * expire. If the entry changes during the call, the TTL may belong to the newer value; an {@link #hear invalidation
     * listener} then receives a change that came after this call began.
     */
    @Nullable StoredEntry findEntry(EntryKey key, long nanos);

    /** Requests the lease of a key without a value. Tags of the key that have no stamp get one. */
    LeaseResult acquire(EntryKey key, LeaseRequest request, long nanos);

    /**
     * Stores a value under the lease {@code token} and returns the lease. False if the lease is lost or the stamp of a tag has
     * changed; no lookup then uses the value.
     */
    boolean fill(EntryKey key, String token, StoredEntry storedEntry, long nanos);

    /** Returns the lease {@code token} without a value; false if it was lost, so that the loaded value may be stale. */
    boolean release(EntryKey key, String token, long nanos);

    /** Announces a write: removes the value and the lease. No load fills until the write ends. */
    void begin(EntryKey key, String write, long nanos);

    /** Ends a write. If it is committed, removes a value that may have been stored meanwhile. */
    void end(EntryKey key, String write, Outcome outcome, long nanos);

    /**
     * Ends a committed write with its result, which gets the stamps of its tags. False, and the key is left empty, if another
     * write of the key or of one of its tags overlapped it or ended within {@code settle} before its announcement, when its
     * result may have been read.
     */
    boolean endWith(EntryKey key, String write, Duration settle, StoredEntry storedEntry, long nanos);

    /**
     * Takes these steps as if each were taken alone: other steps may come in between, and the outcome of one says nothing about
     * the next. Uses as few round trips as possible, each for at most {@code nanos}; after a failed one, the rest share the
     * remaining time. An exception from this method means that the outcome of all steps is unknown.
     *
     * @return the outcomes in the order of the steps: false only for a result that is not stored, a {@link StoreException} for
     *     a failure
     */
    List<Response<Boolean>> steps(List<WriteStep> steps, long nanos);

    /** Removes unreadable bytes, without a trace for other writes; true if there were any. */
    boolean remove(EntryKey key, long nanos);

    /** Removes a value like a committed write; true if there was one. */
    boolean evict(EntryKey key, long nanos);

    /** Whether the store has data under {@code key}. */
    boolean contains(EntryKey key, long nanos);

    /**
     * Whether no write of {@code key}, of its cache or of one of its tags is announced, has ended within {@code past}, or has
     * expired. Changes nothing. False in doubt, and in a store that cannot tell.
     */
    default boolean isUntouched(EntryKey key, Duration past, long nanos) {
        return false;
    }

    /** Announces a write of a whole cache, like {@link #begin} for each of its keys. */
    void beginAll(KeySpace space, String write, long nanos);

    /** Ends a write of a whole cache, like {@link #end} for each of its keys. */
    void endAll(KeySpace space, String write, Outcome outcome, long nanos);

    /**
     * Subscribes {@code invalidationListener} to all changes of keys that begin with one of {@code prefixes}, now and after
     * each reconnection, until the end. A further call replaces the prefixes. Returns at once.
     *
     * @param prefixes none of which begins with another one; not empty
     */
    void hear(Set<String> prefixes, InvalidationListener invalidationListener);

    /** Whether the circuit breaker of lookups is closed for the server of {@code target}. Cheap. */
    boolean isAnswering(Target target);

    /**
     * Whether the circuit breaker of writes is closed for the server of {@code target}. Only failed steps of writes open it;
     * lookups do not. Cheap.
     */
    default boolean takesWrites(Target target) {
        return isAnswering(target);
    }

    /** Whether all circuit breakers are closed. Cheap. */
    boolean isCalm();

    /**
     * Probes servers whose circuit breaker has been open for long enough. For one background thread; callers do not wait for
     * probes.
     */
    void revive(long nanos);

    /** Reports the work and state of its servers, without a call to them; empty if there are no servers. */
    default List<ServerReport> servers() {
        return List.of();
    }

    /**
     * Reports everything that the store has for {@code key}, for an operator. Changes nothing. A store without such a report
     * gives only the bytes and their TTL. May take five times {@code nanos}.
     */
    default EntryReport inspect(EntryKey key, long nanos) {
        StoredEntry found = findEntry(key, nanos);
        return found == null
                ? new EntryReport(null, false, null, false, null, 0, null)
                : new EntryReport(found.payload(), false, found.life(), false, null, 0, null);
    }

    @Override
    void close();

    /**
     * A loader's request for the lease, which allows it to fill.
     *
     * @param token the unique name of this load
     * @param settle the possible age of the data that the load reads: the load may not fill after an eviction younger than
     *     this; zero if it reads committed data
     * @param lease how long the load may take
     * @param life the maximum TTL of the filled entry: the stamps of its tags live longer
     */
    record LeaseRequest(String token, Duration settle, Duration lease, Duration life) {}
}
