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

    private NearEntry(Object content, ValueCodec<?> codec, ReadVersion version, Duration life) {
        this.content = content;
        this.codec = codec;
        this.stripe = version.stripe();
        this.stamp = version.stamp();
        this.era = version.era();
        this.until = version.takenAt() + life.toNanos(); // Redis counted it later, so this is no longer than there
    }

    /** What was found under {@code version}, and its value, which whoever found it has got, too. */
    static <V> NearEntry of(CacheBinding<V> binding, ReadVersion version, StoredEntry found, @Nullable V value) {
        Object content = binding.codec().isShareable() ? LookupResult.near(value) : found.payload();
        return new NearEntry(content, binding.codec(), version, found.life());
    }

    /** Whether its life is over at {@code now}. */
    boolean isOver(long now) {
        return now - until >= 0;
    }

    /**
     * Whether nothing has been heard since its ticket that could make it old, nor was there a gap. The counter comes first: if
     * it is a new one, which knows nothing of before, the era is another one by then.
     */
    boolean isUnchanged(VersionStripes current, LongSupplier currentEra) {
        return current.at(stripe) == stamp && era == currentEra.getAsLong();
    }

    /** The answer, made anew unless it may be shared; null if this is not for the {@code binding}'s type. */
    @SuppressWarnings("unchecked") // what the same codec has made is of its type
    <V> @Nullable LookupResult<V> answer(CacheBinding<V> binding) {
        if (content instanceof byte[] payload) {
            return decoded(binding, payload);
        }
        return codec == binding.codec() ? (LookupResult<V>) content : null;
    }

    private static <V> @Nullable LookupResult<V> decoded(CacheBinding<V> binding, byte[] payload) {
        try {
            return LookupResult.near(binding.decoded(payload));
        } catch (UnreadableValueException e) {
            return null; // bytes of another method's type: the entry in the store tells whoever reads it there
        }
    }
}
