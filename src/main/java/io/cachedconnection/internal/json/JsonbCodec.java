package io.cachedconnection.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cachedconnection.internal.engine.store.UnreadableValueException;
import io.cachedconnection.internal.engine.store.ValueCodec;
import io.cachedconnection.internal.types.TypeBindings;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.annotation.JsonbTypeInfo;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.NonNull;
import org.jspecify.annotations.Nullable;

/** Values of one type as JSON in UTF-8 by JSON-B. Thread-safe, like its {@link Jsonb}. */
final class JsonbCodec<V> implements ValueCodec<V> {

    private static final String NULL = "null";

    private final Jsonb jsonb;
    private final Type type;
    private final Type ordered;
    private final boolean byItsClass;
    private final JsonShape jsonShape;
    private final boolean shareable;
    private final RoundTripCheck roundTripCheck;
    private final RoundTripCheck.Trip trip = new RoundTripCheck.Trip() {
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
        this.jsonb = jsonb;
        this.type = type;
        this.ordered = OrderedType.of(type);
        // Yasson takes the declared type for the value's class and omits a subtype's members and its type name.
        this.byItsClass = type instanceof Class<?> plain && plain.isAnnotationPresent(JsonbTypeInfo.class);
        this.jsonShape = Shapes.of(type);
        this.shareable = ShareableTypes.contains(type);
        this.roundTripCheck = new RoundTripCheck(jsonShape);
    }

    @Override
    public byte[] encode(@Nullable V value) throws UnreadableValueException {
        if (value == null) {
            return NULL.getBytes(UTF_8);
        }
        String text = written(value);
        byte[] payload = Utf8.bytes(text);
        // Refusing an unreadable value once here is better than failing at each lookup.
        JsonValidator.check(payload, jsonShape);
        if (text.equals(NULL)) {
            throw RoundTripCheck.cannot(NULL); // for example an empty OptionalInt, whose hit would be null
        }
        roundTripCheck.check(value, text, trip);
        return payload;
    }

    @Override
    public @Nullable V decode(byte[] payload) throws UnreadableValueException {
        String text = Utf8.text(payload);
        JsonValidator.check(payload, jsonShape);
        if (text.trim().equals(NULL)) {
            return null;
        }
        return read(text);
    }

    @Override
    public boolean areSame(byte[] one, byte[] other) throws UnreadableValueException {
        return Arrays.equals(one, other) || new JsonEquality(jsonShape).same(Utf8.text(one), Utf8.text(other));
    }

    @Override
    public boolean isShareable() {
        return shareable;
    }

    /** The caller already has the value, so errors of the value's own methods must not reach it. */
    private String written(Object value) throws UnreadableValueException {
        try {
            return byItsClass ? jsonb.toJson(value) : jsonb.toJson(value, type);
        } catch (RuntimeException | Error e) {
            throw new UnreadableValueException(Failure.kind(e));
        }
    }

    @SuppressWarnings("unchecked") // the shape has checked the type
    private @NonNull V read(String text) throws UnreadableValueException {
        Object value;
        try {
            value = jsonb.fromJson(text, ordered);
        } catch (RuntimeException | Error e) {
            throw new UnreadableValueException(Failure.kind(e));
        }
        if (value == null || !jsonShape.holds(value)) {
            throw new UnreadableValueException("a value of another type");
        }
        return (V) value;
    }

    /**
     * The type passed to JSON-B, in which maps and sets are replaced by types that keep the order of the JSON.
     */
    static final class OrderedType {

        private OrderedType() {}

        /**
         * Replaces maps and sets in {@code type} by {@code LinkedHashMap} and {@code LinkedHashSet}, as long as only JDK
         * classes enclose them.
         */
        static Type of(Type type) {
            if (type instanceof Class<?> plain) {
                return implementation(plain);
            }
            if (!(type instanceof ParameterizedType generic)
                    || !((Class<?>) generic.getRawType()).getName().startsWith("java.util.")) {
                return type;
            }
            Type[] given = generic.getActualTypeArguments();
            Type[] arguments = Arrays.stream(given).map(OrderedType::of).toArray(Type[]::new);
            Class<?> implementation = implementation((Class<?>) generic.getRawType());
            return implementation == generic.getRawType() && Arrays.equals(arguments, given)
                    ? type
                    : TypeBindings.parameterized(implementation, generic.getOwnerType(), arguments);
        }

        private static Class<?> implementation(Class<?> type) {
            return type == Map.class ? LinkedHashMap.class : type == Set.class ? LinkedHashSet.class : type;
        }
    }
}
