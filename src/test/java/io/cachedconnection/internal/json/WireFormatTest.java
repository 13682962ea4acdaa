package io.cachedconnection.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachedconnection.internal.engine.store.UnreadableValueException;
import io.cachedconnection.internal.engine.store.ValueCodec;
import io.cachedconnection.provider.ConnectionStatus;
import io.cachedconnection.provider.CredentialType;
import io.cachedconnection.provider.ProviderConnection;
import io.cachedconnection.provider.ProviderCredentials;
import io.cachedconnection.testing.ScannedLog;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

public class WireFormatTest {

    private static final UUID ID = UUID.fromString("0b9f2a52-6c3e-4d5a-9f7e-0123456789ab");
    private static final UUID USER = UUID.fromString("11111111-2222-4333-8444-555555555555");
    private static final UUID PROVIDER = UUID.fromString("aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee");
    private static final Instant CREATED = Instant.parse("2024-01-02T03:04:05Z");
    private static final String ODD_ALIAS = "Größe \u4e2d\u6587 \uD83D\uDE00 \"q\" \\ \n\0";
    private static final ProviderCredentials SECRET = new ProviderCredentials(
            "gAAAAABl-opaque".getBytes(UTF_8), CredentialType.OAUTH2, Instant.parse("2030-01-01T00:00:00Z"));

    /** What each golden payload says, and whether writing it gives the very same members. */
    private static final Map<String, ProviderConnection> GOLDEN = Map.ofEntries(
            Map.entry("pending-null-fields", pending()),
            Map.entry("active-aware", active("My pension", SECRET)),
            Map.entry("active-naive", active("My pension", SECRET)),
            Map.entry("active-other-offsets", active("My pension", SECRET)),
            Map.entry("active-alias-escaped", active(ODD_ALIAS, SECRET)),
            Map.entry("active-alias-raw", active(ODD_ALIAS, SECRET)),
            Map.entry(
                    "active-non-ascii-secret",
                    active(
                            "My pension",
                            new ProviderCredentials(
                                    "clé \u20ac \uD83D\uDD11\0".getBytes(UTF_8), CredentialType.API_KEY, null))),
            Map.entry("active-unknown-fields", active("My pension", SECRET)),
            Map.entry("expired-indented-and-sorted", with(ConnectionStatus.EXPIRED, "My pension", SECRET)),
            Map.entry("disconnected-empty-alias", with(ConnectionStatus.DISCONNECTED, null, null)),
            Map.entry("pending-empty-credentials", pending()),
            Map.entry("pending-without-optional-fields", pending()),
            Map.entry("year-one", at(Instant.parse("0001-01-01T00:00:00Z"), CREATED)),
            Map.entry("year-9999", at(CREATED, Instant.parse("9999-12-31T23:59:59.999999Z"))));

    /** Of these the members are exactly those that are written here; the others are read only. */
    private static final List<String> SAME_WHEN_WRITTEN = List.of(
            "pending-null-fields",
            "active-aware",
            "active-alias-escaped",
            "active-alias-raw",
            "active-non-ascii-secret",
            "expired-indented-and-sorted",
            "year-one",
            "year-9999");

    @SuppressWarnings("this-escape") // provider() needs no state
    final JsonbCodecs codecs = provider().codecs();

    private final ValueCodec<ProviderConnection> codec = codecs.of(ProviderConnection.class);

    Provider provider() {
        return Provider.YASSON;
    }

    static Stream<String> golden() {
        return GOLDEN.keySet().stream().sorted();
    }

    static Stream<String> sameWhenWritten() {
        return SAME_WHEN_WRITTEN.stream();
    }

    @ParameterizedTest
    @MethodSource("golden")
    void decode_goldenPayload_isTheConnection(String name) throws Exception {
        assertThat(codec.decode(payload(name))).isEqualTo(GOLDEN.get(name));
    }

    @ParameterizedTest
    @MethodSource("sameWhenWritten")
    void encode_connection_hasTheMembersOfTheGoldenPayload(String name) throws Exception {
        assertThat(object(codec.encode(GOLDEN.get(name)))).isEqualTo(object(payload(name)));
    }

