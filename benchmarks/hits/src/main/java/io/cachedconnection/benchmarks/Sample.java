package io.cachedconnection.benchmarks;

import io.cachedconnection.provider.ConnectionStatus;
import io.cachedconnection.provider.CredentialType;
import io.cachedconnection.provider.ProviderConnection;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;

/** The kinds of values that applications have, and how JSON-B reads and writes them where no library is in between. */
public enum Sample {
    /** By the library's serializers on both sides. */
    CONNECTION("connection") {
        @Override
        Jsonb jsonb() {
            return Value.CONNECTION.jsonb();
        }
    },
    /** Twelve fields with getters and setters. */
    ENTITY("entity"),
    /** Fourteen components. */
    RECORD("account"),
    /** One hundred small records. */
    LIST("items"),
    /** Twenty texts. */
    MAP("words");

    private final String maker;

    Sample(String maker) {
        this.maker = maker;
    }

    Jsonb jsonb() {
        return JsonbBuilder.create();
    }

    /** The declared type, with that of its elements. */
    Type type() {
        try {
            return Sample.class.getDeclaredMethod(maker).getGenericReturnType();
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    Object value() {
        return switch (this) {
            case CONNECTION -> connection();
            case ENTITY -> entity();
            case RECORD -> account();
            case LIST -> items();
            case MAP -> words();
        };
    }

    private static ProviderConnection connection() {
        return (ProviderConnection) Value.CONNECTION.sample();
    }

    private static ConnectionRow entity() {
        ConnectionRow row = new ConnectionRow();
        row.setId(UUID.fromString("0b9f2a52-6c3e-4d5a-9f7e-0123456789ab"));
        row.setUserId(UUID.fromString("11111111-2222-4333-8444-555555555555"));
        row.setProviderId(UUID.fromString("aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee"));
        row.setProviderSlug("schwab");
        row.setStatus(ConnectionStatus.ACTIVE);
        row.setAlias("My pension");
        row.setSecret("gAAAAABl-opaque-".repeat(8));
        row.setCredentialType(CredentialType.OAUTH2);
        row.setConnectedAt(Instant.parse("2024-01-02T03:05:00Z"));
        row.setLastSyncAt(Instant.parse("2024-05-06T07:08:09.123456Z"));
        row.setCreatedAt(Instant.parse("2024-01-02T03:04:05Z"));
        row.setUpdatedAt(Instant.parse("2024-05-06T07:08:09.000042Z"));
        return row;
    }

    private static Account account() {
        return (Account) Value.RECORD.sample();
    }

    private static List<Item> items() {
        return IntStream.range(0, 100)
                .mapToObj(i -> new Item(i, "Item number " + i, BigDecimal.valueOf(1000L + i, 2), i % 2 == 0))
                .toList();
    }

    private static Map<String, String> words() {
        Map<String, String> words = new TreeMap<>();
        IntStream.range(0, 20).forEach(i -> words.put("word." + i, "What the word means, number " + i));
        return words;
    }
}
