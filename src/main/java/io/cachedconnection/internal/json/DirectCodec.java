package io.cachedconnection.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cachedconnection.internal.engine.store.UnreadableValueException;
import io.cachedconnection.internal.engine.store.ValueCodec;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The values of one type as JSON in UTF-8, without JSON-B: one pass from the bytes to the value, and one back. What is not sure to
 * come back as the same is left to JSON-B. Thread-safe.
 */
final class DirectCodec<V> implements ValueCodec<V> {

    private static final int SLACK = 64;
    private static final int MOST_AHEAD = 32 * 1024; // one large value is not to make all later ones costly

    private final DirectType type;
    private final boolean isShareable;
    private final Supplier<ValueCodec<V>> jsonb;
    private final StateEquality state = new StateEquality();
    private int likelySize = SLACK; // a guess, so it does not matter which thread's

    /**
     * A codec of a type.
     *
     * @param isShareable whether nothing that it reads can be changed
     * @param jsonb the codec by JSON-B, made when it is first needed
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
        if (!comesBack(value, other)) { // hits are read directly, also by nodes of other providers
            throw new UnreadableValueException("not read back as the same");
        }
        return other;
    }

    /** The bytes, unless JSON-B has to decide. */
    byte @Nullable [] directOrNull(Object value) {
        byte[] payload = writtenOrNull(value);
        return payload != null && comesBack(value, payload) ? payload : null;
    }

    /** Null where the value, or one of its own methods, does not allow it: JSON-B will say why. */
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
            // What is set aside may still show: in what is written of it.
            return read != null
                    && walk.difference(value, read) == null
                    && (!walk.setAside() || Arrays.equals(payload, written(read)));
        } catch (UnreadableValueException | RuntimeException | Error e) {
            return false;
        }
    }

    @SuppressWarnings("unchecked") // it is what has been read
    private byte[] written(Object read) throws UnreadableValueException {
        byte[] directly = writtenOrNull(read);
        return directly == null ? jsonb.get().encode((V) read) : directly;
    }

    @Override
    @SuppressWarnings("unchecked") // it is made of what the type says
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
    public boolean isShareable() {
        return isShareable;
    }
}
