package io.cachedconnection.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cachedconnection.TypeCodec;
import io.cachedconnection.internal.engine.store.UnreadableValueException;
import io.cachedconnection.internal.engine.store.UnreadableValueException.Fault;
import io.cachedconnection.internal.engine.store.ValueCodec;
import io.cachedconnection.internal.types.ResolvedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Values of one type in the format of an application's codec, after a byte that distinguishes null from a value; without that
 * byte if the cache holds plain JSON. Arrays are copied for each call, because the near cache shares its own. As thread-safe as
 * the codec.
 */
public final class ContributedCodec<V> implements ValueCodec<V> {

    private static final byte NULL = 0;
    private static final byte VALUE = 1;
    private static final byte[] BARE_NULL = "null".getBytes(UTF_8);

    private final String name;
    private final TypeCodec<V> codec;
    private final Class<?> type;
    private final boolean isBare;
    private final boolean isOfEntities;
    private final boolean isShareable;

    /**
     * Creates a codec of {@code type}.
     *
     * @param name the name of the codec in messages
     * @param isImmutable true if values are immutable, so that callers may share them
     * @param isBare true if the store holds only the codec's bytes, which must be JSON
     */
    public ContributedCodec(String name, TypeCodec<V> codec, boolean isImmutable, Type type, boolean isBare) {
        this.name = name;
        this.codec = codec;
        this.type = ResolvedType.of(type, Map.of()).erasure();
        this.isBare = isBare;
        this.isOfEntities = !ReachableEntities.in(type).areNone();
        this.isShareable = isImmutable;
    }

    @Override
    public byte[] encode(@Nullable V value) throws UnreadableValueException {
        if (value == null) {
            return isBare ? BARE_NULL.clone() : new byte[] {NULL};
        }
        try {
            byte[] bytes = called(() -> codec.encode(value));
            byte[] payload = new byte[isBare ? bytes.length : bytes.length + 1];
            System.arraycopy(bytes, 0, payload, payload.length - bytes.length, bytes.length);
            if (!isBare) {
                payload[0] = VALUE;
            }
            // Refusing an unreadable value once here is better than failing at each lookup.
            if (decode(payload) == null) {
                throw new UnreadableValueException(name + " writes null for a value");
            }
            return payload;
        } catch (UnreadableValueException e) {
            throw new UnreadableValueException(Fault.CODEC_FAILED, e.kind());
        }
    }

    @Override
    @SuppressWarnings("unchecked") // its class was checked; the codec vouches for its type arguments
    public @Nullable V decode(byte[] payload) throws UnreadableValueException {
        if (isBare) {
            JsonValidator.check(payload, JsonShape.AnyShape.ANYTHING);
            if (new DirectReader(payload).first() == 'n') {
                return null;
            }
        } else if (payload.length == 1 && payload[0] == NULL) {
            return null;
        } else if (payload.length == 0 || payload[0] != VALUE) {
            throw new UnreadableValueException("not of " + name);
        }
        byte[] bytes = Arrays.copyOfRange(payload, isBare ? 0 : 1, payload.length);
        Object value = called(() -> codec.decode(bytes));
        if (!type.isInstance(value)) {
            throw new UnreadableValueException(name + " reads a value of another type");
        }
        return (V) value;
    }

    private <T> T called(Callable<T> call) throws UnreadableValueException {
        try {
            return Objects.requireNonNull(call.call());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnreadableValueException(name + " was interrupted");
        } catch (Exception | Error e) {
            throw new UnreadableValueException(name + " throws " + e.getClass().getName());
        }
    }

    @Override
    public boolean isOfEntities() {
        return isOfEntities;
    }

    @Override
    public boolean isShareable() {
        return isShareable;
    }
}
