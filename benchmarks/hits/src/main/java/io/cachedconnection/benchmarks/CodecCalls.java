package io.cachedconnection.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cachedconnection.internal.engine.store.UnreadableValueException;
import io.cachedconnection.internal.engine.store.ValueCodec;
import io.cachedconnection.internal.json.JsonbCodecs;
import jakarta.json.bind.Jsonb;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Writing and reading a {@link Sample} by the library's codec and by JSON-B alone, on the same bytes. Public, and known to
 * others by types of the JDK only, because there is one in the class loader of each provider.
 */
public final class CodecCalls implements Function<String, Map<String, Supplier<Object>>> {

    static final String ENCODE_ALONE = "encode, alone";
    static final String ENCODE = "encode, codec";
    static final String DECODE_ALONE = "decode, alone";
    static final String DECODE = "decode, codec";
    static final String PROVIDER = "provider";

    /** The calls for the sample of that name, and the provider's class. */
    @Override
    public Map<String, Supplier<Object>> apply(String sample) {
        return calls(Sample.valueOf(sample));
    }

    private static Map<String, Supplier<Object>> calls(Sample sample) {
        Jsonb jsonb = sample.jsonb();
        Type type = sample.type();
        Object value = sample.value();
        ValueCodec<Object> codec = new JsonbCodecs().of(type);
        byte[] payload = (byte[]) encoded(codec, value);
        check(payload, encoded(codec, decoded(codec, payload)));
        check(payload, encoded(codec, jsonb.fromJson(new String(payload, UTF_8), type)));
        return Map.of(
                ENCODE_ALONE, () -> jsonb.toJson(value, type).getBytes(UTF_8),
                ENCODE, () -> encoded(codec, value),
                DECODE_ALONE, () -> jsonb.fromJson(new String(payload, UTF_8), type),
                DECODE, () -> decoded(codec, payload),
                PROVIDER, () -> jsonb.getClass().getName());
    }

    private static Object encoded(ValueCodec<Object> codec, Object value) {
        try {
            return codec.encode(value);
        } catch (UnreadableValueException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object decoded(ValueCodec<Object> codec, byte[] payload) {
        try {
            return codec.decode(payload);
        } catch (UnreadableValueException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void check(byte[] expected, Object found) {
        if (expected.length != ((byte[]) found).length) { // a map need not keep its order
            throw new IllegalStateException("What was read is not what was written.");
        }
    }
}
