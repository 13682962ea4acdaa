package io.cachedconnection.sample;

import io.cachedconnection.provider.ConnectionStatus;
import io.cachedconnection.provider.CredentialType;
import io.cachedconnection.provider.ProviderConnection;
import io.cachedconnection.provider.ProviderCredentials;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One provider connection as the database keeps it: UUIDs as text and times as numbers, alike on every server. */
@Entity
@Table(name = "PROVIDER_CONNECTION")
public class ConnectionRow {

    @Id
    @Column(name = "ID", length = 36)
    private String id;

    @Column(name = "USER_ID", length = 36, nullable = false)
    private String userId;

    @Column(name = "PROVIDER_ID", length = 36, nullable = false)
    private String providerId;

    @Column(name = "PROVIDER_SLUG", length = 100, nullable = false)
    private String providerSlug;

    @Column(name = "STATUS", length = 20, nullable = false)
    private String status;

    @Column(name = "ALIAS", length = 200)
    private @Nullable String alias;

    @Column(name = "CREDENTIALS", length = ConnectionBody.MAX_BYTES)
    private byte @Nullable [] credentials;

    @Column(name = "CREDENTIAL_TYPE", length = 20)
    private @Nullable String credentialType;

    @Convert(converter = InstantAsMicros.class)
    @Column(name = "CREDENTIALS_EXPIRE_AT")
    private @Nullable Instant credentialsExpireAt;

    @Convert(converter = InstantAsMicros.class)
    @Column(name = "CONNECTED_AT")
    private @Nullable Instant connectedAt;

    @Convert(converter = InstantAsMicros.class)
    @Column(name = "LAST_SYNC_AT")
    private @Nullable Instant lastSyncAt;

    @Convert(converter = InstantAsMicros.class)
    @Column(name = "CREATED_AT", nullable = false)
    private Instant createdAt;

    @Convert(converter = InstantAsMicros.class)
    @Column(name = "UPDATED_AT", nullable = false)
    private Instant updatedAt;

    @SuppressWarnings("NullAway.Init") // the persistence provider fills the fields
    protected ConnectionRow() {}

    @SuppressWarnings("NullAway.Init") // become() fills the fields
    ConnectionRow(ProviderConnection connection) {
        become(connection);
    }

    /** Takes over all that {@code connection} says. */
    final void become(ProviderConnection connection) {
        id = connection.id().toString();
        userId = connection.userId().toString();
        providerId = connection.providerId().toString();
        providerSlug = connection.providerSlug();
        status = connection.status().wireName();
        alias = connection.alias();
        connectedAt = connection.connectedAt();
        lastSyncAt = connection.lastSyncAt();
        createdAt = connection.createdAt();
        updatedAt = connection.updatedAt();
        become(connection.credentials());
    }

    private void become(@Nullable ProviderCredentials held) {
        credentials = held == null ? null : held.encryptedData();
        credentialType = held == null ? null : held.type().wireName();
        credentialsExpireAt = held == null ? null : held.expiresAt();
    }

    ProviderConnection connection() {
        return new ProviderConnection(
                UUID.fromString(id),
                UUID.fromString(userId),
                UUID.fromString(providerId),
                providerSlug,
                ConnectionStatus.ofWireName(status).orElseThrow(),
                alias,
                credentials(),
                connectedAt,
                lastSyncAt,
                createdAt,
                updatedAt);
    }

    private @Nullable ProviderCredentials credentials() {
        if (credentials == null || credentialType == null) {
            return null;
        }
        CredentialType type = CredentialType.ofWireName(credentialType).orElseThrow();
        return new ProviderCredentials(credentials, type, credentialsExpireAt);
    }
}
