package io.cachedconnection.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachedconnection.testing.ScannedLog;
import io.cachedconnection.testing.Seeds;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ProviderConnectionTest {

    private static final Instant BEGUN = Instant.parse("2024-01-02T03:04:05Z");
    private static final Instant NOW = BEGUN.plusSeconds(60);
    private static final UUID ID = new UUID(0, 1);
    private static final UUID USER = new UUID(0, 2);
    private static final UUID PROVIDER = new UUID(0, 3);
    private static final ProviderCredentials OLD = credentials(Seeds.CREDENTIALS);
    private static final ProviderCredentials NEW = credentials(Seeds.CREDENTIALS + "New");
    private static final String EMOJI = "\uD83D\uDE00";

    @Test
    void pending_always_hasNeitherCredentialsNorAlias() {
        assertThat(ProviderConnection.pending(ID, USER, PROVIDER, "schwab", BEGUN))
                .isEqualTo(new ProviderConnection(
                        ID, USER, PROVIDER, "schwab", ConnectionStatus.PENDING, null, null, null, null, BEGUN, BEGUN));
    }

    static Stream<Arguments> steps() {
        return Stream.of(
                step("activate", ConnectionStatus.ACTIVE, c -> c.activate(NEW, NOW), "PENDING EXPIRED REVOKED FAILED"),
                step("fail", ConnectionStatus.FAILED, c -> c.fail(NOW), "PENDING"),
                step("expire", ConnectionStatus.EXPIRED, c -> c.expire(NOW), "ACTIVE"),
                step("revoke", ConnectionStatus.REVOKED, c -> c.revoke(NOW), "ACTIVE"),
                step("synced", ConnectionStatus.ACTIVE, c -> c.synced(NOW), "ACTIVE"),
                step(
                        "disconnect",
                        ConnectionStatus.DISCONNECTED,
                        c -> c.disconnect(NOW),
                        "PENDING ACTIVE EXPIRED REVOKED FAILED DISCONNECTED"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("steps")
    void step_fromEachStatus_isTakenOrRefused(
            String name, ConnectionStatus to, UnaryOperator<ProviderConnection> step, Set<ConnectionStatus> from) {
        for (ConnectionStatus status : ConnectionStatus.values()) {
            ProviderConnection connection = in(status);
            if (from.contains(status)) {
                assertThat(step.apply(connection))
                        .extracting(ProviderConnection::status, ProviderConnection::updatedAt)
                        .containsExactly(to, NOW);
            } else {
                assertThatThrownBy(() -> step.apply(connection))
                        .isInstanceOfSatisfying(IllegalConnectionStateException.class, e -> {
                            assertThat(e.status()).isEqualTo(status);
                            assertThat(e.step()).isEqualTo(name);
                        })
                        .hasMessage("CC-0606 A provider connection in status " + status.wireName()
                                + " does not allow the step " + name + ". Check its status first.")
                        .satisfies(ScannedLog::thrown);
            }
            assertThat(connection).isEqualTo(in(status));
        }
    }

    @Test
    void activate_firstTime_setsCredentialsAndConnectedAt() {
        ProviderConnection active = in(ConnectionStatus.PENDING).activate(NEW, NOW);

        assertThat(active.credentials()).isEqualTo(NEW);
        assertThat(active.connectedAt()).isEqualTo(NOW);
        assertThat(active.createdAt()).isEqualTo(BEGUN);
    }

    @Test
    void activate_again_keepsTheFirstConnectedAt() {
        ProviderConnection again = in(ConnectionStatus.ACTIVE).expire(NOW).activate(NEW, NOW.plusSeconds(9));

        assertThat(again.connectedAt()).isEqualTo(BEGUN);
        assertThat(again.credentials()).isEqualTo(NEW);
    }

    @Test
    void activate_withoutCredentials_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> in(ConnectionStatus.PENDING).activate(null, NOW))
                .withMessageStartingWith("CC-0604")
                .satisfies(ScannedLog::thrown);
    }

    @Test
    void expireAndRevoke_active_keepTheCredentials() {
        assertThat(in(ConnectionStatus.ACTIVE).expire(NOW).credentials()).isEqualTo(OLD);
        assertThat(in(ConnectionStatus.ACTIVE).revoke(NOW).credentials()).isEqualTo(OLD);
    }

    @ParameterizedTest
    @EnumSource
    void disconnect_anyStatus_clearsTheCredentials(ConnectionStatus status) {
        assertThat(in(status).disconnect(NOW).credentials()).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void rename_anyStatus_changesAliasAndTimeOnly(ConnectionStatus status) {
        ProviderConnection renamed = in(status).rename("Other", NOW);

        assertThat(renamed.alias()).isEqualTo("Other");
        assertThat(renamed.updatedAt()).isEqualTo(NOW);
        assertThat(renamed.rename("Mine", BEGUN)).isEqualTo(in(status));
        assertThat(renamed.rename("", NOW).alias()).isNull();
        assertThat(renamed.rename(null, NOW).alias()).isNull();
    }

    @Test
    void synced_active_setsLastSyncAt() {
        assertThat(in(ConnectionStatus.ACTIVE).synced(NOW).lastSyncAt()).isEqualTo(NOW);
    }

    @Test
    void lengths_atTheLimitInCodePoints_areAccepted() {
        ProviderConnection connection = ProviderConnection.pending(ID, USER, PROVIDER, EMOJI.repeat(50), BEGUN)
                .rename(EMOJI.repeat(100), NOW);

        assertThat(connection.alias()).hasSize(200);
    }

    @Test
    void lengths_beyondTheLimit_areRefusedWithoutQuoting() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProviderConnection.pending(ID, USER, PROVIDER, EMOJI.repeat(51), BEGUN))
                .withMessage("CC-0602 The provider's slug has 51 characters. It needs at least 1, and at most 50.")
                .satisfies(ScannedLog::thrown);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProviderConnection.pending(ID, USER, PROVIDER, "", BEGUN))
                .withMessageStartingWith("CC-0602")
                .satisfies(ScannedLog::thrown);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> in(ConnectionStatus.PENDING).rename("a".repeat(101), NOW))
                .withMessage("CC-0603 The alias has 101 characters. Shorten it to at most 100.")
                .satisfies(ScannedLog::thrown);
    }

    @Test
    void active_withoutCredentials_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ProviderConnection(
                        ID, USER, PROVIDER, "schwab", ConnectionStatus.ACTIVE, null, null, null, null, BEGUN, BEGUN))
                .withMessageStartingWith("CC-0604")
                .satisfies(ScannedLog::thrown);
    }

    @Test
    void requiredParts_null_areRefusedByName() {
        ConnectionStatus status = ConnectionStatus.PENDING;
        refusesNull("id", () -> pending(null, USER, PROVIDER, "schwab", status, BEGUN, BEGUN));
        refusesNull("user id", () -> pending(ID, null, PROVIDER, "schwab", status, BEGUN, BEGUN));
        refusesNull("provider id", () -> pending(ID, USER, null, "schwab", status, BEGUN, BEGUN));
        refusesNull("provider's slug", () -> pending(ID, USER, PROVIDER, null, status, BEGUN, BEGUN));
        refusesNull("status", () -> pending(ID, USER, PROVIDER, "schwab", null, BEGUN, BEGUN));
        refusesNull("time of creation", () -> pending(ID, USER, PROVIDER, "schwab", status, null, BEGUN));
        refusesNull("time of the last change", () -> pending(ID, USER, PROVIDER, "schwab", status, BEGUN, null));
    }

    @Test
    void toString_always_showsNeitherAliasNorUserNorCredentials() {
        assertThat(in(ConnectionStatus.ACTIVE))
                .hasToString("ProviderConnection[id=00000000-0000-0000-0000-000000000001, status=ACTIVE]");
    }

    private static void refusesNull(String what, Runnable constructor) {
        assertThatIllegalArgumentException()
                .isThrownBy(constructor::run)
                .withMessage("CC-0601 The " + what + " of a provider connection is null. Pass a value.")
                .satisfies(ScannedLog::thrown);
    }

    private static ProviderConnection pending(
            UUID id, UUID user, UUID provider, String slug, ConnectionStatus status, Instant created, Instant updated) {
        return new ProviderConnection(id, user, provider, slug, status, null, null, null, null, created, updated);
    }

    private static ProviderConnection in(ConnectionStatus status) {
        ProviderCredentials credentials = status == ConnectionStatus.PENDING ? null : OLD;
        Instant connectedAt = status == ConnectionStatus.PENDING ? null : BEGUN;
        return new ProviderConnection(
                ID, USER, PROVIDER, "schwab", status, "Mine", credentials, connectedAt, null, BEGUN, BEGUN);
    }

    private static ProviderCredentials credentials(String secret) {
        return new ProviderCredentials(secret.getBytes(StandardCharsets.UTF_8), CredentialType.OAUTH2, null);
    }

    private static Arguments step(
            String name, ConnectionStatus to, UnaryOperator<ProviderConnection> step, String from) {
        Set<ConnectionStatus> statuses = EnumSet.noneOf(ConnectionStatus.class);
        Stream.of(from.split(" ")).map(ConnectionStatus::valueOf).forEach(statuses::add);
        return Arguments.of(name, to, step, statuses);
    }
}
