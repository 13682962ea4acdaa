package io.cachedconnection.sample;

import io.cachedconnection.provider.ProviderConnection;
import io.cachedconnection.provider.ProviderCredentials;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A connection as the API shows it: the names of the entry in Redis, without the content of the credentials. */
final class ConnectionJson {

    private ConnectionJson() {}

    static JsonArray of(List<ProviderConnection> connections) {
        var array = Json.createArrayBuilder();
        connections.forEach(connection -> array.add(of(connection)));
        return array.build();
    }

    static JsonObject of(ProviderConnection connection) {
        return Json.createObjectBuilder()
                .add("id", connection.id().toString())
                .add("user_id", connection.userId().toString())
                .add("provider_id", connection.providerId().toString())
                .add("provider_slug", connection.providerSlug())
                .add("status", connection.status().wireName())
                .add("alias", text(connection.alias()))
                .add("credentials", of(connection.credentials()))
                .add("connected_at", text(connection.connectedAt()))
                .add("last_sync_at", text(connection.lastSyncAt()))
                .add("created_at", text(connection.createdAt()))
                .add("updated_at", text(connection.updatedAt()))
                .build();
    }

    private static JsonValue of(@Nullable ProviderCredentials credentials) {
        return credentials == null
                ? JsonValue.NULL
                : Json.createObjectBuilder()
                        .add("credential_type", credentials.type().wireName())
                        .add("expires_at", text(credentials.expiresAt()))
                        .build();
    }

    private static JsonValue text(@Nullable Object value) {
        return value == null ? JsonValue.NULL : Json.createValue(value.toString());
    }
}
