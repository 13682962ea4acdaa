package io.cachedconnection.internal.core;

import org.jspecify.annotations.Nullable;

/** A caller's own copy of a value that somebody else loaded, made by way of its bytes. */
record SharedCopy<V>(LookupResult<V> answer) {

    /** The copy for the caller of {@code lookup}; null if there is nothing to copy. */
    static <V> @Nullable SharedCopy<V> of(Lookup<V> lookup, LoadOutcome outcome) {
        byte[] payload = outcome.payload();
        if (payload == null) {
            return null;
        }
        try {
            return new SharedCopy<>(LookupResult.loaded(lookup.plan().decoded(payload)));
        } catch (UnreadableValueException e) {
            return null; // it could be written but not read; whoever loads next is told by the entry in the store
        }
    }

    /** What others may take of {@code answer}, which {@code lookup} has brought, if there are any. */
    static <V> LoadOutcome outcome(Lookup<V> lookup, LookupResult<V> answer, JoinWindow window) {
        boolean current = answer.current() && window.closedInTime();
        boolean alone = lookup.reader().isAlone() && !answer.current();
        if (!window.isAwaited() || alone) {
            return alone ? LoadOutcome.OWN : LoadOutcome.NOTHING;
        }
        try {
            byte[] content = lookup.content();
            return LoadOutcome.with(content == null ? lookup.plan().encoded(answer.value()) : content, current);
        } catch (UnreadableValueException e) {
            return LoadOutcome.NOTHING; // each loads for itself
        }
    }
}
