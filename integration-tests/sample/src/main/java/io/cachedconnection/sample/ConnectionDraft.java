package io.cachedconnection.sample;

import io.cachedconnection.provider.ConnectionStatus;
import io.cachedconnection.provider.ProviderConnection;
import java.time.Instant;
import java.util.UUID;

/** A new connection as a request asks for it: pending, and active if it brings credentials and says so. */
final class ConnectionDraft {

    private ConnectionDraft() {}

    static ProviderConnection from(ConnectionBody body, Instant now) {
        UUID id = body.optionalUuid("id").orElseGet(UUID::randomUUID);
        ProviderConnection pending = Checked.by(() -> ProviderConnection.pending(
                        id, body.uuid("user_id"), body.uuid("provider_id"), body.required("provider_slug"), now)
                .rename(body.alias(), now));
        return switch (body.status().orElse(ConnectionStatus.PENDING)) {
            case PENDING -> withoutCredentials(body, pending);
            case ACTIVE -> pending.activate(body.neededCredentials(), now);
            default -> throw Refusal.conflict("A new connection is pending or active.");
        };
    }

    private static ProviderConnection withoutCredentials(ConnectionBody body, ProviderConnection pending) {
        if (body.credentials().isPresent()) {
            throw Refusal.malformed("credentials go with status active.");
        }
        return pending;
    }
}
