package io.cachedconnection.internal.engine.read;

import io.cachedconnection.internal.engine.store.UnreadableValueException;
import io.cachedconnection.internal.engine.store.ValueCodec;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The codec of one method's values. It rejects values that the method cannot return, such as null for a primitive. Failures
 * name the method. After many refusals in a row it pauses. Thread-safe.
 */
public final class CheckedCodec<V> implements ValueCodec<V> {

    public static final int MAX_REFUSALS = 32;
    private static final long REST = TimeUnit.MINUTES.toNanos(1);

    private final String method;
    private final ValueCodec<V> codec;
    private final Predicate<@Nullable Object> accepts;
    private final LongSupplier nanoTime;
    private final AtomicInteger refusals = new AtomicInteger(); // in a row
    private volatile long restsUntil; // valid once there are too many refusals

    /**
     * Creates the codec of one method.
     *
     * @param method the name of the method in messages
     * @param codec encodes and decodes; methods may share it
     * @param accepts whether the method can return a value
     */
    public CheckedCodec(
            String method, ValueCodec<V> codec, Predicate<@Nullable Object> accepts, LongSupplier nanoTime) {
        this.method = method;
        this.codec = codec;
        this.accepts = accepts;
        this.nanoTime = nanoTime;
    }

    @Override
    public byte[] encode(@Nullable V value) throws UnreadableValueException {
        boolean isRefused = true;
        try {
            byte[] content = codec.encode(value);
            isRefused = false;
            works(value);
            return content;
        } catch (UnreadableValueException e) {
            throw new UnreadableValueException(e.fault(), method + ": " + e.kind());
        } finally {
            if (isRefused && refusals.incrementAndGet() >= MAX_REFUSALS) {
                restsUntil = nanoTime.getAsLong() + REST;
            }
        }
    }

    @Override
    public @Nullable V decode(byte[] payload) throws UnreadableValueException {
        @Nullable V value = codec.decode(payload);
        if (!accepts.test(value)) {
            throw new UnreadableValueException("not what the method returns");
        }
        works(value);
        return value;
    }

    @Override
    public boolean areSame(byte[] one, byte[] other) throws UnreadableValueException {
        return codec.areSame(one, other);
    }

    /** Resets the refusals, except for null, which proves nothing about other values. */
    private void works(@Nullable V value) {
        if (value != null && refusals.get() != 0) {
            refusals.set(0);
        }
    }

    @Override
    public boolean isResting() {
        return refusals.get() >= MAX_REFUSALS && nanoTime.getAsLong() - restsUntil < 0;
    }

    @Override
    public boolean isUsable() {
        return codec.isUsable();
    }

    @Override
    public boolean isOfEntities() {
        return codec.isOfEntities();
    }

    @Override
    public boolean isShareable() {
        return codec.isShareable();
    }
}
