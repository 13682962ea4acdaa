package io.cachedconnection.provider;

import io.cachedconnection.SharedValue;
import io.cachedconnection.internal.message.ProviderMessage;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The credentials for a user's access to a provider. The application encrypts them; the library never looks inside. Immutable
 * and thread-safe; bytes are copied on their way in and out.
 *
 * <pre>{@code
 * var credentials = new ProviderCredentials(cipher.doFinal(token), CredentialType.OAUTH2, Instant.now().plusSeconds(3600));
 * }</pre>
 */
@SharedValue
public final class ProviderCredentials {

    private final byte[] encryptedData;
    private final CredentialType type;
    private final @Nullable Instant expiresAt;

    /**
     * Creates credentials with a copy of these bytes.
     *
     * @param encryptedData any bytes, at least one; not null
     * @param type how to read them; not null
     * @param expiresAt when they expire; null if they do not
     * @throws IllegalArgumentException if there are no bytes, or an argument is null that may not be; the message quotes no
     *     value
     */
    public ProviderCredentials(byte[] encryptedData, CredentialType type, @Nullable Instant expiresAt) {
        if (Required.value(encryptedData, "encrypted data").length == 0) {
            throw new IllegalArgumentException(ProviderMessage.NO_ENCRYPTED_DATA.with());
        }
        this.encryptedData = encryptedData.clone();
        this.type = Required.value(type, "credential type");
        this.expiresAt = expiresAt;
    }

    /**
     * Returns the encrypted data.
     *
     * @return a new copy for each call; at least one byte
     */
    public byte[] encryptedData() {
        return encryptedData.clone();
    }

    /**
     * Returns how to read the encrypted data.
     *
     * @return never null
     */
    public CredentialType type() {
        return type;
    }

    /**
     * Returns when the credentials expire.
     *
     * @return null if they do not
     */
    public @Nullable Instant expiresAt() {
        return expiresAt;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ProviderCredentials that
                && Arrays.equals(encryptedData, that.encryptedData)
                && type == that.type
                && Objects.equals(expiresAt, that.expiresAt);
    }

    @Override
    public int hashCode() {
        return Objects.hash(Arrays.hashCode(encryptedData), type, expiresAt);
    }

    /** Contains only the type. */
    @Override
    public String toString() {
        return "ProviderCredentials[type=" + type + "]";
    }
}
