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
 * A user's connection to a financial provider. Immutable and thread-safe. It changes by named steps, each of which
 * gives a new connection and refuses to start from any other status than those it names. Lengths are in characters as
 * Unicode counts them (code points). Redis keeps times to the microsecond.
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
 * @param status where the connection is in its life; not null
 * @param alias the user's own name for it, at most 100 characters; null if there is none, and an empty one becomes null
 * @param credentials what the access rests on; null if there are none, which an active connection does not allow
 * @param connectedAt when it first became active; null if it never did
 * @param lastSyncAt when the provider's data was last fetched; null if it never was
 * @param createdAt when it was begun; not null
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
     * A connection that keeps the rules above.
     *
     * @param id the connection's id
     * @param userId the user's id
     * @param providerId the provider's id
     * @param providerSlug 1 to 50 characters
     * @param status where the connection is in its life
     * @param alias at most 100 characters; null or empty for none
     * @param credentials null for none, unless it is active
     * @param connectedAt null if it never became active
     * @param lastSyncAt null if it never was
     * @param createdAt when it was begun
     * @param updatedAt when it last changed
     * @throws IllegalArgumentException if one of them is broken; the message says which and quotes nothing
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
     * A new connection, which waits for the provider to confirm it.
     *
     * @param id the connection's id; not null
     * @param userId the user's id; not null
     * @param providerId the provider's id; not null
     * @param slug the provider's short name, 1 to 50 characters; not null
     * @param at now; not null
     * @return a pending connection without alias and credentials
     * @throws IllegalArgumentException if a rule of {@link ProviderConnection} is broken
     */
    public static ProviderConnection pending(UUID id, UUID userId, UUID providerId, String slug, Instant at) {
        return new ProviderConnection(id, userId, providerId, slug, PENDING, null, null, null, null, at, at);
    }

    /**
     * Begins to be used, or is used again. The first time is remembered as {@link #connectedAt()}.
     *
     * @param newCredentials what the access rests on from now; not null
     * @param at now; not null
     * @return the active connection
     * @throws IllegalConnectionStateException unless it is pending, expired, revoked or failed
     * @throws IllegalArgumentException if an argument is null
     */
    public ProviderConnection activate(ProviderCredentials newCredentials, Instant at) {
        refuseUnless(BEFORE_ACTIVE.contains(status), "activate");
        return changed(ACTIVE, newCredentials, connectedAt == null ? at : connectedAt, at);
    }

    /**
     * Gives up: the provider did not confirm it.
     *
     * @param at now; not null
     * @return the failed connection
     * @throws IllegalConnectionStateException unless it is pending
     * @throws IllegalArgumentException if {@code at} is null
     */
    public ProviderConnection fail(Instant at) {
        refuseUnless(status == PENDING, "fail");
        return changed(FAILED, credentials, connectedAt, at);
    }

    /**
     * Ends because the credentials ran out. They are kept: they may be of use to renew it.
     *
     * @param at now; not null
     * @return the expired connection
     * @throws IllegalConnectionStateException unless it is active
     * @throws IllegalArgumentException if {@code at} is null
     */
    public ProviderConnection expire(Instant at) {
        refuseUnless(status == ACTIVE, "expire");
        return changed(EXPIRED, credentials, connectedAt, at);
    }

    /**
     * Ends because the user or the provider withdrew the credentials. They are kept, as a trace.
     *
     * @param at now; not null
     * @return the revoked connection
     * @throws IllegalConnectionStateException unless it is active
     * @throws IllegalArgumentException if {@code at} is null
     */
    public ProviderConnection revoke(Instant at) {
        refuseUnless(status == ACTIVE, "revoke");
        return changed(REVOKED, credentials, connectedAt, at);
    }

    /**
     * Ends for good, from any status, and forgets the credentials. A disconnected connection allows it too, so that it
     * may be repeated: only the time changes.
     *
     * @param at now; not null
     * @return the disconnected connection, without credentials
     * @throws IllegalArgumentException if {@code at} is null
     */
    public ProviderConnection disconnect(Instant at) {
        return changed(DISCONNECTED, null, connectedAt, at);
    }

    /**
     * Takes another alias, in any status.
     *
     * @param newAlias at most 100 characters; null or empty for none
     * @param at now; not null
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
     * Remembers that the provider's data was fetched.
     *
     * @param at now; not null
     * @return the connection with {@code at} as {@link #lastSyncAt()}
     * @throws IllegalConnectionStateException unless it is active
     * @throws IllegalArgumentException if {@code at} is null
     */
    public ProviderConnection synced(Instant at) {
        refuseUnless(status == ACTIVE, "synced");
        return new ProviderConnection(
                id, userId, providerId, providerSlug, status, alias, credentials, connectedAt, at, createdAt, at);
    }

    /** Names the id and the status only: an alias is personal, and credentials are secret. */
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
