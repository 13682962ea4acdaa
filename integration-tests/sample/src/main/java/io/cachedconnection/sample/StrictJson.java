package io.cachedconnection.sample;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonConfig;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Map;

/** A request's body as one JSON object: UTF-8 throughout, no name twice, nothing after it. Else it is refused. */
final class StrictJson {

    private static final JsonReaderFactory READERS =
            Json.createReaderFactory(Map.of(JsonConfig.KEY_STRATEGY, JsonConfig.KeyStrategy.NONE));

    private StrictJson() {}

    static JsonObject object(InputStream in, int maxBytes) {
        String text = text(bytes(in, maxBytes));
        refuseUnlessJson(text);
        if (value(text) instanceof JsonObject json) {
            return json;
        }
        throw Refusal.malformed("The body is not a JSON object.");
    }

    private static byte[] bytes(InputStream in, int maxBytes) {
        try {
            byte[] bytes = in.readNBytes(maxBytes + 1);
            if (bytes.length > maxBytes) {
                throw Refusal.tooLarge(maxBytes);
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException("The request's body could not be read.", e);
        }
    }

    // Not new String(bytes, UTF_8): that puts a replacement character where it understands nothing.
    private static String text(byte[] bytes) {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw Refusal.malformed("The body is not UTF-8.");
        }
    }

    // A reader stops after the value; a parser that is asked for more goes on to the end.
    private static void refuseUnlessJson(String text) {
        try (var parser = Json.createParser(new StringReader(text))) {
            while (parser.hasNext()) {
                parser.next();
            }
        } catch (RuntimeException e) {
            // A JsonException as a rule, but a parser tells of deep nesting in its own way.
            throw Refusal.malformed("The body is not JSON.");
        }
    }

    private static JsonValue value(String text) {
        try (var reader = READERS.createReader(new StringReader(text))) {
            return reader.readValue();
        } catch (JsonException e) {
            throw Refusal.malformed("The body says a name twice."); // all else was found before
        }
    }
}
