package io.cachedconnection.internal.engine.store;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The store that all nodes share, and the steps of the protocol in it, each of them atomic. {@code docs/consistency.md}
 * has the protocol and why it holds. Thread-safe. Every call ends within the nanoseconds it is given, whatever the store
 * does, and throws {@link StoreException} for every failure; a step that failed may have been done all the same.
 */
public interface RemoteStore extends AutoCloseable {

    /**
     * The bytes under {@code key}; null if there are none, or they carry other stamps than its tags have. No more of them than one too many, see {@link StoredEntry#MOST_BYTES}:
     * what is there need not be ours, and memory is.
     */
    byte @Nullable [] find(EntryKey key, long nanos);

    /**
     * The bytes under {@code key}, as of {@link #find}, and how long they still live; very long if nothing ends them. If what
     * is under the key changes meanwhile, the life may be that of another value, and who {@link #hear hears} is told of a
     * change that came after this was called.
     */
    @Nullable StoredEntry findEntry(EntryKey key, long nanos);

    /** Asks for the lease of a key that had no value. The tags of the key get stamps where they have none. */
    LeaseResult acquire(EntryKey key, LeaseRequest request, long nanos);

    /**
     * Stores a value under the lease {@code token}, and gives that back; false, and no lookup takes the value, if it is lost, or a
     * tag has another stamp by now than the entry carries.
     */
    boolean fill(EntryKey key, String token, StoredEntry storedEntry, long nanos);

    /** Gives the lease {@code token} back without a value; false if it was lost, so that what was read may be old. */
    boolean release(EntryKey key, String token, long nanos);

    /** Announces a write: the value and the lease go, and until it ends no load fills. */
    void begin(EntryKey key, String write, long nanos);

    /** Ends a write; if committed, what may have got in since goes again. */
    void end(EntryKey key, String write, Outcome outcome, long nanos);

    /**
     * Ends a committed write with its result; false, and the key is left empty, if another write overlapped it, or the time
     * of {@code settle} before its announcement, when its result may have been read. So does a write of one of its tags. The entry
     * gets their stamps.
     */
    boolean endWith(EntryKey key, String write, Duration settle, StoredEntry storedEntry, long nanos);

    /**
     * Takes these steps, each of them as by itself: others may act in between, and what becomes of one says nothing about the
     * next. In as few round trips as can be, of which each may take {@code nanos}; after one that failed the others have
     * what it has left. What is thrown says that nothing is known of any of them.
     *
     * @return what came of each, in their order: false only for a result that is not stored, a {@link StoreException} as failure
     */
    List<Response<Boolean>> steps(List<WriteStep> steps, long nanos);

    /** Removes bytes that are no value, which no write is told of; true if there were any. */
    boolean remove(EntryKey key, long nanos);

    /** Removes a value, as a committed write would; true if there was one. */
    boolean evict(EntryKey key, long nanos);

    /** True if there is something under {@code key}. */
    boolean contains(EntryKey key, long nanos);

    /** Announces a write of any keys of a cache: as {@link #begin}, for all of them. */
    void beginAll(KeySpace space, String write, long nanos);

    /** Ends a write of any keys of a cache: as {@link #end}, for all of them. */
    void endAll(KeySpace space, String write, Outcome outcome, long nanos);

    /**
     * Lets {@code invalidationListener} hear of every change to keys that begin with one of {@code prefixes}, as soon as the store is there
     * and as often as it comes back, until the end; called again, of these prefixes instead. Returns at once.
     *
     * @param prefixes of which none begins with another one; not empty
     */
    void hear(Set<String> prefixes, InvalidationListener invalidationListener);

    /** Whether it is worth asking about {@code target}: not while what holds it is left alone. Costs next to nothing. */
    boolean isAnswering(Target target);

    /**
     * Whether it is worth telling of a write of {@code target}: not after a step of a write has failed, until that may succeed
     * again. What becomes of lookups does not count. Costs next to nothing.
     */
    default boolean takesWrites(Target target) {
        return isAnswering(target);
    }

    /** Whether nothing of it is left alone. Costs next to nothing. */
    boolean isCalm();

    /**
     * Asks what has been left alone for long enough whether it answers again. Not for callers, whom it spares that; used by
     * one thread.
     */
    void revive(long nanos);

    @Override
    void close();

    /**
     * What a loader asks for before it loads: to be the one that fills.
     *
     * @param token names this load and no other
     * @param settle how old what it reads may be: after an eviction younger than this it may not fill; zero if it reads what
     *     is committed
     * @param lease how long it may take
     * @param life how long what it fills in may live, at most: the stamps of its tags live longer
     */
    record LeaseRequest(String token, Duration settle, Duration lease, Duration life) {}
}
