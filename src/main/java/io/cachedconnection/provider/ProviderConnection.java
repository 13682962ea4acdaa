package io.cachedconnection.provider;

import static io.cachedconnection.provider.ConnectionStatus.ACTIVE;
import static io.cachedconnection.provider.ConnectionStatus.DISCONNECTED;
import static io.cachedconnection.provider.ConnectionStatus.EXPIRED;
import static io.cachedconnection.provider.ConnectionStatus.FAILED;
import static io.cachedconnection.provider.ConnectionStatus.PENDING;
import static io.cachedconnection.provider.ConnectionStatus.REVOKED;

import io.cachedconnection.internal.message.ProviderMessage;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A user's connection to a financial provider. Immutable and thread-safe. Each change is a named step that returns a new
 * connection and throws {@link IllegalConnectionStateException} unless the status allows it. Lengths count Unicode code points.
 * Redis keeps times with microsecond precision.
 *
 * <pre>{@code
 * var connection = ProviderConnection.pending(id, userId, providerId, "schwab", clock.instant())
 *         .activate(credentials, clock.instant())
 *         .rename("My pension", clock.instant());
 * }</pre>
 *
 * @param id the connection's id; not null
 * @param userId the user's id; not null
 * @param providerId the provider's id; not null
 * @param providerSlug the provider's short name, 1 to 50 characters; not null
 * @param status the state in the life cycle; not null
 * @param alias the user's own name for it, at most 100 characters; null for none; an empty alias becomes null
 * @param credentials the credentials; null for none, which an active connection does not allow
 * @param connectedAt when it first became active; null if it never did
 * @param lastSyncAt when the provider's data was last fetched; null if it never was
 * @param createdAt when it was created; not null
 * @param updatedAt when it last changed; not null
 */
