package io.cachedconnection.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cachedconnection.internal.core.UnreadableValueException;
import io.cachedconnection.internal.core.ValueCodec;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.annotation.JsonbTypeInfo;
import java.lang.reflect.Type;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.NonNull;
import org.jspecify.annotations.Nullable;

/** The values of one type as JSON in UTF-8. Thread-safe, as its {@link Jsonb} is. */
final class JsonbCodec<V> implements ValueCodec<V> {

    private static final String NULL = "null";

    // So many values in a row that cannot be stored, and the next are not tried for a while.
    static final int MAX_REFUSALS = 32;
    private static final long REST = TimeUnit.MINUTES.toNanos(1);

    private final Jsonb jsonb;
    private final Type type;
    private final Type ordered;
    private final boolean byItsClass;
    private final Shape shape;
    private final boolean shareable;
    private final NameTable names = new NameTable();
    private final ReadBack readBack;
    private final LongSupplier nanoTime;
    private final AtomicInteger refusals = new AtomicInteger();
    private volatile long restsUntil; // means something once there are too many refusals
    private final ReadBack.Trip trip = new ReadBack.Trip() {
        @Override
        public Object read(String text) throws UnreadableValueException {
            return JsonbCodec.this.read(text);
        }

        @Override
        public String written(Object value) throws UnreadableValueException {
            return JsonbCodec.this.written(value);
        }
    };

    JsonbCodec(Jsonb jsonb, Type type) {
        this(jsonb, type, System::nanoTime);
    }

    JsonbCodec(Jsonb jsonb, Type type, LongSupplier nanoTime) {
        this.jsonb = jsonb;
        this.type = type;
        this.ordered = OrderedType.of(type);
        // Yasson takes the type for the value's class, and then writes nothing of a subtype, not even which it is.
        this.byItsClass = type instanceof Class<?> plain && plain.isAnnotationPresent(JsonbTypeInfo.class);
        this.shape = Shapes.of(type);
        this.shareable = ShareableTypes.contains(type);
        this.readBack = new ReadBack(shape);
        this.nanoTime = nanoTime;
    }

    @Override
    public byte[] encode(@Nullable V value) throws UnreadableValueException {
        if (value == null) {
            return NULL.getBytes(UTF_8);
        }
        try {
            String text = written(value);
            byte[] payload = Utf8.bytes(text);
            // What could not be read again is better refused here, once, than at each lookup.
            Scan.check(payload, names, shape);
            if (text.equals(NULL)) {
                throw ReadBack.cannot(NULL); // an empty OptionalInt, say: a hit would be null
            }
            readBack.check(value, text, trip);
            works();
            return payload;
        } catch (UnreadableValueException e) {
            if (refusals.incrementAndGet() >= MAX_REFUSALS) {
                restsUntil = nanoTime.getAsLong() + REST;
            }
            throw e;
        }
    }

    @Override
    public @Nullable V decode(byte[] payload) throws UnreadableValueException {
        String text = Utf8.text(payload);
        Scan.check(payload, names, shape);
        if (text.trim().equals(NULL)) {
            return null;
        }
        V value = read(text);
        works();
        return value;
    }

    private void works() {
        if (refusals.get() != 0) {
            refusals.set(0);
        }
    }

    /** A type whose values are refused one after the other costs nothing but a trial a minute. */
    @Override
    public boolean isResting() {
        return refusals.get() >= MAX_REFUSALS && nanoTime.getAsLong() - restsUntil < 0;
    }

    @Override
    public boolean isShareable() {
        return shareable;
    }

    /** Whatever the value's own methods throw, errors included, is not the caller's business, who has the value. */
    private String written(Object value) throws UnreadableValueException {
        try {
            return byItsClass ? jsonb.toJson(value) : jsonb.toJson(value, type);
        } catch (RuntimeException | Error e) {
            throw new UnreadableValueException(Failure.kind(e));
        }
    }

    @SuppressWarnings("unchecked") // the shape has seen to it
    private @NonNull V read(String text) throws UnreadableValueException {
        Object value;
        try {
            value = jsonb.fromJson(text, ordered);
        } catch (RuntimeException | Error e) {
            throw new UnreadableValueException(Failure.kind(e));
        }
        if (value == null || !shape.holds(value)) {
            throw new UnreadableValueException("a value of another type");
        }
        return (V) value;
    }
}
