package io.cachedconnection.internal.provider;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.cachedconnection.internal.engine.store.UnreadableValueException;
import io.cachedconnection.internal.json.DirectReader;
import io.cachedconnection.internal.json.DirectType;
import io.cachedconnection.internal.json.DirectWriter;
import io.cachedconnection.provider.ProviderConnection;
import io.cachedconnection.provider.ProviderCredentials;
import jakarta.json.JsonException;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import jakarta.json.bind.JsonbException;
import jakarta.json.bind.serializer.DeserializationContext;
import jakarta.json.bind.serializer.JsonbDeserializer;
import jakarta.json.bind.serializer.JsonbSerializer;
import jakarta.json.bind.serializer.SerializationContext;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonGenerator;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import java.io.StringReader;
import java.lang.reflect.Type;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the wire format of connections and credentials inside values that use JSON-B, by {@link ConnectionFormat}.
 * Public because JSON-B providers require it.
 */
public abstract class ConnectionJson<T> implements JsonbSerializer<T>, JsonbDeserializer<@Nullable T> {

    private static final int LIKELY_SIZE = 512;

    private final DirectType format;
    private final JsonProvider provider =
            JsonProvider.provider(); // looked up once, because each lookup takes ten times as long as its use

    private ConnectionJson(DirectType format) {
        this.format = format;
    }

    /** The adapter of connections. */
    public static final class OfConnections extends ConnectionJson<ProviderConnection>
            implements JsonbSerializer<ProviderConnection>, JsonbDeserializer<@Nullable ProviderConnection> {

        /** Called by JSON-B. */
        public OfConnections() {
            super(ConnectionFormat.CONNECTION);
        }
    }

    /** The adapter of credentials. */
    public static final class OfCredentials extends ConnectionJson<ProviderCredentials>
            implements JsonbSerializer<ProviderCredentials>, JsonbDeserializer<@Nullable ProviderCredentials> {

        /** Called by JSON-B. */
        public OfCredentials() {
            super(ConnectionFormat.CREDENTIALS);
        }
    }

    @Override
    public void serialize(T value, JsonGenerator json, SerializationContext context) {
        DirectWriter out = new DirectWriter(LIKELY_SIZE);
        format.write(value, out, 0);
        try (JsonReader reader = provider.createReader(new StringReader(new String(out.toBytes(), UTF_8)))) {
            json.write(reader.readValue());
        }
    }

    /**
     * JSON-B providers differ: some have already consumed the opening brace. For a null or a value that is no object, some call
     * the deserializer with nothing left to read.
     */
    @Override
    @SuppressWarnings("unchecked") // the format reads this type
    public @Nullable T deserialize(JsonParser parser, DeserializationContext context, Type type) {
        try {
            JsonValue tree = parser.hasNext() ? object(parser) : parser.getValue();
            return (T) format.read(new DirectReader(ascii(tree.toString())), 0);
        } catch (UnreadableValueException | IllegalStateException | JsonException e) {
            throw new JsonbException("Not in the wire format."); // without the cause, which might quote the value
        }
    }

    private JsonValue object(JsonParser parser) {
        JsonObjectBuilder object = provider.createObjectBuilder();
        Event event = parser.next();
        if (event == Event.START_OBJECT) {
            event = parser.next();
        }
        for (; event == Event.KEY_NAME; event = parser.next()) {
            String name = parser.getString();
            parser.next();
            object.add(name, parser.getValue());
        }
        if (event != Event.END_OBJECT) {
            throw new IllegalStateException("Not an object.");
        }
        return object.build();
    }

    /** Encodes as ASCII JSON, because JSON may contain half a surrogate pair, which UTF-8 cannot encode. */
    private static byte[] ascii(String json) {
        StringBuilder ascii = new StringBuilder(json.length());
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c < 0x80) {
                ascii.append(c);
            } else {
                ascii.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            }
        }
        return ascii.toString().getBytes(US_ASCII);
    }
}