    @Test
    void encode_connection_isExactlyThisText() throws Exception {
        assertThat(new String(codec.encode(active("é", SECRET)), UTF_8))
                .isEqualTo("{\"id\":\"0b9f2a52-6c3e-4d5a-9f7e-0123456789ab\""
                        + ",\"user_id\":\"11111111-2222-4333-8444-555555555555\""
                        + ",\"provider_id\":\"aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee\""
                        + ",\"provider_slug\":\"schwab\",\"status\":\"active\",\"alias\":\"é\""
                        + ",\"credentials\":{\"encrypted_data\":\"gAAAAABl-opaque\",\"credential_type\":\"oauth2\""
                        + ",\"expires_at\":\"2030-01-01T00:00:00+00:00\"}"
                        + ",\"connected_at\":\"2024-01-02T03:05:00+00:00\""
                        + ",\"last_sync_at\":\"2024-05-06T07:08:09.123456+00:00\""
                        + ",\"created_at\":\"2024-01-02T03:04:05+00:00\""
                        + ",\"updated_at\":\"2024-05-06T07:08:09.000042+00:00\"}");
    }

    /** A connection wherever JSON-B may meet one. */
    public record Holder(
            ProviderConnection one,
            List<ProviderConnection> many,
            Map<String, ProviderConnection> named,
            ProviderCredentials secret) {}

    /** A connection that may not be there. */
    public record Perhaps(Optional<ProviderConnection> connection) {}

    @Test
    void codec_connectionInside_usesTheWireFormatEverywhere() throws Exception {
        var holder = new Holder(pending(), List.of(pending(), pending()), Map.of("k", pending()), SECRET);
        ValueCodec<Holder> holders = codecs.of(Holder.class);
        byte[] payload = holders.encode(holder);

        JsonObject expected = object(codec.encode(pending()));
        JsonObject written = object(payload);
        assertThat(written.get("one")).isEqualTo(expected);
        assertThat(written.getJsonArray("many")).containsExactly(expected, expected);
        assertThat(written.getJsonObject("named").get("k")).isEqualTo(expected);
        assertThat(written.getJsonObject("secret").getString("credential_type")).isEqualTo("oauth2");
        assertThat(holders.decode(payload)).isEqualTo(holder);
    }

    @Test
    void codec_connectionInAnOptional_usesTheWireFormat() throws Exception {
        ValueCodec<Perhaps> holders = codecs.of(Perhaps.class);
        for (Optional<ProviderConnection> connection :
                List.of(Optional.of(pending()), Optional.<ProviderConnection>empty())) {
            byte[] payload = holders.encode(new Perhaps(connection));

            assertThat(holders.decode(payload)).isEqualTo(new Perhaps(connection));
            assertThat(new String(payload, UTF_8))
                    .isEqualTo("{\"connection\":" + new String(codec.encode(connection.orElse(null)), UTF_8) + "}");
        }
    }

    @Test
    void codec_nothingInside_isReadAsNothing() throws Exception {
        var holder = new Holder(null, null, Map.of(), null);
        ValueCodec<Holder> holders = codecs.of(Holder.class);

        assertThat(holders.decode(holders.encode(holder))).isEqualTo(holder);
    }

    @Test
    void codec_listOfConnections_roundTrips() throws Exception {
        ValueCodec<List<ProviderConnection>> lists = codecs.of(new Types<List<ProviderConnection>>() {}.type());
        List<ProviderConnection> value = new ArrayList<>(GOLDEN.values());

        assertThat(lists.decode(lists.encode(value))).isEqualTo(value);
    }

    @Test
    void codec_everyStatusAndType_roundTrips() throws Exception {
        for (ConnectionStatus status : ConnectionStatus.values()) {
            for (CredentialType type : CredentialType.values()) {
                var connection = with(status, "x", new ProviderCredentials(new byte[] {1}, type, null));
                assertThat(codec.decode(codec.encode(connection))).isEqualTo(connection);
            }
        }
    }

