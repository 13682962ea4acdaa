package io.cachedconnection.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.cachedconnection.testing.ScannedLog;
import io.cachedconnection.testing.Seeds;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProviderCredentialsTest {

    private static final Instant LATER = Instant.parse("2030-01-01T00:00:00Z");

    @Test
    void encryptedData_changedOutside_staysAsItWas() {
        byte[] given = {1, 2};
        var credentials = new ProviderCredentials(given, CredentialType.CUSTOM, null);

        given[0] = 9;
        credentials.encryptedData()[1] = 9;

        assertThat(credentials.encryptedData()).containsExactly(1, 2);
    }

    @Test
    void equals_byContent_isTrueOnlyForTheSame() {
        var credentials = new ProviderCredentials(new byte[] {1}, CredentialType.API_KEY, LATER);

        assertThat(credentials)
                .isEqualTo(new ProviderCredentials(new byte[] {1}, CredentialType.API_KEY, LATER))
                .hasSameHashCodeAs(new ProviderCredentials(new byte[] {1}, CredentialType.API_KEY, LATER))
                .isNotEqualTo(new ProviderCredentials(new byte[] {2}, CredentialType.API_KEY, LATER))
                .isNotEqualTo(new ProviderCredentials(new byte[] {1}, CredentialType.OAUTH2, LATER))
                .isNotEqualTo(new ProviderCredentials(new byte[] {1}, CredentialType.API_KEY, null))
                .isNotEqualTo(null);
    }

    @Test
    void constructor_withoutBytesOrType_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ProviderCredentials(new byte[0], CredentialType.CUSTOM, null))
                .withMessageStartingWith("CC-0605")
                .satisfies(ScannedLog::thrown);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ProviderCredentials(null, CredentialType.CUSTOM, null))
                .withMessageStartingWith("CC-0601")
                .satisfies(ScannedLog::thrown);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ProviderCredentials(new byte[1], null, null))
                .withMessageStartingWith("CC-0601")
                .satisfies(ScannedLog::thrown);
    }

    @Test
    void toString_always_namesTheTypeOnly() {
        assertThat(ScannedLog.text(new ProviderCredentials(
                        Seeds.CREDENTIALS.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                        CredentialType.OAUTH2,
                        LATER)))
                .hasToString("ProviderCredentials[type=OAUTH2]");
    }
}
