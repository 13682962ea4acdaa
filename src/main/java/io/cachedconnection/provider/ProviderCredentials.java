package io.cachedconnection.provider;

import io.cachedconnection.SharedValue;
import io.cachedconnection.internal.message.ProviderMessage;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a user's access to a provider rests on, encrypted by the application and never looked into here. Immutable and
 * thread-safe; bytes are copied on their way in and out.
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
     * Credentials with a copy of these bytes.
     *
     * @param encryptedData any bytes, at least one; not null
     * @param type how to read them; not null
     * @param expiresAt when they run out; null if they do not
     * @throws IllegalArgumentException if there is no byte, or null where it is not allowed; the message quotes nothing
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
     * The encrypted data.
     *
     * @return a copy of its own for each call, at least one byte
     */
    public byte[] encryptedData() {
        return encryptedData.clone();
    }

    /**
     * How to read the encrypted data.
     *
     * @return never null
     */
    public CredentialType type() {
        return type;
    }

    /**
     * When the credentials run out.
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

    /** Names the type only. */
    @Override
    public String toString() {
        return "ProviderCredentials[type=" + type + "]";
    }
}
