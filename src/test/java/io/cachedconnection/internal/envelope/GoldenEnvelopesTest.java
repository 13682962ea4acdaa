package io.cachedconnection.internal.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.cachedconnection.internal.engine.store.EntryFormat;
import io.cachedconnection.internal.engine.store.EntryFormat.EntryMetadata;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.FormatSettings;
import io.cachedconnection.internal.engine.store.FormatSettings.Format;
import io.cachedconnection.internal.engine.store.FormatSettings.KeyRing;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.Stamps;
import io.cachedconnection.internal.engine.store.UnreadableValueException;
import io.cachedconnection.internal.engine.store.UnreadableValueException.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Entries that another program has written from the specification: those of version 2 are read, those of version 1 are outdated. */
class GoldenEnvelopesTest {

    private static final long FINGERPRINT = 0x53E0C5FC098A83F0L;
    private static final long WRITTEN_AT = 1_700_000_000_000L;
    private static final EntryKey KEY = KeySpace.of("books", "shop").key("1");
    private static final String SHORT = "{\"pages\":204,\"title\":\"Solaris é 🚀\"}";
    private static final String LONG = "[" + "\"Solaris\",".repeat(99) + "\"Solaris\"]";
    private static final KeyRing KEYS = new KeyRing(List.of(Wrapped.key(0)));

    /** None is ever taken away, and none is added without being read. */
    @Test
    void files_beside_areThoseThatAreRead() throws Exception {
        Path folder = Path.of(Objects.requireNonNull(GoldenEnvelopesTest.class.getResource("/wire/envelope/"))
                .toURI());
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "v1-clear.bin",
                            "v1-clear-null.bin",
                            "v1-clear-long.bin",
                            "v1-compressed.bin",
                            "v1-encrypted.bin",
                            "v1-encrypted-null.bin",
                            "v1-compressed-encrypted.bin",
                            "v1-private-name.txt",
                            "v2-clear.bin",
                            "v2-clear-stamped.bin",
                            "v2-clear-null.bin",
                            "v2-compressed-stamped.bin",
                            "v2-encrypted.bin",
                            "v2-encrypted-stamped.bin",
                            "v2-compressed-encrypted.bin",
                            "write_envelopes.py");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "v2-clear, false, SHORT",
        "v2-clear-stamped, false, SHORT",
        "v2-clear-null, false, NULL",
        "v2-compressed-stamped, false, LONG",
        "v2-encrypted, true, SHORT",
        "v2-encrypted-stamped, true, SHORT",
        "v2-compressed-encrypted, true, LONG"
    })
    void unwrapped_goldenEnvelope_isItsContent(String name, boolean encrypted, String content) throws Exception {
        String expected = content.equals("NULL") ? "null" : content.equals("LONG") ? LONG : SHORT;

        byte[] found = wrapping(encrypted, FormatSettings.NEVER).unwrapped(KEY, golden(name + ".bin"), 100_000);

        assertThat(new String(found, UTF_8)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "v1-clear, false, OUTDATED",
        "v1-clear-null, false, OUTDATED",
        "v1-clear-long, false, OUTDATED",
        "v1-compressed, false, OUTDATED",
        "v1-encrypted, true, UNTRUSTED",
        "v1-encrypted-null, true, UNTRUSTED",
        "v1-compressed-encrypted, true, UNTRUSTED"
    })
    void unwrapped_envelopeOfVersion1_isRefused(String name, boolean encrypted, Fault fault) {
        assertThatExceptionOfType(UnreadableValueException.class)
                .isThrownBy(
                        () -> wrapping(encrypted, FormatSettings.NEVER).unwrapped(KEY, golden(name + ".bin"), 100_000))
                .satisfies(thrown -> assertThat(thrown.fault()).isEqualTo(fault));
    }

    @ParameterizedTest
    @CsvSource({"v2-clear, 0", "v2-clear-stamped, 2"})
    void wrapped_inClear_isTheGoldenEnvelope(String name, int tags) throws Exception {
        EntryKey key = key(tags);
        EntryMetadata metadata = new EntryMetadata(Duration.ofMinutes(5), Duration.ofNanos(1_234_000));

        byte[] payload = wrapping(false, FormatSettings.NEVER).wrapped(key, SHORT.getBytes(UTF_8), metadata);

        assertThat(stamps(tags).in(payload)).isEqualTo(golden(name + ".bin"));
    }

    @ParameterizedTest
    @CsvSource({"v2-encrypted, 0", "v2-encrypted-stamped, 2"})
    void wrapped_encrypted_hasTheHeaderAndTheKeyOfTheGoldenEnvelope(String name, int tags) throws Exception {
        EntryMetadata metadata = new EntryMetadata(Duration.ofMinutes(5), Duration.ofNanos(1_234_000));

        byte[] payload = wrapping(true, FormatSettings.NEVER).wrapped(key(tags), SHORT.getBytes(UTF_8), metadata);

        int length = 28 + 8 * tags + 4;
        assertThat(payload).hasSameSizeAs(golden(name + ".bin"));
        assertThat(Arrays.copyOf(stamps(tags).in(payload), length))
                .isEqualTo(Arrays.copyOf(golden(name + ".bin"), length));
    }

    private static EntryKey key(int tags) {
        KeySpace ofTags = KeySpace.ofTags("shop", KeySpace.KeyNames.clear());
        return KEY.with(
                IntStream.range(0, tags).mapToObj(i -> ofTags.key("" + i)).toList());
    }

    private static Stamps stamps(int tags) {
        byte[] bytes = new byte[tags * Stamps.BYTES];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (200 + i);
        }
        return Stamps.of(bytes);
    }

    @Test
    void key_private_hasTheGoldenName() throws Exception {
        KeySpace space = KeySpace.of("books", "shop", new PrivateNames(Wrapped.key(0)));

        assertThat(space.key("1").text()).isEqualTo("shop:books:" + new String(golden("v1-private-name.txt"), UTF_8));
    }

    private static EntryFormat wrapping(boolean encrypted, int compressOver) {
        FormatSettings settings = new FormatSettings(Format.ENVELOPE, compressOver, encrypted ? KEYS : null, null);
        return new Envelopes(() -> WRITTEN_AT).wrapping(settings, FINGERPRINT);
    }

    private static byte[] golden(String name) throws IOException {
        try (InputStream file = GoldenEnvelopesTest.class.getResourceAsStream("/wire/envelope/" + name)) {
            return Objects.requireNonNull(file).readAllBytes();
        }
    }
}
