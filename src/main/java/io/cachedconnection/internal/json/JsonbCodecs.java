package io.cachedconnection.internal.json;

import io.cachedconnection.internal.engine.store.UnreadableValueException;
import io.cachedconnection.internal.engine.store.ValueCodec;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import jakarta.json.bind.annotation.JsonbCreator;
import jakarta.json.bind.config.BinaryDataStrategy;
import jakarta.json.bind.serializer.JsonbDeserializer;
import jakarta.json.bind.serializer.JsonbSerializer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.net.URL;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Creates codecs with any JSON-B provider. Thread-safe.
 *
 * <p>Each type has its own {@link Jsonb}, which is kept because creating one takes milliseconds and it caches class metadata. A
 * {@code Jsonb} that fails for one type does not affect the others.
 */
public final class JsonbCodecs implements AutoCloseable {

    private static final Logger LOG = System.getLogger(JsonbCodecs.class.getName());

    private final Function<Type, Jsonb> provider;
    private final boolean mayBeDirect;
    private final Map<Type, JsonbWithCodec> kept = new ConcurrentHashMap<>();
    private final Map<Type, Chosen> chosen = new ConcurrentHashMap<>();
    private volatile boolean isClosed;
    private final @Nullable ClassLoader loader = Thread.currentThread().getContextClassLoader();

    /** Uses the provider that the calling thread sees. Later threads need not see any. */
    public JsonbCodecs() {
        this(JsonbCodecs::created, true);
    }

    /** Uses this provider, and no direct codecs. */
    JsonbCodecs(Function<Type, Jsonb> provider) {
        this(provider, false);
    }

    private JsonbCodecs(Function<Type, Jsonb> provider, boolean mayBeDirect) {
        this.provider = provider;
        this.mayBeDirect = mayBeDirect;
    }

    /** Returns the codec for {@code type}, including generics. The caller vouches that {@code V} is that type. */
    @SuppressWarnings("unchecked") // the caller vouches for it
    public <V> ValueCodec<V> of(Type type) {
        return mayBeDirect
                ? (ValueCodec<V>) chosen.computeIfAbsent(type, this::choose).codec()
                : byJsonb(type);
    }

    /** Returns the codec by JSON-B for any type. */
    @SuppressWarnings("unchecked") // the caller vouches for it
    public <V> ValueCodec<V> byJsonb(Type type) {
        if (isClosed) {
            return new RefusingCodec<>("the application has stopped");
        }
        JsonbWithCodec each = kept.computeIfAbsent(type, this::create);
        if (isClosed && kept.remove(type, each)) {
            close(each.jsonb());
        }
        return (ValueCodec<V>) each.codec();
    }

    /** Returns why values of {@code type}, whose codec was requested before, use JSON-B; empty if they do not. */
    public String reason(Type type) {
        return chosen.computeIfAbsent(type, this::choose).reason();
    }

    private Chosen choose(Type type) {
        DirectTypes.Plan plan = DirectTypes.of(type);
        String reason = plan.reason();
        if (reason.isEmpty() && !ReachableEntities.in(type).areNone()) {
            reason = "it holds JPA entities";
        }
        // Other nodes may read by JSON-B what this provider would misread.
        if (reason.isEmpty()
                && UnsupportedTypes.contains(type)
                && !byJsonb(type).isUsable()) {
            reason = "this server's provider of JSON-B would read it wrong";
        }
        String how = reason.isEmpty() ? "directly" : "by JSON-B: " + reason;
        LOG.log(Level.DEBUG, () -> "Values of " + type.getTypeName() + " are written and read " + how + ".");
        return plan.direct() == null || !reason.isEmpty()
                ? new Chosen(byJsonb(type), reason)
                : new Chosen(new DirectCodec<>(plan.direct(), ShareableTypes.contains(type), () -> byJsonb(type)), "");
    }

    /**
     * Writes and reads a value of this library. The very first value takes fifty times as long as later ones, because JSON-B
     * loads its classes. Warming up keeps callers from waiting for it.
     */
    public void warmUp() {
        try {
            FirstValue value = new FirstValue("", 0, true, BigDecimal.ZERO, new UUID(0, 0), Instant.EPOCH, List.of(""));
            for (ValueCodec<FirstValue> codec :
                    List.<ValueCodec<FirstValue>>of(of(FirstValue.class), byJsonb(FirstValue.class))) {
                codec.decode(codec.encode(value));
            }
        } catch (UnreadableValueException e) {
            LOG.log(Level.DEBUG, "JSON-B cannot write and read a plain record.", e);
        }
    }

    /** A value with the usual property types. Public, because JSON-B calls it. */
    public record FirstValue(
            String text, int number, boolean truth, BigDecimal decimal, UUID id, Instant moment, List<String> texts) {

        /** Called by JSON-B. */
        @JsonbCreator
        public FirstValue {}
    }

