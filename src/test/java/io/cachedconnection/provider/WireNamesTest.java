package io.cachedconnection.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class WireNamesTest {

    @Test
    void wireName_ofEachStatus_isThatOfTheContract() {
        assertThat(Arrays.stream(ConnectionStatus.values()).map(ConnectionStatus::wireName))
                .containsExactly("pending", "active", "expired", "revoked", "failed", "disconnected");
        for (ConnectionStatus status : ConnectionStatus.values()) {
            assertThat(ConnectionStatus.ofWireName(status.wireName())).contains(status);
        }
    }

    @Test
    void wireName_ofEachCredentialType_isThatOfTheContract() {
        assertThat(Arrays.stream(CredentialType.values()).map(CredentialType::wireName))
                .containsExactly("oauth2", "api_key", "link_token", "certificate", "file_import", "custom");
        for (CredentialType type : CredentialType.values()) {
            assertThat(CredentialType.ofWireName(type.wireName())).contains(type);
        }
    }

    @Test
    void ofWireName_unknownOrInAnotherCase_isEmpty() {
        assertThat(ConnectionStatus.ofWireName("ACTIVE")).isEmpty();
        assertThat(ConnectionStatus.ofWireName("")).isEmpty();
        assertThat(CredentialType.ofWireName("oauth3")).isEmpty();
    }
}
