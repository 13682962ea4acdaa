package io.cachedconnection.internal.json;

import io.cachedconnection.provider.ConnectionStatus;
import io.cachedconnection.provider.ProviderConnection;
import io.cachedconnection.provider.ProviderCredentials;
import jakarta.json.bind.serializer.DeserializationContext;
import jakarta.json.bind.serializer.JsonbDeserializer;
import jakarta.json.bind.serializer.JsonbSerializer;
import jakarta.json.bind.serializer.SerializationContext;
import jakarta.json.stream.JsonGenerator;
import jakarta.json.stream.JsonParser;
import java.lang.reflect.Type;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Connections in the wire format; see {@code docs/wire-format.md}. Public because JSON-B providers ask for it. */
public final class ConnectionJson
        implements JsonbSerializer<ProviderConnection>, JsonbDeserializer<@Nullable ProviderConnection> {

    private static final String ID = "id";
    private static final String USER_ID = "user_id";
    private static final String PROVIDER_ID = "provider_id";
    private static final String PROVIDER_SLUG = "provider_slug";
    private static final String STATUS = "status";
    private static final String ALIAS = "alias";
    private static final String CREDENTIALS = "credentials";
    private static final String CONNECTED_AT = "connected_at";
    private static final String LAST_SYNC_AT = "last_sync_at";
    private static final String CREATED_AT = "created_at";
    private static final String UPDATED_AT = "updated_at";
    private static final int UUID_LENGTH = 36;

    @Override
    public void serialize(ProviderConnection connection, JsonGenerator json, SerializationContext context) {
        json.writeStartObject();
        json.write(ID, connection.id().toString());
        json.write(USER_ID, connection.userId().toString());
        json.write(PROVIDER_ID, connection.providerId().toString());
        json.write(PROVIDER_SLUG, connection.providerSlug());
        json.write(STATUS, connection.status().wireName());
        writeText(json, ALIAS, connection.alias());
        writeCredentials(json, connection.credentials());
        WireTime.write(json, CONNECTED_AT, connection.connectedAt());
        WireTime.write(json, LAST_SYNC_AT, connection.lastSyncAt());
        WireTime.write(json, CREATED_AT, connection.createdAt());
        WireTime.write(json, UPDATED_AT, connection.updatedAt());
        json.writeEnd();
    }

    @Override
    public @Nullable ProviderConnection deserialize(JsonParser parser, DeserializationContext context, Type type) {
        Tree tree = Tree.orNull(parser);
        return tree == null ? null : read(tree);
    }

    private static ProviderConnection read(Tree tree) {
        return new ProviderConnection(
                uuid(tree.text(ID)),
                uuid(tree.text(USER_ID)),
                uuid(tree.text(PROVIDER_ID)),
                tree.text(PROVIDER_SLUG),
                ConnectionStatus.ofWireName(tree.text(STATUS)).orElseThrow(Tree::refused),
                tree.textOrNull(ALIAS),
                credentials(tree.treeOrNull(CREDENTIALS)),
                WireTime.instantOrNull(tree.textOrNull(CONNECTED_AT)),
                WireTime.instantOrNull(tree.textOrNull(LAST_SYNC_AT)),
                WireTime.instant(tree.text(CREATED_AT)),
                WireTime.instant(tree.text(UPDATED_AT)));
    }

    /** The original takes an empty object for none, too. */
    private static @Nullable ProviderCredentials credentials(@Nullable Tree tree) {
        return tree == null || tree.isEmpty() ? null : CredentialsJson.read(tree);
    }

    private static UUID uuid(String text) {
        if (text.length() != UUID_LENGTH) {
            throw Tree.refused(); // the JDK fills up short groups with zeros
        }
        return UUID.fromString(text);
    }

    private static void writeText(JsonGenerator json, String name, @Nullable String text) {
        if (text == null) {
            json.writeNull(name);
        } else {
            json.write(name, text);
        }
    }

    private static void writeCredentials(JsonGenerator json, @Nullable ProviderCredentials credentials) {
        if (credentials == null) {
            json.writeNull(CREDENTIALS);
            return;
        }
        json.writeStartObject(CREDENTIALS);
        CredentialsJson.write(credentials, json);
        json.writeEnd();
    }
}
