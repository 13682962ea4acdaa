package io.cachedconnection.sample;

import io.cachedconnection.provider.ConnectionStatus;
import io.cachedconnection.provider.ProviderConnection;
import io.cachedconnection.provider.ProviderCredentials;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A change as a request asks for it: another alias, another status, or both. What it does not name stays as it is. */
final class ConnectionChange implements UnaryOperator<ProviderConnection> {

    private static final List<String> FIXED = List.of(
            "id",
            "user_id",
            "provider_id",
            "provider_slug",
            "connected_at",
            "last_sync_at",
            "created_at",
            "updated_at");

    private final ConnectionBody body;
    private final Optional<ConnectionStatus> status;
    private final Optional<ProviderCredentials> credentials;
    private final Instant now;

    ConnectionChange(ConnectionBody body, Instant now) {
        this.body = body;
        this.status = body.status();
        this.credentials = body.credentials();
        this.now = now;
    }

    @Override
    public ProviderConnection apply(ProviderConnection connection) {
        refuseOtherChanges(connection);
        return renamed(stepped(connection));
    }

    private ProviderConnection stepped(ProviderConnection connection) {
        ConnectionStatus next = status.orElse(connection.status());
        if (credentials.isPresent() && next != ConnectionStatus.ACTIVE) {
            throw Refusal.malformed("credentials go with status active.");
        }
        if (next == connection.status() && credentials.isEmpty()) {
            return connection;
        }
        return switch (next) {
            case ACTIVE -> connection.activate(body.neededCredentials(), now);
            case FAILED -> connection.fail(now);
            case EXPIRED -> connection.expire(now);
            case REVOKED -> connection.revoke(now);
            case DISCONNECTED -> connection.disconnect(now);
            case PENDING -> throw Refusal.conflict("No connection becomes pending again.");
        };
    }

    private ProviderConnection renamed(ProviderConnection connection) {
        if (!body.says("alias") || Objects.equals(body.alias(), connection.alias())) {
            return connection;
        }
        return Checked.by(() -> connection.rename(body.alias(), now));
    }

    /** What a GET showed may be sent back as it was; it may not differ. */
    private void refuseOtherChanges(ProviderConnection connection) {
        JsonObject shown = ConnectionJson.of(connection);
        for (String name : FIXED) {
            refuseDifference(name, shown);
        }
        if (credentials.isEmpty() && !isNull("credentials")) {
            refuseDifference("credentials", shown);
        }
    }

    private void refuseDifference(String name, JsonObject shown) {
        if (body.says(name) && !Objects.equals(body.json().get(name), shown.get(name))) {
            throw Refusal.malformed(name + " cannot be changed to this.");
        }
    }

    private boolean isNull(String name) {
        return JsonValue.NULL.equals(body.json().getOrDefault(name, JsonValue.NULL));
    }
}
