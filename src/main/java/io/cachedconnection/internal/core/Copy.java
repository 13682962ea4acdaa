package io.cachedconnection.internal.core;

import org.jspecify.annotations.Nullable;

/** A caller's own copy of a value that somebody else loaded, made by way of its bytes. */
record Copy<V>(Answer<V> answer) {

    /** The copy for the caller of {@code read}; null if there is nothing to copy. */
    static <V> @Nullable Copy<V> of(Read<V> read, Landing landing) {
        byte[] payload = landing.payload();
        if (payload == null) {
            return null;
        }
        try {
            return new Copy<>(Answer.loaded(read.plan().decoded(payload)));
        } catch (UnreadableValueException e) {
            return null; // it could be written but not read; whoever loads next is told by the entry in the store
        }
    }

    /** What others may take of {@code answer}, which {@code read} has brought, if there are any. */
    static <V> Landing landing(Read<V> read, Answer<V> answer, Doors doors) {
        boolean current = answer.current() && doors.closedInTime();
        boolean alone = read.reader().isAlone() && !answer.current();
        if (!doors.areAwaited() || alone) {
            return alone ? Landing.OWN : Landing.NOTHING;
        }
        try {
            byte[] content = read.content();
            return Landing.with(content == null ? read.plan().encoded(answer.value()) : content, current);
        } catch (UnreadableValueException e) {
            return Landing.NOTHING; // each loads for itself
        }
    }
}
