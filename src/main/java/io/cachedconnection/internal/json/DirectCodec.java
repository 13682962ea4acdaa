package io.cachedconnection.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cachedconnection.internal.engine.store.UnreadableValueException;
import io.cachedconnection.internal.engine.store.ValueCodec;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Values of one type as JSON in UTF-8 without JSON-B, in one pass each way. JSON-B handles values that may not come back equal.
 * Thread-safe.
 */
final class DirectCodec<V> implements ValueCodec<V> {

    private static final int SLACK = 64;
    private static final int MOST_AHEAD =
            32 * 1024; // limits the initial size, so that one large value does not make all later ones costly

    private final DirectType type;
    private final boolean isShareable;
    private final Supplier<ValueCodec<V>> jsonb;
    private final StateEquality state = new StateEquality();
    private int likelySize = SLACK; // a guess, so races do not matter

    /**
     * Creates the codec of a type.
     *
     * @param isShareable true if nothing that it reads can change
     * @param jsonb the codec by JSON-B, created on first use
     */
    DirectCodec(DirectType type, boolean isShareable, Supplier<ValueCodec<V>> jsonb) {
        this.type = type;
        this.isShareable = isShareable;
        this.jsonb = jsonb;
    }

    @Override
    public byte[] encode(@Nullable V value) throws UnreadableValueException {
        if (value == null) {
            return "null".getBytes(UTF_8);
        }
        byte[] payload = directOrNull(value);
        if (payload != null) {
            return payload;
        }
        byte[] other = jsonb.get().encode(value);
        if (!comesBack(value, other)) { // hits are decoded directly, also by nodes with other JSON-B providers
            throw new UnreadableValueException("not read back as the same");
        }
        return other;
    }

    /** Returns the bytes; null if JSON-B must decide. */
    byte @Nullable [] directOrNull(Object value) {
        byte[] payload = writtenOrNull(value);
        return payload != null && comesBack(value, payload) ? payload : null;
    }

    /** Returns the bytes; null if the value or one of its methods does not allow it. JSON-B then reports the reason. */
    private byte @Nullable [] writtenOrNull(Object value) {
        DirectWriter out = new DirectWriter(likelySize);
        try {
            type.write(value, out, 0);
        } catch (RuntimeException | Error e) {
            return null;
        }
        byte[] payload = out.toBytes();
        likelySize = Math.min(payload.length, MOST_AHEAD) + SLACK;
        return payload;
    }

    private boolean comesBack(Object value, byte[] payload) {
        try {
            Object read = decode(payload);
            StateEquality.Walk walk = state.walk();
            // Excluded state may still show in the written JSON.
            return read != null
                    && walk.difference(value, read) == null
                    && (!walk.setAside() || Arrays.equals(payload, written(read)));
        } catch (UnreadableValueException | RuntimeException | Error e) {
            return false;
        }
    }

    @SuppressWarnings("unchecked") // the type of the value that was just read
    private byte[] written(Object read) throws UnreadableValueException {
        byte[] directly = writtenOrNull(read);
        return directly == null ? jsonb.get().encode((V) read) : directly;
    }

    @Override
    @SuppressWarnings("unchecked") // created from the declared type
    public @Nullable V decode(byte[] payload) throws UnreadableValueException {
        DirectReader in = new DirectReader(payload);
        Object value;
        try {
            value = type.read(in, 0);
        } catch (RuntimeException | Error e) {
            throw new UnreadableValueException(Failure.kind(e));
        }
        in.end();
        return (V) value;
    }

    @Override
    public boolean areSame(byte[] one, byte[] other) throws UnreadableValueException {
        return Arrays.equals(one, other) || jsonb.get().areSame(one, other);
    }

    @Override
    public boolean isShareable() {
        return isShareable;
    }
}
