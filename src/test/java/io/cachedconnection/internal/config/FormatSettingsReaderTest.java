package io.cachedconnection.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.cachedconnection.internal.engine.store.FormatSettings;
import io.cachedconnection.internal.engine.store.FormatSettings.Codec;
import io.cachedconnection.internal.engine.store.FormatSettings.Format;
import io.cachedconnection.internal.engine.store.FormatSettings.KeyRing;
import io.cachedconnection.internal.provider.ConnectionProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormatSettingsReaderTest {

    private static final String ALL = "cached-connection.";
    private static final String OWN = "cached-connection.cache.books.";
    private static final String LATE = "cached-connection.cache.late.";
    private static final String CONNECTIONS = ConnectionProfile.CACHE;

    private final MapConfig config = MapConfig.of();

    @TempDir
    Path directory;

    /** The bytes of the key with this number. */
    private static byte[] bytes(int number) {
        byte[] bytes = new byte[32];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (number * 31 + i * 17);
        }
        return bytes;
    }

    private static String text(int... numbers) {
        return String.join(
                ",",
                Arrays.stream(numbers)
                        .mapToObj(number -> Base64.getEncoder().encodeToString(bytes(number)))
                        .toList());
    }

    private static KeyRing ring(int... numbers) {
        List<Key> keys = Arrays.stream(numbers)
                .<Key>mapToObj(number -> new SecretKeySpec(bytes(number), "AES"))
                .toList();
        return new KeyRing(keys);
    }

    private static Key nameKey(int number) {
        return new SecretKeySpec(bytes(number), "HmacSHA256");
    }

    private ParsedConfig read() {
        return new SettingsReader(config).read(Set.of("books", "titles"));
    }

    /** What is read of a cache if nothing is wrong. */
    private FormatSettings of(String cache) {
        ParsedConfig reading = read();
        assertThat(reading.problems()).isEmpty();
        return reading.formats().apply(cache);
    }

    @Test
    void read_nothingSet_givesTheDefaults() {
        assertThat(of("books")).isEqualTo(FormatSettings.DEFAULT);
        assertThat(of("opened-later")).isEqualTo(FormatSettings.DEFAULT);
        assertThat(of(CONNECTIONS)).isEqualTo(FormatSettings.JSON);
    }

    @ParameterizedTest
    @CsvSource({"JSON, JSON", "json, JSON", "ENVELOPE, ENVELOPE", "' envelope ', ENVELOPE"})
    void read_wire_isTakenForAll(String text, Format format) {
        config.set(ALL + "wire", text);

        assertThat(of("books").format()).isEqualTo(format);
        assertThat(of(CONNECTIONS).format()).isEqualTo(format);
        assertThat(of("opened-later").format()).isEqualTo(format);
    }

    @Test
    void read_wireOfOneCache_winsForThisCacheOnly() {
        config.set(ALL + "wire", "JSON");
        config.set(OWN + "wire", "ENVELOPE");

        assertThat(of("books").format()).isEqualTo(Format.ENVELOPE);
        assertThat(of("titles").format()).isEqualTo(Format.JSON);
    }

    @ParameterizedTest
    @CsvSource({"JSONB, JSONB", "jsonb, JSONB", "' direct ', DIRECT"})
    void read_codec_isTakenForAll(String text, Codec codec) {
        config.set(ALL + "codec", text);

        assertThat(of("books").codec()).isEqualTo(codec);
        assertThat(of(CONNECTIONS).codec()).isEqualTo(codec);
        assertThat(of("opened-later").codec()).isEqualTo(codec);
    }

    @Test
    void read_codecOfOneCache_winsForThisCacheOnly() {
        config.set(ALL + "codec", "JSONB");
        config.set(OWN + "codec", "DIRECT");

        assertThat(of("books").codec()).isEqualTo(Codec.DIRECT);
        assertThat(of("titles").codec()).isEqualTo(Codec.JSONB);
    }

    @Test
    void read_wrongCodec_isRefused() {
        config.set(OWN + "codec", "jackson");

        assertThat(read().problems()).singleElement().asString().contains(OWN + "codec", "DIRECT or JSONB");
    }

    @ParameterizedTest
    @CsvSource({"0, 2147483647", "256, 256", "16777216, 16777216"})
    void read_compressOver_isTaken(String text, int bytes) {
        config.set(ALL + "compress-over", text);

        assertThat(of("books").compressOver()).isEqualTo(bytes);
        assertThat(of(CONNECTIONS)).isEqualTo(FormatSettings.JSON);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "255", "16777217", "-1", "1k", "00"})
    void read_wrongCompressOver_isRefused(String text) {
        config.set(ALL + "compress-over", text);

        assertThat(read().problems())
                .containsExactly("CC-0202 Setting cached-connection.compress-over is '" + text
                        + "' in the map. Allowed: 0, or a whole number from 256 to 16777216.");
    }

    @Test
    void read_encryption_isTakenForAll() {
        config.set(ALL + "encryption.enabled", "true");
        config.set(ALL + "encryption.keys", text(1, 2, 3));

        FormatSettings expected = new FormatSettings(Format.ENVELOPE, FormatSettings.NEVER, ring(1, 2, 3), null);
        assertThat(of("books")).isEqualTo(expected);
        assertThat(of("opened-later")).isEqualTo(expected);
        assertThat(of(CONNECTIONS)).isEqualTo(expected);
    }

    @Test
    void read_keyPrivacy_isTakenForAll() {
        config.set(ALL + "key-privacy.enabled", "true");
        config.set(ALL + "key-privacy.key", text(4));

        FormatSettings expected = new FormatSettings(Format.ENVELOPE, FormatSettings.NEVER, null, nameKey(4));
        assertThat(of("books")).isEqualTo(expected);
        assertThat(of("opened-later")).isEqualTo(expected);
        assertThat(of(CONNECTIONS)).isEqualTo(expected);
    }

    @Test
    void read_keysOfOneCache_winAsAWhole() {
        config.set(ALL + "encryption.enabled", "true");
        config.set(ALL + "encryption.keys", text(1, 2));
        config.set(OWN + "encryption.keys-file", file(text(3) + "\n"));
        config.set(ALL + "key-privacy.enabled", "true");
        config.set(ALL + "key-privacy.key-file", file(text(4)));
        config.set(OWN + "key-privacy.key", text(5));

        assertThat(of("books"))
                .isEqualTo(new FormatSettings(Format.ENVELOPE, FormatSettings.NEVER, ring(3), nameKey(5)));
        assertThat(of("titles"))
                .isEqualTo(new FormatSettings(Format.ENVELOPE, FormatSettings.NEVER, ring(1, 2), nameKey(4)));
    }

    @Test
    void read_enabledForOneCache_usesTheGeneralKeysThereOnly() {
        config.set(ALL + "encryption.keys", text(1));
        config.set(OWN + "encryption.enabled", "true");

        assertThat(of("books").encryption()).isEqualTo(ring(1));
        assertThat(of("titles")).isEqualTo(FormatSettings.DEFAULT);
        assertThat(of("opened-later")).isEqualTo(FormatSettings.DEFAULT);
        assertThat(of(CONNECTIONS)).isEqualTo(FormatSettings.JSON);
    }

    @Test
    void read_disabledForOneCache_isAsBeforeThere() {
        config.set(ALL + "encryption.enabled", "true");
        config.set(ALL + "encryption.keys", text(1));
        config.set("cached-connection.cache.provider-connection.encryption.enabled", "false");
        config.set("cached-connection.cache.provider-connection.wire", "JSON");

        assertThat(of("books").encryption()).isEqualTo(ring(1));
        assertThat(of(CONNECTIONS)).isEqualTo(FormatSettings.JSON);
    }

    @ParameterizedTest
    @ValueSource(strings = {"encryption", "key-privacy"})
    void read_keysThatAreSwitchedOff_areNoMistake(String use) {
        config.set(ALL + use + ".enabled", "false");
        config.set(ALL + use + keyName(use), text(1));

        assertThat(of("books")).isEqualTo(FormatSettings.DEFAULT);
    }

    @Test
    void read_changedAfterwards_staysAsItWas() {
        config.set(ALL + "encryption.enabled", "true");
        config.set(ALL + "encryption.keys", text(1));
        ParsedConfig reading = read();
        config.remove(ALL + "encryption.enabled");

        assertThat(reading.formats().apply("opened-later").encryption()).isEqualTo(ring(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"encryption", "key-privacy"})
    void read_keysInAFile_areTaken(String use) {
        config.set(ALL + use + ".enabled", "true");
        config.set(
                ALL + use + keyName(use) + "-file", file("# of 2026\r\n\r\n  " + text(1) + " \r\n#" + text(2) + "\n"));

        FormatSettings settings = of("books");
        assertThat(use.equals("encryption") ? settings.encryption() : settings.privacy())
                .isEqualTo(use.equals("encryption") ? ring(1) : nameKey(1));
    }

    @Test
    void read_differentPlaces_compressAndWireForThemselves() {
        config.set(ALL + "wire", "JSON");
        config.set(ALL + "compress-over", "1000");
        config.set(OWN + "wire", "ENVELOPE");

        assertThat(of("books").compressOver()).isEqualTo(1000);
        assertThat(of("titles")).isEqualTo(FormatSettings.JSON);

        config.set(OWN + "compress-over", "0");
        assertThat(of("books").compressOver()).isEqualTo(FormatSettings.NEVER);
    }

    @ParameterizedTest
    @CsvSource({
        "wire, xml, ENVELOPE or JSON",
        "wire, j\u017fon, ENVELOPE or JSON",
        "codec, d\u0131rect, DIRECT or JSONB",
        "encryption.enabled, yes, true or false",
        "key-privacy.enabled, on, true or false",
        "compress-over, 100, '0, or a whole number from 256 to 16777216'",
    })
    void read_valueThatIsNotAllowed_isRefused(String name, String value, String allowed) {
        config.set(OWN + name, value);

        assertThat(problems())
                .containsExactly(
                        "CC-0202 Setting " + OWN + name + " is '" + value + "' in the map. Allowed: " + allowed + ".");
    }

    @ParameterizedTest
    @MethodSource("wrongKeys")
    void read_wrongKeys_areRefusedWithTheReason(String keys, String reason) {
        config.set(ALL + "encryption.enabled", "true");
        config.set(ALL + "encryption.keys", keys);

        assertThat(problems())
                .containsExactly(
                        "CC-0209 Setting cached-connection.encryption.keys is '(not shown)' in the map: " + reason
                                + ". Allowed: 1 to 16 keys, separated by commas, each 32 bytes in Base64 (44 characters).");
    }

    static List<Arguments> wrongKeys() {
        String base64 = Base64.getEncoder().encodeToString(new byte[31]);
        return List.of(
                Arguments.of("correct horse battery staple", "key 1 is not complete Base64"),
                Arguments.of("sesame!!", "key 1 is not complete Base64"),
                Arguments.of(text(1).substring(0, 43), "key 1 is not complete Base64"),
                Arguments.of(text(1) + ";" + text(2), "key 1 is not complete Base64"),
                Arguments.of(text(1) + ", " + base64, "key 2 does not have 32 bytes, but 31"),
                Arguments.of(text(1) + text(2).substring(0, 20), "key 1 is not complete Base64"),
                Arguments.of(text(1, 2, 1), "key 3 is a duplicate"),
                Arguments.of(text(250) + "," + url(250), "key 2 is a duplicate"),
                Arguments.of(text(1) + ",", "key 2 is empty"),
                Arguments.of(" , " + text(1), "key 1 is empty"),
                Arguments.of("   ", "key 1 is empty"),
                Arguments.of("A".repeat(43) + "=", "key 1 repeats one byte, so it is no secret"),
                Arguments.of(text(IntStream.rangeClosed(1, 17).toArray()), "there are more keys than 16"));
    }

    @Test
    void read_twoKeysForNames_areRefused() {
        config.set(ALL + "key-privacy.enabled", "true");
        config.set(ALL + "key-privacy.key", text(1, 2));

        assertThat(problems())
                .containsExactly(
                        "CC-0209 Setting cached-connection.key-privacy.key is '(not shown)' in the map: there is "
                                + "more than one key. Allowed: one key of 32 bytes in Base64 (44 characters).");
    }

    @ParameterizedTest
    @MethodSource("wrongFiles")
    void read_wrongFile_isRefusedWithTheReason(String content, String reason) {
        config.set(OWN + "encryption.enabled", "true");
        config.set(OWN + "encryption.keys-file", file(content));

        assertThat(problems()).containsExactly(refusedFile(reason));
    }

    static List<Arguments> wrongFiles() {
        return List.of(
                Arguments.of("", "the file is empty"),
                Arguments.of("\n# " + text(1) + "\n \n", "the file holds no key"),
                Arguments.of("# one line too many\n" + text(1) + "\nand text\n", "line 3 is not complete Base64"),
                Arguments.of(text(1) + "\n\n" + text(1) + "\n", "line 3 is a duplicate"),
                Arguments.of(text(1, 2), "line 1 is not complete Base64"),
                Arguments.of("#" + "x".repeat(64 * 1024), "the file is too large for keys"));
    }

    @Test
    void read_fileThatIsNone_isRefused() throws IOException {
        config.set(OWN + "encryption.enabled", "true");
        config.set(OWN + "encryption.keys-file", directory.resolve("missing").toString());
        assertThat(problems()).containsExactly(refusedFile("there is no such file"));

        config.set(OWN + "encryption.keys-file", directory.toString());
        assertThat(problems()).containsExactly(refusedFile("it is not a regular file"));

        Path latin = Files.write(directory.resolve("latin"), new byte[] {(byte) 0xe4, 'a'});
        config.set(OWN + "encryption.keys-file", latin.toString());
        assertThat(problems()).containsExactly(refusedFile("the file is not UTF-8"));
    }

    @Test
    void read_keyInPlaceOfItsFile_isNotShown() {
        config.set(ALL + "encryption.enabled", "true");
        config.set(ALL + "encryption.keys-file", text(1) + "\0");

        assertThat(problems()).singleElement().asString().startsWith("CC-0202 ").contains("'(not shown)'");
    }

    @ParameterizedTest
    @CsvSource({"encryption, cached-connection.", "key-privacy, cached-connection.cache.books."})
    void read_keysInTwoPlacesOfOneLevel_areRefused(String use, String level) {
        config.set(level + use + ".enabled", "true");
        config.set(level + use + keyName(use), text(1));
        config.set(level + use + keyName(use) + "-file", file(text(2)));

        assertThat(problems())
                .containsExactly("CC-0211 Setting " + level + use + keyName(use) + " in the map and setting " + level
                        + use + keyName(use) + "-file in the map exclude each other. Remove one of them.");
    }

    @ParameterizedTest
    @CsvSource({
        "cached-connection., encryption, encryption.keys",
        "cached-connection.cache.books., encryption, encryption.keys",
        "cached-connection., key-privacy, key-privacy.key",
        "cached-connection.cache.books., key-privacy, key-privacy.key",
    })
    void read_enabledWithoutKeys_isRefused(String level, String use, String missing) {
        config.set(level + use + ".enabled", "true");

        assertThat(problems()).containsExactly(incomplete(level + use + ".enabled", level + missing));
    }

    /** For a cache that a program opens would be without protection. */
    @Test
    void read_enabledForAllWithKeysOfSomeOnly_isRefused() {
        config.set(ALL + "encryption.enabled", "true");
        for (String cache : List.of("books", "titles", CONNECTIONS)) {
            config.set("cached-connection.cache." + cache + ".encryption.keys", text(1));
        }

        assertThat(problems()).containsExactly(incomplete(ALL + "encryption.enabled", ALL + "encryption.keys"));
    }

    @ParameterizedTest
    @CsvSource({
        "cached-connection., encryption, .keys",
        "cached-connection., encryption, .keys-file",
        "cached-connection.cache.books., encryption, .keys",
        "cached-connection., key-privacy, .key",
        "cached-connection.cache.books., key-privacy, .key-file",
    })
    void read_keysThatNobodySwitchedOnOrOff_areRefused(String level, String use, String name) {
        config.set("cached-connection.cache.titles." + other(use) + ".enabled", "false");
        config.set(level + use + name, name.endsWith("-file") ? file(text(1)) : text(1));

        assertThat(problems()).containsExactly(incomplete(level + use + name, level + use + ".enabled"));
    }

    @Test
    void read_keysOfACacheThatOnlyAnotherOneSwitchesOn_areRefused() {
        config.set("cached-connection.cache.titles.encryption.enabled", "true");
        config.set("cached-connection.cache.titles.encryption.keys", text(1));
        config.set(OWN + "encryption.keys", text(2));

        assertThat(problems()).containsExactly(incomplete(OWN + "encryption.keys", OWN + "encryption.enabled"));
    }

    @ParameterizedTest
    @CsvSource({
        "cached-connection.wire, cached-connection.encryption.enabled",
        "cached-connection.cache.books.wire, cached-connection.encryption.enabled",
        "cached-connection.cache.provider-connection.wire, cached-connection.encryption.enabled",
        "cached-connection.wire, cached-connection.cache.books.encryption.enabled",
        "cached-connection.cache.books.wire, cached-connection.cache.books.encryption.enabled",
    })
    void read_jsonThatIsToBeEncrypted_isRefused(String wire, String enabled) {
        config.set(wire, "json");
        config.set(enabled, "true");
        config.set(ALL + "encryption.keys", text(1));

        assertThat(problems())
                .containsExactly("CC-0216 Setting " + wire + " in the map conflicts with setting " + enabled
                        + " in the map: bare JSON is not encrypted. Change one of them.");
    }

    @ParameterizedTest
    @CsvSource({
        "cached-connection.wire, cached-connection.key-privacy.enabled",
        "cached-connection.cache.books.wire, cached-connection.key-privacy.enabled",
        "cached-connection.cache.provider-connection.wire, cached-connection.key-privacy.enabled",
        "cached-connection.wire, cached-connection.cache.books.key-privacy.enabled",
        "cached-connection.cache.books.wire, cached-connection.cache.books.key-privacy.enabled",
    })
    void read_jsonUnderPrivateKeys_isRefused(String wire, String enabled) {
        config.set(wire, "json");
        config.set(enabled, "true");
        config.set(ALL + "key-privacy.key", text(1));

        assertThat(problems())
                .containsExactly(
                        "CC-0216 Setting " + wire + " in the map conflicts with setting " + enabled
                                + " in the map: bare JSON is for other programs, which cannot find private keys. Change one of them.");
    }

    @Test
    void read_jsonOfACacheWhoseKeysAreNotPrivate_isTaken() {
        config.set(ALL + "key-privacy.enabled", "true");
        config.set(ALL + "key-privacy.key", text(4));
        config.set(OWN + "key-privacy.enabled", "false");
        config.set(OWN + "wire", "JSON");

        assertThat(of("books")).isEqualTo(FormatSettings.JSON);
        assertThat(of("titles").privacy()).isEqualTo(nameKey(4));
    }

    @ParameterizedTest
    @ValueSource(strings = {OWN, ALL})
    void read_jsonOfOneCacheThatIsToBeCompressed_isRefused(String level) {
        config.set(level + "wire", "JSON");
        config.set(OWN + "compress-over", "1000");

        assertThat(problems())
                .containsExactly("CC-0216 Setting " + level + "wire in the map conflicts with setting " + OWN
                        + "compress-over in the map: bare JSON is not compressed. Change one of them.");

        config.set(OWN + "compress-over", "0");
        assertThat(of("books")).isEqualTo(FormatSettings.JSON);
    }

    @Test
    void read_compressOverOfProviderConnections_isRefusedUnlessTheyHaveTheEnvelope() {
        String own = "cached-connection.cache.provider-connection.";
        config.set(own + "compress-over", "1000");

        assertThat(problems()).containsExactly(incomplete(own + "compress-over", own + "wire=ENVELOPE"));

        config.set(own + "wire", "ENVELOPE");
        assertThat(of(CONNECTIONS).compressOver()).isEqualTo(1000);
        config.remove(own + "wire");
        config.set(ALL + "encryption.enabled", "true");
        config.set(ALL + "encryption.keys", text(1));
        assertThat(of(CONNECTIONS).compressOver()).isEqualTo(1000);
    }

    @ParameterizedTest
    @CsvSource({
        "cached-connection., cached-connection.",
        "cached-connection., cached-connection.cache.books.",
        "cached-connection.cache.books., cached-connection.",
        "cached-connection.cache.books., cached-connection.cache.titles.",
    })
    void read_keyOfTwoUses_isRefused(String hiding, String encrypting) {
        config.set(hiding + "key-privacy.enabled", "false");
        config.set(hiding + "key-privacy.key", url(2));
        config.set(encrypting + "encryption.enabled", "true");
        config.set(encrypting + "encryption.keys-file", file(text(1) + "\n" + text(2)));

        assertThat(problems())
                .containsExactly("CC-0216 Setting " + hiding + "key-privacy.key in the map conflicts with setting "
                        + encrypting
                        + "encryption.keys-file in the map: they have a key in common, of which the one use is "
                        + "for ever and the other is to be rotated. Change one of them.");
    }

    @Test
    void read_severalMistakes_areAllSaidAtOnce() {
        config.set(ALL + "wire", "xml");
        config.set(ALL + "ttl", "soon");
        config.set(ALL + "encryption.enabled", "true");
        config.set(ALL + "encryption.keys", "sesame");
        config.set(OWN + "key-privacy.enabled", "true");
        config.set(OWN + "encryption.key", text(1));

        assertThat(problems())
                .hasSize(5)
                .anySatisfy(problem -> assertThat(problem).contains("Did you mean " + OWN + "encryption.keys?"));
    }

    @Test
    void late_settingsOfItsOwn_winThere() {
        config.set(ALL + "encryption.enabled", "true");
        config.set(ALL + "encryption.keys", text(1));
        Function<String, FormatSettings> formats = read().formats();
        config.set(LATE + "encryption.keys-file", file(text(2)));
        config.set(LATE + "compress-over", "1000");

        assertThat(formats.apply("late")).isEqualTo(new FormatSettings(Format.ENVELOPE, 1000, ring(2), null));
        assertThat(formats.apply("later").encryption()).isEqualTo(ring(1));
    }

    @Test
    void late_generalKeysForAnotherCacheOnly_areNoMistake() {
        config.set(ALL + "encryption.keys", text(1));
        config.set(OWN + "encryption.enabled", "true");
        Function<String, FormatSettings> formats = read().formats();
        config.set(LATE + "wire", "JSON");

        assertThat(formats.apply("late")).isEqualTo(FormatSettings.JSON);
    }

    @Test
    void late_keyThatAnotherCacheHasForAnotherUse_isRefused() {
        config.set(OWN + "key-privacy.enabled", "true");
        config.set(OWN + "key-privacy.key", text(1));
        Function<String, FormatSettings> formats = read().formats();
        config.set(LATE + "encryption.enabled", "true");
        config.set(LATE + "encryption.keys", text(1));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> formats.apply("late"))
                .withMessageContainingAll("CC-0217 ", "CC-0216 ", "they have a key in common")
                .satisfies(refused -> assertThat(refused.getMessage()).doesNotContain(text(1)));
    }

    @Test
    void late_settingThatCannotBeRead_isRefusedAndNotTakenForNone() {
        Function<String, FormatSettings> formats = read().formats();
        config.set(LATE + "encryption.enabled", MapConfig.FAILS);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> formats.apply("late"))
                .withMessageContainingAll("CC-0217 ", "CC-0207 ");
    }

    private static String keyName(String use) {
        return use.equals("encryption") ? ".keys" : ".key";
    }

    private static String other(String use) {
        return use.equals("encryption") ? "key-privacy" : "encryption";
    }

    private static String url(int number) {
        return Base64.getUrlEncoder().encodeToString(bytes(number));
    }

    private static String incomplete(String key, String missing) {
        return "CC-0212 Setting " + key + " in the map has no effect without " + missing
                + ". Set both, or remove the first.";
    }

    private static String refusedFile(String reason) {
        return "CC-0209 Setting " + OWN + "encryption.keys-file is '(not shown)' in the map: " + reason
                + ". Allowed: the path of a file in UTF-8 with 1 to 16 keys, one on a line, each 32 bytes in Base64 (44 "
                + "characters).";
    }

    private String file(String content) {
        try {
            return Files.writeString(Files.createTempFile(directory, "keys", ""), content)
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is wrong, in which no key and no path of a file ever is. */
    private List<String> problems() {
        List<String> problems = read().problems();
        for (String name : config.getPropertyNames()) {
            String value = config.getValue(name, String.class);
            if (value.length() > 10) {
                assertThat(problems).noneMatch(problem -> problem.contains(value));
            }
        }
        IntStream.rangeClosed(1, 17)
                .forEach(number -> assertThat(problems)
                        .noneMatch(problem -> problem.contains(text(number).substring(5, 12))
                                || problem.contains(url(number).substring(5, 12))));
        return problems;
    }
}