    /** Releases the resources of the providers that support it. Do not use the codecs afterwards. */
    @Override
    public void close() {
        isClosed = true;
        for (Type type : List.copyOf(kept.keySet())) {
            JsonbWithCodec each = kept.remove(type);
            if (each != null) {
                close(each.jsonb());
            }
        }
        chosen.clear();
    }

    /**
     * Creates a codec. JSON-B and JSON-P find their providers through the calling thread, which may belong to any application.
     */
    private JsonbWithCodec create(Type type) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            Jsonb jsonb = provider.apply(type);
            return new JsonbWithCodec(jsonb, codec(jsonb, type));
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static ValueCodec<?> codec(Jsonb jsonb, Type type) {
        if (type == byte[].class) {
            return new BytesCodec(new JsonbCodec<>(jsonb, String.class)); // providers disagree on the text of bytes
        }
        boolean safe = !asksDns(type)
                && (!UnsupportedTypes.contains(type) || UnsupportedTypes.Probe.isReadBy(jsonb))
                && (!Formats.dependOnLocale(type) || Formats.obeyConfiguration());
        ValueCodec<?> codec = safe
                ? new JsonbCodec<>(jsonb, type)
                : new RefusingCodec<>("a type that this server's provider of JSON-B reads wrong");
        return ReachableEntities.in(type).areNone() ? codec : new EntityCodec<>(codec);
    }

    /** Tells whether the hash code may query DNS, as for a URL. */
    private static boolean asksDns(Type type) {
        try {
            return ReachableTypes.hash(type, URL.class);
        } catch (LinkageError | TypeNotPresentException e) {
            return false; // JSON-B will report the missing class
        }
    }

    private static Jsonb created(Type type) {
        Jsonb jsonb = QuietJson.builder().withConfig(config(type)).build();
        if (TextAdapters.areWrittenBy(jsonb)) {
            return jsonb;
        }
        close(jsonb);
        return JsonbBuilder.create(config(type).withAdapters(TextAdapters.adapters()));
    }

    private static void close(Jsonb jsonb) {
        try {
            jsonb.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.log(Level.DEBUG, "A provider of JSON-B did not close cleanly.", e); // continue with the others
        }
    }

    /** Configures JSON-B. Nulls are written, so that a missing name means a damaged entry or another version. */
    private static JsonbConfig config(Type type) {
        JsonbConfig config = new JsonbConfig()
                .setProperty(
                        "jsonb.user-type-mapping",
                        Map.of(Map.class, LinkedHashMap.class)) // for Yasson, to keep the order
                .setProperty("johnzon.use-bigdecimal-stringadapter", false) // write numbers as numbers
                .setProperty("johnzon.use-biginteger-stringadapter", false)
                .withNullValues(true)
                .withLocale(Locale.ROOT) // servers that share a Redis may have different default locales
                .withBinaryDataStrategy(BinaryDataStrategy.BASE_64)
                .withAdapters(TextAdapters.unread());
        FormatProfile.all()
                .forEach(profile -> config.withSerializers(profile.serializers().toArray(JsonbSerializer<?>[]::new))
                        .withDeserializers(profile.deserializers().toArray(JsonbDeserializer<?>[]::new)));
        FieldAccess fields = FieldAccess.of(type);
        return fields.isNeeded() ? config.withPropertyVisibilityStrategy(fields) : config;
    }

    private record JsonbWithCodec(Jsonb jsonb, ValueCodec<?> codec) {}

    private record Chosen(ValueCodec<?> codec, String reason) {}

    /**
     * A codec that refuses all values.
     *
     * @param reason the reason, without any part of a value
     */
    record RefusingCodec<V>(String reason) implements ValueCodec<V> {

        @Override
        public byte[] encode(@Nullable V value) throws UnreadableValueException {
            throw new UnreadableValueException(reason);
        }

        @Override
        public @Nullable V decode(byte[] payload) throws UnreadableValueException {
            throw new UnreadableValueException(reason);
        }

        @Override
        public boolean isUsable() {
            return false;
        }
    }

    /** Byte arrays as top-level values, in Base64. */
    static final class BytesCodec implements ValueCodec<byte[]> {

        private final ValueCodec<String> texts;

        BytesCodec(ValueCodec<String> texts) {
            this.texts = texts;
        }

        @Override
        public byte[] encode(byte @Nullable [] value) throws UnreadableValueException {
            return texts.encode(value == null ? null : Base64.getEncoder().encodeToString(value));
        }

        @Override
        public byte @Nullable [] decode(byte[] payload) throws UnreadableValueException {
            String text = texts.decode(payload);
            try {
                return text == null ? null : Base64.getDecoder().decode(text);
            } catch (IllegalArgumentException e) {
                throw new UnreadableValueException(e);
            }
        }

        @Override
        public boolean isShareable() {
            return false;
        }
    }
}
