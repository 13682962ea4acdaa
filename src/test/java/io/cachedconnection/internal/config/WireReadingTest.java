package io.cachedconnection.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.internal.core.KeyRing;
import io.cachedconnection.internal.core.KeySpace;
import io.cachedconnection.internal.core.WireSettings;
import io.cachedconnection.internal.core.WireSettings.Format;
import java.security.Key;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WireReadingTest {

    private static final String ALL = "cached-connection.";
    private static final String OWN = "cached-connection.cache.books.";
    private static final String CONNECTIONS = KeySpace.PROVIDER_CONNECTION;

    private final MapConfig config = MapConfig.of();

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

    private ConfigReading read() {
        return new SettingsReader(config).read(Set.of("books", "titles"));
    }

    /** What is read of a cache if nothing is wrong. */
    private WireSettings of(String cache) {
        ConfigReading reading = read();
        assertThat(reading.problems()).isEmpty();
        return reading.wires().of(cache);
    }

    @Test
    void read_nothingSet_givesTheDefaults() {
        assertThat(of("books")).isEqualTo(WireSettings.DEFAULT);
        assertThat(of("opened-by-hand")).isEqualTo(WireSettings.DEFAULT);
        assertThat(of(CONNECTIONS)).isEqualTo(WireSettings.JSON);
    }

    @ParameterizedTest
    @CsvSource({"JSON, JSON", "json, JSON", "ENVELOPE, ENVELOPE", "' envelope ', ENVELOPE"})
    void read_wire_isTakenForAll(String text, Format format) {
        config.set(ALL + "wire", text);

        assertThat(of("books").format()).isEqualTo(format);
        assertThat(of(CONNECTIONS).format()).isEqualTo(format);
        assertThat(of("opened-by-hand").format()).isEqualTo(format);
    }

    @Test
    void read_wireOfOneCache_winsForThisCacheOnly() {
        config.set(ALL + "wire", "JSON");
        config.set(OWN + "wire", "ENVELOPE");

        assertThat(of("books").format()).isEqualTo(Format.ENVELOPE);
        assertThat(of("titles").format()).isEqualTo(Format.JSON);
    }

    @ParameterizedTest
    @CsvSource({"0, 2147483647", "256, 256", "16777216, 16777216"})
    void read_compressOver_isTaken(String text, int bytes) {
        config.set(ALL + "compress-over", text);

        assertThat(of("books").compressOver()).isEqualTo(bytes);
        assertThat(of(CONNECTIONS)).isEqualTo(WireSettings.JSON);
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

        WireSettings expected = new WireSettings(Format.ENVELOPE, WireSettings.NEVER, ring(1, 2, 3), null);
        assertThat(of("books")).isEqualTo(expected);
        assertThat(of("opened-by-hand")).isEqualTo(expected);
        assertThat(of(CONNECTIONS)).isEqualTo(expected);
    }

    @Test
    void read_keyPrivacy_isTakenForAll() {
        config.set(ALL + "key-privacy.enabled", "true");
        config.set(ALL + "key-privacy.key", text(4));

        assertThat(of("books")).isEqualTo(new WireSettings(Format.ENVELOPE, WireSettings.NEVER, null, nameKey(4)));
        assertThat(of(CONNECTIONS)).isEqualTo(new WireSettings(Format.JSON, WireSettings.NEVER, null, nameKey(4)));
    }
}
