package io.cachedconnection.internal.engine.read;

import io.cachedconnection.internal.engine.read.CacheCounters.Event;
import io.cachedconnection.internal.engine.store.Budget;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.LookupKey;
import io.cachedconnection.internal.engine.store.ValueLoader;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One lookup: its key, its loader and its context. The caller extends it, so that a lookup is one object. Parts that a near hit
 * does not need are computed on demand. For one thread and one use.
 *
 * @param <V> the type of the value
 */
public abstract class Lookup<V> implements LookupKey, ValueLoader<V> {

    private final CacheBinding<V> binding;
    private final Supplier<LookupContext> contexts;
    private @Nullable LookupContext context; // of contexts, created once
    private byte @Nullable [] content;
    private @Nullable Event loadsAs = Event.LOAD_BYPASSED;
    private @Nullable List<Event> trail; // null unless the lookup is followed

    /** Creates a lookup through {@code binding}, outside of transactions; see {@code Engine.contexts()}. */
    protected Lookup(CacheBinding<V> binding, Supplier<LookupContext> contexts) {
        this.binding = binding;
        this.contexts = contexts;
    }

    private Lookup(Lookup<V> other, LookupContext context) {
        this(other.binding, other.contexts);
        this.context = context;
        this.trail = other.trail;
    }

    /** Creates the lookup of one key. */
    public static <V> Lookup<V> of(
            CacheBinding<V> binding, EntryKey key, ValueLoader<V> loader, Supplier<LookupContext> contexts) {
        return new Lookup<>(binding, contexts) {
            @Override
            public Object name() {
                return key.name();
            }

            @Override
            public EntryKey key() {
                return key;
            }

            @Override
            public @Nullable V load() throws Exception {
                return loader.load();
            }
        };
    }

    /** Creates a lookup of this key with another context or loader. */
    Lookup<V> with(LookupContext other, ValueLoader<V> loader) {
        Lookup<V> inner = this;
        return new Lookup<>(inner, other) {
            @Override
            public Object name() {
                return inner.name();
            }

            @Override
            public EntryKey key() {
                return inner.key();
            }

            @Override
            public @Nullable V load() throws Exception {
                return loader.load();
            }
        };
    }

    CacheBinding<V> binding() {
        return binding;
    }

    LookupContext context() {
        LookupContext known = context;
        if (known == null) {
            known = contexts.get();
            context = known;
        }
        return known;
    }

    Budget budget() {
        return context().budget();
    }

    /** Records the events of this lookup from now on. Returns the live list of events, in order. */
    public List<Event> follow() {
        List<Event> notes = new CopyOnWriteArrayList<>(); // a transaction may end on another thread
        trail = notes;
        return notes;
    }

    /** Counts an event of this lookup. */
    void count(Event event) {
        binding.cache().counters().count(event);
        if (trail != null) {
            trail.add(event);
        }
    }

    /** Counts a bypass of the cache, because it is switched off or else because of a transaction. */
    void countBypass() {
        count(binding.isOn() ? Event.BYPASS_TRANSACTION : Event.BYPASS_OFF);
    }

    /** Sets the event to count when its load returns; null if the caller counts it. */
    void loadsAs(@Nullable Event outcome) {
        loadsAs = outcome;
    }

    @Nullable Event loadsAs() {
        return loadsAs;
    }

    /** Keeps the immutable bytes of the value, so that callers that share it need not encode it again. */
    void has(byte[] bytes) {
        content = bytes;
    }

    /** Returns the bytes of the value; null if they were not needed yet. */
    byte @Nullable [] content() {
        return content;
    }
}
