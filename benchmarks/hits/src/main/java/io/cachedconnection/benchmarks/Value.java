package io.cachedconnection.benchmarks;

import io.cachedconnection.internal.provider.ConnectionJson;
import io.cachedconnection.provider.ConnectionStatus;
import io.cachedconnection.provider.CredentialType;
import io.cachedconnection.provider.ProviderConnection;
import io.cachedconnection.provider.ProviderCredentials;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/** What is looked up, each about 600 bytes of JSON, and how JSON-B reads it where no cache is in between. */
public enum Value {
    /** As an application without this library would have to: by the same serializers, written by hand. */
    CONNECTION("benchmark:provider:conn:", ProviderConnection.class) {
        @Override
        Object sample() {
            return connection();
        }

        @Override
        Jsonb jsonb() {
            ConnectionJson.OfConnections connection = new ConnectionJson.OfConnections();
            ConnectionJson.OfCredentials credentials = new ConnectionJson.OfCredentials();
            return JsonbBuilder.create(new JsonbConfig()
                    .withSerializers(connection, credentials)
                    .withDeserializers(connection, credentials));
        }
    },
    /** By JSON-B as it comes. */
    RECORD("benchmark:accounts:", Account.class) {
        @Override
        Object sample() {
            return account();
        }

        @Override
        Jsonb jsonb() {
            return JsonbBuilder.create();
        }
    };

    static final UUID ID = UUID.fromString("0b9f2a52-6c3e-4d5a-9f7e-0123456789ab");
    static final Integer PAGE = 1007; // larger than what Java keeps boxed

    private final String keyPrefix;
    private final Class<?> type;

    Value(String keyPrefix, Class<?> type) {
        this.keyPrefix = keyPrefix;
        this.type = type;
    }

    /** The plain best way of JSON-B for this value; made once and kept. */
    abstract Jsonb jsonb();

    abstract Object sample();

    Class<?> type() {
        return type;
    }

    String key(UUID id) {
        return keyPrefix + id;
    }

    private static ProviderConnection connection() {
        byte[] secret = "gAAAAABl-opaque-".repeat(8).getBytes(StandardCharsets.UTF_8);
        Instant expiry = Instant.parse("2030-01-01T00:00:00Z");
        return new ProviderConnection(
                UUID.fromString("0b9f2a52-6c3e-4d5a-9f7e-0123456789ab"),
                UUID.fromString("11111111-2222-4333-8444-555555555555"),
                UUID.fromString("aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee"),
                "schwab",
                ConnectionStatus.ACTIVE,
                "My pension",
                new ProviderCredentials(secret, CredentialType.OAUTH2, expiry),
                Instant.parse("2024-01-02T03:05:00Z"),
                Instant.parse("2024-05-06T07:08:09.123456Z"),
                Instant.parse("2024-01-02T03:04:05Z"),
                Instant.parse("2024-05-06T07:08:09.000042Z"));
    }

    private static Account account() {
        return new Account(
                UUID.fromString("0b9f2a52-6c3e-4d5a-9f7e-0123456789ab"),
                UUID.fromString("11111111-2222-4333-8444-555555555555"),
                "Everyday account",
                "Maria Sklodowska",
                "PL61109010140000071219812874",
                "PLN",
                new BigDecimal("12345.67"),
                7,
                true,
                LocalDate.parse("2019-03-01"),
                Instant.parse("2024-05-06T07:08:09.123456Z"),
                Instant.parse("2024-05-06T07:08:09.000042Z"),
                List.of("household", "shared", "primary"),
                "For rent and food. ".repeat(7).strip());
    }
}
