package io.cachedconnection.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cachedconnection.provider.CredentialType;
import io.cachedconnection.provider.ProviderCredentials;
import jakarta.json.bind.serializer.DeserializationContext;
import jakarta.json.bind.serializer.JsonbDeserializer;
import jakarta.json.bind.serializer.JsonbSerializer;
import jakarta.json.bind.serializer.SerializationContext;
import jakarta.json.stream.JsonGenerator;
import jakarta.json.stream.JsonParser;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Credentials in the wire format; see {@code docs/wire-format.md}. Public because JSON-B providers ask for it. */
public final class CredentialsJson
        implements JsonbSerializer<ProviderCredentials>, JsonbDeserializer<@Nullable ProviderCredentials> {

    private static final String DATA = "encrypted_data";
    private static final String DATA_BASE64 = "encrypted_data_base64";
    private static final String TYPE = "credential_type";
    private static final String EXPIRES_AT = "expires_at";

    @Override
    public void serialize(ProviderCredentials credentials, JsonGenerator json, SerializationContext context) {
        json.writeStartObject();
        write(credentials, json);
        json.writeEnd();
    }

    @Override
    public @Nullable ProviderCredentials deserialize(JsonParser parser, DeserializationContext context, Type type) {
        Tree tree = Tree.orNull(parser);
        return tree == null ? null : read(tree);
    }

    static void write(ProviderCredentials credentials, JsonGenerator json) {
        byte[] data = credentials.encryptedData();
        String text = Utf8.textOrNull(data);
        if (text == null) {
            // Without the other name the original has a miss, rather than credentials that are wrong.
            json.write(DATA_BASE64, Base64.getEncoder().encodeToString(data));
        } else {
            json.write(DATA, text);
        }
        json.write(TYPE, credentials.type().wireName());
        WireTime.write(json, EXPIRES_AT, credentials.expiresAt());
    }

    static ProviderCredentials read(Tree tree) {
        CredentialType type = CredentialType.ofWireName(tree.text(TYPE)).orElseThrow(Tree::refused);
        Instant expiresAt = WireTime.instantOrNull(tree.textOrNull(EXPIRES_AT));
        return new ProviderCredentials(data(tree), type, expiresAt);
    }

    private static byte[] data(Tree tree) {
        if (tree.has(DATA) && tree.has(DATA_BASE64)) {
            throw Tree.refused();
        }
        if (tree.has(DATA_BASE64)) {
            return Base64.getDecoder().decode(tree.text(DATA_BASE64).getBytes(UTF_8));
        }
        byte[] data = Utf8.bytesOrNull(tree.text(DATA));
        if (data == null) {
            throw Tree.refused();
        }
        return data;
    }
}