    @Test
    void encode_secretThatIsNotUtf8_isWrittenUnderAnotherName() throws Exception {
        byte[] secret = {(byte) 0xff, 0, (byte) 0xc3};
        var connection = active("x", new ProviderCredentials(secret, CredentialType.OAUTH2, null));
        byte[] payload = codec.encode(connection);

        assertThat(object(payload).getJsonObject("credentials"))
                .doesNotContainKey("encrypted_data")
                .containsEntry(
                        "encrypted_data_base64",
                        Json.createValue(Base64.getEncoder().encodeToString(secret)));
        assertThat(codec.decode(payload)).isEqualTo(connection);
    }

    @Test
    void encode_timeFinerThanMicroseconds_isCutOff() throws Exception {
        var connection = at(CREATED.plusNanos(123_456_789), CREATED.plusNanos(999));

        assertThat(codec.decode(codec.encode(connection))).isEqualTo(at(CREATED.plusNanos(123_456_000), CREATED));
    }

    @Test
    void encode_yearThatPythonDoesNotHave_isRefused() {
        for (String time : List.of("0000-12-31T23:59:59.999999Z", "+10000-01-01T00:00:00Z", "-0001-01-01T00:00:00Z")) {
            assertThatThrownBy(() -> codec.encode(at(Instant.parse(time), CREATED)))
                    .isInstanceOf(UnreadableValueException.class)
                    .satisfies(ScannedLog::thrown);
        }
    }

    @Test
    void encode_halfASurrogatePair_isRefused() {
        assertThatThrownBy(() -> codec.encode(active("\uD83D", SECRET)))
                .isInstanceOf(UnreadableValueException.class)
                .satisfies(ScannedLog::thrown);
    }

    @Test
    void decode_halfASurrogatePairInTheAlias_isReadAsPythonDoes() throws Exception {
        assertThat(codec.decode(changed("\"My pension\"", "\"\\ud83d\"")).alias())
                .isEqualTo("\uD83D");
    }

    /** Also by a node that leaves connections to JSON-B: it must not see a question mark there. */
    @Test
    void decode_halfASurrogatePairByJsonb_isReadOrRefusedAsDirectly() throws Exception {
        ValueCodec<ProviderConnection> byJsonb = codecs.byJsonb(ProviderConnection.class);

        assertThat(byJsonb.decode(changed("\"My pension\"", "\"\\ud83d é\"")).alias())
                .isEqualTo("\uD83D é");
        byte[] half = changed("gAAAAABl-opaque", "gAAAAABl-opaque\\ud83d");
        assertThatThrownBy(() -> byJsonb.decode(half)).isInstanceOf(UnreadableValueException.class);
        assertThatThrownBy(() -> codec.decode(half)).isInstanceOf(UnreadableValueException.class);
    }

    @Test
    void decode_uuidInCapitals_isRead() throws Exception {
        assertThat(codec.decode(changed("0b9f2a52-6c3e", "0B9F2A52-6C3E")).id()).isEqualTo(ID);
    }

    static Stream<String> required() {
        return Stream.of("id", "user_id", "provider_id", "provider_slug", "status", "created_at", "updated_at");
    }

    @ParameterizedTest
    @MethodSource("required")
    void decode_requiredFieldMissingNullOrOfAnotherType_isRefused(String name) throws Exception {
        String text = new String(payload("active-aware"), UTF_8);
        String member = "\"" + name + "\": \"";
        int start = text.indexOf(member);
        int end = text.indexOf('"', start + member.length()) + 1;
        String before = text.substring(0, start);
        String after = text.substring(end);

        refuses(before + "\"other\": \"x\"" + after);
        for (String value : List.of("null", "5", "true", "[]", "{}", "\"\"", "[\"x\"]")) {
            refuses(before + "\"" + name + "\": " + value + after);
        }
    }

