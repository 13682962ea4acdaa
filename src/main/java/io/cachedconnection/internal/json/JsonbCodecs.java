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
 * Codecs by JSON-B, whatever its provider. Thread-safe.
 *
 * <p>Each type keeps a {@link Jsonb} of its own. To make one costs milliseconds, and it remembers what it learnt about
 * classes, so it is kept; and one that fails to understand a type takes no other with it.
 */
public final class JsonbCodecs implements AutoCloseable {

    private static final Logger LOG = System.getLogger(JsonbCodecs.class.getName());

    private final Function<Type, Jsonb> provider;
    private final boolean mayBeDirect;
    private final Map<Type, Kept> kept = new ConcurrentHashMap<>();
    private final Map<Type, Chosen> chosen = new ConcurrentHashMap<>();
    private volatile boolean isClosed;
    private final @Nullable ClassLoader loader = Thread.currentThread().getContextClassLoader();

    /** Codecs whose provider is the one that the current thread sees; later threads need not see any. */
    public JsonbCodecs() {
        this(JsonbCodecs::created, true);
    }

    /** Those of this provider, all by JSON-B. */
    JsonbCodecs(Function<Type, Jsonb> provider) {
        this(provider, false);
    }

    private JsonbCodecs(Function<Type, Jsonb> provider, boolean mayBeDirect) {
        this.provider = provider;
        this.mayBeDirect = mayBeDirect;
    }

    /** The codec for values of {@code type}, generics included; the caller vouches that {@code V} is that type. */
    @SuppressWarnings("unchecked") // the caller vouches for it
    public <V> ValueCodec<V> of(Type type) {
        return mayBeDirect
                ? (ValueCodec<V>) chosen.computeIfAbsent(type, this::choose).codec()
                : byJsonb(type);
    }

    /** The codec by JSON-B, whatever the type. */
    @SuppressWarnings("unchecked") // likewise
    public <V> ValueCodec<V> byJsonb(Type type) {
        if (isClosed) {
            return new RefusingCodec<>("the application has stopped");
        }
        Kept each = kept.computeIfAbsent(type, this::made);
        if (isClosed && kept.remove(type, each)) {
            close(each.jsonb());
        }
        return (ValueCodec<V>) each.codec();
    }

    /** Why values of {@code type}, whose codec was asked for before, go through JSON-B; empty if they do not. */
    public String reason(Type type) {
        return chosen.computeIfAbsent(type, this::choose).reason();
    }

    private Chosen choose(Type type) {
        DirectTypes.Plan plan = DirectTypes.of(type);
        String reason = plan.reason();
        if (reason.isEmpty() && !ReachableEntities.in(type).areNone()) {
            reason = "it holds JPA entities";
        }
        // What the provider would read wrong other nodes may read by it.
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
     * Writes and reads a value of this library's. The first value of all takes fifty times as long as the next ones, because
     * JSON-B loads its classes: so it is not one that many callers wait for.
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

    /** What most values have. Public, because JSON-B is to call it. */
    public record FirstValue(
            String text, int number, boolean truth, BigDecimal decimal, UUID id, Instant moment, List<String> texts) {

        /** For JSON-B. */
        @JsonbCreator
        public FirstValue {}
    }

    /** Gives back what the providers hold, of all that can; codecs made here are of no use afterwards. */
    @Override
    public void close() {
        isClosed = true;
        for (Type type : List.copyOf(kept.keySet())) {
            Kept each = kept.remove(type);
            if (each != null) {
                close(each.jsonb());
            }
        }
        chosen.clear();
    }

    /** JSON-B and JSON-P look for their providers through the thread, which may belong to anyone. */
    private Kept made(Type type) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            Jsonb jsonb = provider.apply(type);
            return new Kept(jsonb, codec(jsonb, type));
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static ValueCodec<?> codec(Jsonb jsonb, Type type) {
        if (type == byte[].class) {
            return new BytesCodec(new JsonbCodec<>(jsonb, String.class)); // providers do not agree on their text
        }
        boolean safe = !asksDns(type)
                && (!UnsupportedTypes.contains(type) || UnsupportedTypes.Probe.isReadBy(jsonb))
                && (!Formats.dependOnLocale(type) || Formats.obeyConfiguration());
        ValueCodec<?> codec = safe
                ? new JsonbCodec<>(jsonb, type)
                : new RefusingCodec<>("a type that this server's provider of JSON-B reads wrong");
        return ReachableEntities.in(type).areNone() ? codec : new EntityCodec<>(codec);
    }

    /** The hash of a URL is that of its host's address. */
    private static boolean asksDns(Type type) {
        try {
            return ReachableTypes.hash(type, URL.class);
        } catch (LinkageError | TypeNotPresentException e) {
            return false; // JSON-B will have to say what is missing
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
            LOG.log(Level.DEBUG, "A provider of JSON-B did not close cleanly.", e); // the others are still to be closed
        }
    }

    /** Nulls are written, so that a name that is missing says that the entry is damaged or of another version. */
    private static JsonbConfig config(Type type) {
        JsonbConfig config = new JsonbConfig()
                .setProperty(
                        "jsonb.user-type-mapping", Map.of(Map.class, LinkedHashMap.class)) // Yasson's, for the order
                .setProperty("johnzon.use-bigdecimal-stringadapter", false) // numbers are numbers
                .setProperty("johnzon.use-biginteger-stringadapter", false)
                .withNullValues(true)
                .withLocale(Locale.ROOT) // the servers that share a Redis may have others
                .withBinaryDataStrategy(BinaryDataStrategy.BASE_64)
                .withAdapters(TextAdapters.unread());
        FormatProfile.all()
                .forEach(profile -> config.withSerializers(profile.serializers().toArray(JsonbSerializer<?>[]::new))
                        .withDeserializers(profile.deserializers().toArray(JsonbDeserializer<?>[]::new)));
        FieldAccess fields = FieldAccess.of(type);
        return fields.isNeeded() ? config.withPropertyVisibilityStrategy(fields) : config;
    }

    private record Kept(Jsonb jsonb, ValueCodec<?> codec) {}

    private record Chosen(ValueCodec<?> codec, String reason) {}

    /**
     * A codec that neither writes nor reads any value.
     *
     * @param reason why, without any part of a value
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

    /** Bytes that are a value by themselves, as text in Base64. */
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
