package io.cachedconnection.internal.core;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A value that is kept near, together with all that has to be so for it to be served. Immutable. */
final class NearEntry {

    private final Object content; // the answer itself where that may be shared, else the bytes
    private final ValueCodec<?> codec; // of the answer
    private final int stripe;
    private final long stamp;
    private final long era;
    private final long until;

    private NearEntry(Object content, ValueCodec<?> codec, Ticket ticket, Duration life) {
        this.content = content;
        this.codec = codec;
        this.stripe = ticket.stripe();
        this.stamp = ticket.stamp();
        this.era = ticket.era();
        this.until = ticket.takenAt() + life.toNanos(); // Redis counted it later, so this is no longer than there
    }

    /** What was found under {@code ticket}, and its value, which whoever found it has got, too. */
    static <V> NearEntry of(Plan<V> plan, Ticket ticket, Entry found, @Nullable V value) {
        Object content = plan.codec().isShareable() ? Answer.near(value) : found.payload();
        return new NearEntry(content, plan.codec(), ticket, found.life());
    }

    /** Whether its life is over at {@code now}. */
    boolean isOver(long now) {
        return now - until >= 0;
    }

    /**
     * Whether nothing has been heard since its ticket that could make it old, nor was there a gap. The counter comes first: if
     * it is a new one, which knows nothing of before, the era is another one by then.
     */
    boolean isUnchanged(Stamps current, LongSupplier currentEra) {
        return current.at(stripe) == stamp && era == currentEra.getAsLong();
    }

    /** The answer, made anew unless it may be shared; null if this is not for the {@code plan}'s type. */
    @SuppressWarnings("unchecked") // what the same codec has made is of its type
    <V> @Nullable Answer<V> answer(Plan<V> plan) {
        if (content instanceof byte[] payload) {
            return decoded(plan, payload);
        }
        return codec == plan.codec() ? (Answer<V>) content : null;
    }

    private static <V> @Nullable Answer<V> decoded(Plan<V> plan, byte[] payload) {
        try {
            return Answer.near(plan.decoded(payload));
        } catch (UnreadableValueException e) {
            return null; // bytes of another method's type: the entry in the store tells whoever reads it there
        }
    }
}