    static Stream<List<String>> damage() {
        return Stream.of(
                List.of("\"active\"", "\"ACTIVE\""),
                List.of("\"active\"", "\"archived\""),
                List.of("\"oauth2\"", "\"oauth3\""),
                List.of("\"oauth2\"", "null"),
                List.of("\"gAAAAABl-opaque\"", "\"\""),
                List.of("\"gAAAAABl-opaque\"", "null"),
                List.of("\"gAAAAABl-opaque\"", "7"),
                List.of("\"gAAAAABl-opaque\"", "\"\\ud800\""),
                List.of("\"gAAAAABl-opaque\"", "\"x\", \"encrypted_data_base64\": \"eA==\""),
                List.of("\"encrypted_data\": \"gAAAAABl-opaque\"", "\"encrypted_data_base64\": \"*\""),
                List.of("\"encrypted_data\": \"gAAAAABl-opaque\"", "\"encrypted_data_base64\": \"\""),
                List.of("\"encrypted_data\": \"gAAAAABl-opaque\"", "\"x\": 1"),
                List.of("\"credentials\": {", "\"credentials\": {}, \"other\": {"),
                List.of("\"credentials\": {", "\"other\": {"),
                List.of("\"credentials\": {", "\"credentials\": null, \"other\": {"),
                List.of("\"credentials\": {", "\"credentials\": [], \"other\": {"),
                List.of("\"credentials\": {", "\"credentials\": \"\", \"other\": {"),
                List.of("\"My pension\"", "\"" + "a".repeat(101) + "\""),
                List.of("\"My pension\"", "5"),
                List.of("\"My pension\"", "[]"),
                List.of("\"schwab\"", "\"" + "a".repeat(51) + "\""),
                List.of("\"0b9f2a52-6c3e-4d5a-9f7e-0123456789ab\"", "\"1-1-1-1-1\""),
                List.of("\"0b9f2a52-6c3e-4d5a-9f7e-0123456789ab\"", "\"{0b9f2a526c3e4d5a9f7e0123456789ab}xx\""),
                List.of("\"2024-01-02T03:05:00+00:00\"", "\"\""),
                List.of("\"2024-01-02T03:05:00+00:00\"", "1704164700"),
                List.of("\"user_id\"", "\"id\": \"0b9f2a52-6c3e-4d5a-9f7e-0123456789ab\", \"user_id\""),
                List.of("\"user_id\"", "\"\\u0069d\": \"0b9f2a52-6c3e-4d5a-9f7e-0123456789ab\", \"user_id\""));
    }

    @ParameterizedTest
    @MethodSource("damage")
    void decode_damagedField_isRefused(List<String> change) throws Exception {
        refuses(new String(changed(change.get(0), change.get(1)), UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "\"x\"", "5", "true", "{}", "[{}]", "", " ", "nul", "null null"})
    void decode_somethingElse_isRefused(String text) {
        refuses(text);
    }

    @Test
    void decode_wrappedInAList_isRefused() throws Exception {
        refuses("[" + new String(payload("active-aware"), UTF_8) + "]");
    }

    private void refuses(String text) {
        assertThatThrownBy(() -> codec.decode(text.getBytes(UTF_8)))
                .as(text)
                .isInstanceOf(UnreadableValueException.class)
                .satisfies(ScannedLog::thrown);
    }

    private static byte[] changed(String from, String to) {
        String text = new String(payload("active-aware"), UTF_8);
        assertThat(text).contains(from);
        return text.replace(from, to).getBytes(UTF_8);
    }

    static byte[] payload(String name) {
        try (InputStream in = WireFormatTest.class.getResourceAsStream("/wire/" + name + ".json")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonObject object(byte[] payload) {
        try (JsonReader reader = Json.createReader(new StringReader(new String(payload, UTF_8)))) {
            return reader.readObject();
        }
    }

    private static ProviderConnection pending() {
        return at(CREATED, CREATED);
    }

    private static ProviderConnection at(Instant created, Instant updated) {
        return new ProviderConnection(
                ID, USER, PROVIDER, "schwab", ConnectionStatus.PENDING, null, null, null, null, created, updated);
    }

    static ProviderConnection active(String alias, ProviderCredentials credentials) {
        return with(ConnectionStatus.ACTIVE, alias, credentials);
    }

    private static ProviderConnection with(ConnectionStatus status, String alias, ProviderCredentials credentials) {
        return new ProviderConnection(
                ID,
                USER,
                PROVIDER,
                "schwab",
                status,
                alias,
                credentials,
                Instant.parse("2024-01-02T03:05:00Z"),
                Instant.parse("2024-05-06T07:08:09.123456Z"),
                CREATED,
                Instant.parse("2024-05-06T07:08:09.000042Z"));
    }
}