public record ProviderConnection(
        UUID id,
        UUID userId,
        UUID providerId,
        String providerSlug,
        ConnectionStatus status,
        @Nullable String alias,
        @Nullable ProviderCredentials credentials,
        @Nullable Instant connectedAt,
        @Nullable Instant lastSyncAt,
        Instant createdAt,
        Instant updatedAt) {

    private static final int MAX_SLUG = 50;
    private static final int MAX_ALIAS = 100;
    private static final Set<ConnectionStatus> BEFORE_ACTIVE = EnumSet.of(PENDING, EXPIRED, REVOKED, FAILED);

    /**
     * Creates a connection and checks the rules of this type.
     *
     * @param id the connection's id
     * @param userId the user's id
     * @param providerId the provider's id
     * @param providerSlug 1 to 50 characters
     * @param status the state in the life cycle
     * @param alias at most 100 characters; null or empty for none
     * @param credentials null for none, unless the connection is active
     * @param connectedAt null if it never became active
     * @param lastSyncAt null if the data was never fetched
     * @param createdAt when it was created
     * @param updatedAt when it last changed
     * @throws IllegalArgumentException if a rule is broken; the message names the rule and quotes no value
     */
    public ProviderConnection {
        Required.value(id, "id");
        Required.value(userId, "user id");
        Required.value(providerId, "provider id");
        Required.value(status, "status");
        Required.value(createdAt, "time of creation");
        Required.value(updatedAt, "time of the last change");
        checkSlug(Required.value(providerSlug, "provider's slug"));
        alias = checkedAlias(alias);
        if (status == ACTIVE && credentials == null) {
            throw new IllegalArgumentException(ProviderMessage.ACTIVE_WITHOUT_CREDENTIALS.with());
        }
    }

    /**
     * Creates a connection that waits for the provider to confirm it.
     *
     * @param id the connection's id; not null
     * @param userId the user's id; not null
     * @param providerId the provider's id; not null
     * @param slug the provider's short name, 1 to 50 characters; not null
     * @param at the current time; not null
     * @return a pending connection without alias and credentials
     * @throws IllegalArgumentException if a rule of {@link ProviderConnection} is broken
     */
    public static ProviderConnection pending(UUID id, UUID userId, UUID providerId, String slug, Instant at) {
        return new ProviderConnection(id, userId, providerId, slug, PENDING, null, null, null, null, at, at);
    }

    /**
     * Activates or reactivates the connection. The first activation sets {@link #connectedAt()}.
     *
     * @param newCredentials the credentials from now on; not null
     * @param at the current time; not null
     * @return the active connection
     * @throws IllegalConnectionStateException unless it is pending, expired, revoked or failed
     * @throws IllegalArgumentException if an argument is null
     */
    public ProviderConnection activate(ProviderCredentials newCredentials, Instant at) {
        refuseUnless(BEFORE_ACTIVE.contains(status), "activate");
        return changed(ACTIVE, newCredentials, connectedAt == null ? at : connectedAt, at);
    }

    /**
     * Marks the connection as failed: the provider did not confirm it.
     *
     * @param at the current time; not null
     * @return the failed connection
     * @throws IllegalConnectionStateException unless it is pending
     * @throws IllegalArgumentException if {@code at} is null
     */
    public ProviderConnection fail(Instant at) {
        refuseUnless(status == PENDING, "fail");
        return changed(FAILED, credentials, connectedAt, at);
    }

    /**
     * Marks the connection as expired. It keeps its credentials, which may serve to renew it.
     *
     * @param at the current time; not null
     * @return the expired connection
     * @throws IllegalConnectionStateException unless it is active
     * @throws IllegalArgumentException if {@code at} is null
     */
    public ProviderConnection expire(Instant at) {
        refuseUnless(status == ACTIVE, "expire");
        return changed(EXPIRED, credentials, connectedAt, at);
    }

    /**
     * Marks the connection as revoked by the user or the provider. It keeps its credentials for the record.
     *
     * @param at the current time; not null
     * @return the revoked connection
     * @throws IllegalConnectionStateException unless it is active
     * @throws IllegalArgumentException if {@code at} is null
     */
    public ProviderConnection revoke(Instant at) {
        refuseUnless(status == ACTIVE, "revoke");
        return changed(REVOKED, credentials, connectedAt, at);
    }

    /**
     * Ends the connection for good, from any status, and deletes the credentials. The step may be repeated; only the time then
     * changes.
     *
     * @param at the current time; not null
     * @return the disconnected connection, without credentials
     * @throws IllegalArgumentException if {@code at} is null
     */
    public ProviderConnection disconnect(Instant at) {
        return changed(DISCONNECTED, null, connectedAt, at);
    }

    /**
     * Changes the alias, in any status.
     *
     * @param newAlias at most 100 characters; null or empty for none
     * @param at the current time; not null
     * @return the renamed connection
     * @throws IllegalArgumentException if the alias is too long, or {@code at} is null
     */
    public ProviderConnection rename(@Nullable String newAlias, Instant at) {
        return new ProviderConnection(
                id,
                userId,
                providerId,
                providerSlug,
                status,
                newAlias,
                credentials,
                connectedAt,
                lastSyncAt,
                createdAt,
                at);
    }

    /**
     * Records that the provider's data was fetched.
     *
     * @param at the current time; not null
     * @return the connection with {@code at} as {@link #lastSyncAt()}
     * @throws IllegalConnectionStateException unless it is active
     * @throws IllegalArgumentException if {@code at} is null
     */
    public ProviderConnection synced(Instant at) {
        refuseUnless(status == ACTIVE, "synced");
        return new ProviderConnection(
                id, userId, providerId, providerSlug, status, alias, credentials, connectedAt, at, createdAt, at);
    }

    /** Contains only the id and the status: an alias is personal, and credentials are secret. */
    @Override
    public String toString() {
        return "ProviderConnection[id=" + id + ", status=" + status + "]";
    }

    private ProviderConnection changed(
            ConnectionStatus newStatus,
            @Nullable ProviderCredentials newCredentials,
            @Nullable Instant newConnectedAt,
            Instant at) {
        return new ProviderConnection(
                id,
                userId,
                providerId,
                providerSlug,
                newStatus,
                alias,
                newCredentials,
                newConnectedAt,
                lastSyncAt,
                createdAt,
                at);
    }

    private void refuseUnless(boolean allowed, String step) {
        if (!allowed) {
            throw new IllegalConnectionStateException(status, step);
        }
    }

    private static void checkSlug(String slug) {
        int length = slug.codePointCount(0, slug.length());
        if (length < 1 || length > MAX_SLUG) {
            throw new IllegalArgumentException(ProviderMessage.SLUG_LENGTH.with(length, MAX_SLUG));
        }
    }

    private static @Nullable String checkedAlias(@Nullable String alias) {
        if (alias == null || alias.isEmpty()) {
            return null;
        }
        int length = alias.codePointCount(0, alias.length());
        if (length > MAX_ALIAS) {
            throw new IllegalArgumentException(ProviderMessage.ALIAS_LENGTH.with(length, MAX_ALIAS));
        }
        return alias;
    }
}
