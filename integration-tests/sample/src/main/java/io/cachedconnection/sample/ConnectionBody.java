package io.cachedconnection.sample;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cachedconnection.provider.ConnectionStatus;
import io.cachedconnection.provider.CredentialType;
import io.cachedconnection.provider.ProviderCredentials;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.InputStream;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a request to add or change a connection says. Whatever cannot be understood is refused by name. */
final class ConnectionBody {

    /** The largest body that is read. */
    static final int MAX_BYTES = 65_536;

    // What an entry in Redis can say. A connection beyond would be stored, and never cached.
    private static final Instant YEAR_1 = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant YEAR_10000 = Instant.parse("+10000-01-01T00:00:00Z");

    private static final Set<String> CREDENTIAL_NAMES = Set.of("encrypted_data", "credential_type", "expires_at");
    private static final Set<String> NAMES = Set.of(
            "id",
            "user_id",
            "provider_id",
            "provider_slug",
            "status",
            "alias",
            "credentials",
            "connected_at",
            "last_sync_at",
            "created_at",
            "updated_at");

    private final JsonObject json;

    private ConnectionBody(JsonObject json) {
        this.json = json;
    }

    static ConnectionBody read(InputStream in) {
        JsonObject json = StrictJson.object(in, MAX_BYTES);
        refuseUnknown("The body", json, NAMES);
        return new ConnectionBody(json);
    }

    /** The body as it was sent, to compare what a change may not touch. */
    JsonObject json() {
        return json;
    }

    UUID uuid(String name) {
        return optionalUuid(name).orElseThrow(() -> Refusal.malformed(name + " is missing."));
    }

    Optional<UUID> optionalUuid(String name) {
        return text(json, name).map(text -> UuidText.read(name, text));
    }

    String required(String name) {
        return text(json, name).orElseThrow(() -> Refusal.malformed(name + " is missing."));
    }

    boolean says(String name) {
        return json.containsKey(name);
    }

    @Nullable String alias() {
        return text(json, "alias").orElse(null);
    }

    Optional<ConnectionStatus> status() {
        return text(json, "status")
                .map(text -> ConnectionStatus.ofWireName(text)
                        .orElseThrow(() -> Refusal.malformed("status is none of " + statuses() + ".")));
    }

    /** New credentials; empty if the body has none, or only shows what the API itself shows of them. */
    Optional<ProviderCredentials> credentials() {
        JsonValue value = json.getOrDefault("credentials", JsonValue.NULL);
        if (value.equals(JsonValue.NULL)) {
            return Optional.empty();
        }
        if (!(value instanceof JsonObject credentials)) {
            throw Refusal.malformed("credentials is neither an object nor null.");
        }
        refuseUnknown("credentials", credentials, CREDENTIAL_NAMES);
        return text(credentials, "encrypted_data").map(data -> credentials(credentials, data));
    }

    /** The credentials that an active connection cannot be without. */
    ProviderCredentials neededCredentials() {
        return credentials()
                .orElseThrow(() -> Refusal.malformed(
                        "credentials are missing: status active needs encrypted_data and credential_type."));
    }

    private static ProviderCredentials credentials(JsonObject json, String data) {
        if (data.isEmpty()) {
            throw Refusal.malformed("credentials.encrypted_data is empty.");
        }
        CredentialType type = text(json, "credential_type")
                .flatMap(CredentialType::ofWireName)
                .orElseThrow(() -> Refusal.malformed("credentials.credential_type is missing or unknown."));
        Instant expiresAt = text(json, "expires_at").map(ConnectionBody::time).orElse(null);
        return new ProviderCredentials(data.getBytes(UTF_8), type, expiresAt);
    }

    private static Instant time(String text) {
        try {
            return inRange(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException e) {
            throw Refusal.malformed("credentials.expires_at is not a time such as 2026-12-24T18:00:00Z.");
        }
    }

    private static Instant inRange(Instant time) {
        if (time.isBefore(YEAR_1) || !time.isBefore(YEAR_10000)) {
            throw Refusal.malformed("credentials.expires_at is outside the years 1 to 9999.");
        }
        return time.truncatedTo(ChronoUnit.MICROS); // as exact as it is kept
    }

    private static Optional<String> text(JsonObject json, String name) {
        JsonValue value = json.getOrDefault(name, JsonValue.NULL);
        if (value.equals(JsonValue.NULL)) {
            return Optional.empty();
        }
        if (value instanceof JsonString string) {
            return Optional.of(wellFormed(name, string.getString()));
        }
        throw Refusal.malformed(name + " is neither a string nor null.");
    }

    /** JSON can escape half a surrogate pair, which neither UTF-8 nor an entry in Redis can say. */
    private static String wellFormed(String name, String text) {
        if (!UTF_8.newEncoder().canEncode(text)) {
            throw Refusal.malformed(name + " has half a surrogate pair.");
        }
        return text;
    }

    private static void refuseUnknown(String what, JsonObject json, Set<String> known) {
        var unknown = new TreeSet<>(json.keySet());
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw Refusal.malformed(what + " has an unknown name. Known are " + new TreeSet<>(known) + ".");
        }
    }

    private static String statuses() {
        var names = new TreeSet<String>();
        for (ConnectionStatus status : ConnectionStatus.values()) {
            names.add(status.wireName());
        }
        return names.toString();
    }
}
