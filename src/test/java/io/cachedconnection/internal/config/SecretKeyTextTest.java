package io.cachedconnection.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.cachedconnection.testing.ScannedLog;
import io.cachedconnection.testing.Seeds;
import java.security.Key;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/** Whatever keys there are, they are read as they were written; and whatever else there is, it is not told. */
class SecretKeyTextTest {

    private static final String SECRET = "Pa55w0rd"; // in none of our own texts

    @Property(tries = 1000)
    void inSetting_anyKeys_areReadInTheirOrder(
            @ForAll @Size(min = 1, max = 16) List<@From("keys") List<Byte>> keys,
            @ForAll("spaces") String space,
            @ForAll boolean url) {
        List<List<Byte>> distinct = keys.stream().distinct().toList();
        String text = String.join(
                ",",
                distinct.stream().map(key -> space + written(key, url) + space).toList());

        assertThat(bytes(SecretKeyText.OF_VALUES.inSetting(text))).isEqualTo(distinct);
    }

    @Property(tries = 1000)
    void inFile_anyKeys_areReadInTheirOrder(
            @ForAll @Size(min = 1, max = 16) Set<@From("keys") List<Byte>> keys, @ForAll("between") String between) {
        List<String> lines = keys.stream().map(key -> written(key, false)).toList();

        List<Key> read = SecretKeyText.OF_VALUES.inFile(between + String.join("\n" + between, lines) + "\n" + between);

        assertThat(bytes(read)).isEqualTo(new ArrayList<>(keys));
    }

    @Property(tries = 1000)
    void inSetting_anotherNumberOfBytes_isRefused(@ForAll @Size(max = 80) List<Byte> bytes) {
        if (bytes.size() != 32) {
            assertThatExceptionOfType(InvalidValue.class)
                    .isThrownBy(() -> SecretKeyText.OF_VALUES.inSetting(written(bytes, false)))
                    .satisfies(refused -> assertThat(refused.reason())
                            .isIn("key 1 is empty", "key 1 does not have 32 bytes, but " + bytes.size()));
        }
    }

    @Property(tries = 1000)
    void inSetting_oneByteAgainAndAgain_isRefused(@ForAll byte each) {
        assertThatExceptionOfType(InvalidValue.class)
                .isThrownBy(() -> SecretKeyText.OF_NAMES.inSetting(written(Collections.nCopies(32, each), false)))
                .withMessageContaining("repeats one byte");
    }

    /** Anything else than a refusal would not say where the value stands, or would say what it is. */
    @Property(tries = 5000)
    void problems_ofAnyText_haveNothingOfIt(@ForAll("texts") String text) {
        for (String name :
                List.of("encryption.keys", "encryption.keys-file", "key-privacy.key", "key-privacy.key-file")) {
            String enabled = name.replaceFirst("\\..*", ".enabled");
            ParsedConfig reading = new SettingsReader(
                            MapConfig.of("cached-connection." + enabled, "true", "cached-connection." + name, text))
                    .read(Set.of("books"));

            assertThat(reading.problems())
                    .singleElement()
                    .asString()
                    .startsWith("CC-02")
                    .contains("cached-connection." + name, "(not shown)")
                    .doesNotContain(SECRET);
            assertThat(reading.toString()).doesNotContain(SECRET);
        }
    }

    @Example
    void candidate_asText_doesNotShowTheKey() {
        SecretKeyText.Candidate candidate = new SecretKeyText.Candidate("key 1", Seeds.ENCRYPTION_KEY);

        assertThat(ScannedLog.text(candidate)).hasToString("Candidate[place=key 1]");
    }

    @Provide
    Arbitrary<List<Byte>> keys() {
        return Arbitraries.bytes()
                .list()
                .ofSize(32)
                .filter(key -> Set.copyOf(key).size() > 1);
    }

    @Provide
    Arbitrary<String> spaces() {
        return Arbitraries.of("", " ", "\t", "\n  ");
    }

    @Provide
    Arbitrary<String> between() {
        return Arbitraries.of("", "\n", "# a comment\n", "  #,\r\n \t\n");
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> noise = Arbitraries.of(
                        ",", "=", "\n", " ", "#", "/", "\0", "A", "\u00e4", "+", "-", "_", "AAAA")
                .list()
                .ofMaxSize(8)
                .map(parts -> String.join("", parts));
        return Combinators.combine(noise, noise).as((before, after) -> before + SECRET + after);
    }

    private static String written(List<Byte> key, boolean url) {
        byte[] bytes = new byte[key.size()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = key.get(i);
        }
        return (url ? Base64.getUrlEncoder() : Base64.getEncoder()).encodeToString(bytes);
    }

    private static List<List<Byte>> bytes(List<Key> keys) {
        List<List<Byte>> all = new ArrayList<>();
        for (Key key : keys) {
            List<Byte> bytes = new ArrayList<>();
            for (byte each : key.getEncoded()) {
                bytes.add(each);
            }
            all.add(bytes);
        }
        return all;
    }
}
