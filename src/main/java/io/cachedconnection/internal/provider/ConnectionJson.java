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
 * The wire format of connections and credentials inside values that go through JSON-B: read and written by
 * {@link ConnectionFormat}, as everywhere else. Public because JSON-B providers ask for it.
 */
public abstract class ConnectionJson<T> implements JsonbSerializer<T>, JsonbDeserializer<@Nullable T> {

    private static final int LIKELY_SIZE = 512;

    private final DirectType format;
    private final JsonProvider provider =
            JsonProvider.provider(); // to look for it each time would take ten times as long

    private ConnectionJson(DirectType format) {
        this.format = format;
    }

    /** Of connections. */
    public static final class OfConnections extends ConnectionJson<ProviderConnection>
            implements JsonbSerializer<ProviderConnection>, JsonbDeserializer<@Nullable ProviderConnection> {

        /** For JSON-B. */
        public OfConnections() {
            super(ConnectionFormat.CONNECTION);
        }
    }

    /** Of credentials. */
    public static final class OfCredentials extends ConnectionJson<ProviderCredentials>
            implements JsonbSerializer<ProviderCredentials>, JsonbDeserializer<@Nullable ProviderCredentials> {

        /** For JSON-B. */
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
     * Providers differ: some have consumed the opening brace, some have not. Where JSON has null, or a value that is no
     * object, some call a deserializer all the same, with nothing left to read.
     */
    @Override
    @SuppressWarnings("unchecked") // it is what the format reads
    public @Nullable T deserialize(JsonParser parser, DeserializationContext context, Type type) {
        try {
            JsonValue tree = parser.hasNext() ? object(parser) : parser.getValue();
            return (T) format.read(new DirectReader(ascii(tree.toString())), 0);
        } catch (UnreadableValueException | IllegalStateException | JsonException e) {
            throw new JsonbException("Not in the wire format."); // the cause might quote the value
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

    /** JSON in ASCII: half a surrogate pair, which JSON can say, has no bytes in UTF-8. */
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
