package io.cachedconnection.internal.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.internal.engine.store.EntryFormat;
import io.cachedconnection.internal.engine.store.EntryFormat.EntryMetadata;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.FormatSettings;
import io.cachedconnection.internal.engine.store.FormatSettings.Format;
import io.cachedconnection.internal.engine.store.FormatSettings.KeyRing;
import io.cachedconnection.internal.engine.store.KeySpace;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Entries that somebody else has written from the specification; every version of this library reads them. */
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
                            "write_envelopes.py");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "v1-clear, false, SHORT",
        "v1-clear-null, false, NULL",
        "v1-clear-long, false, LONG",
        "v1-compressed, false, LONG",
        "v1-encrypted, true, SHORT",
        "v1-encrypted-null, true, NULL",
        "v1-compressed-encrypted, true, LONG"
    })
    void unwrapped_goldenEnvelope_isItsContent(String name, boolean encrypted, String content) throws Exception {
        String expected = content.equals("NULL") ? "null" : content.equals("LONG") ? LONG : SHORT;

        byte[] found = wrapping(encrypted, FormatSettings.NEVER).unwrapped(KEY, golden(name + ".bin"), 100_000);

        assertThat(new String(found, UTF_8)).isEqualTo(expected);
    }

    @Test
    void wrapped_inClear_isTheGoldenEnvelope() throws Exception {
        EntryMetadata metadata = new EntryMetadata(Duration.ofMinutes(5), Duration.ofNanos(1_234_000));

        byte[] payload = wrapping(false, FormatSettings.NEVER).wrapped(KEY, SHORT.getBytes(UTF_8), metadata);

        assertThat(payload).isEqualTo(golden("v1-clear.bin"));
    }

    @Test
    void wrapped_encrypted_hasTheHeaderAndTheKeyOfTheGoldenEnvelope() throws Exception {
        EntryMetadata metadata = new EntryMetadata(Duration.ofMinutes(5), Duration.ofNanos(1_234_000));

        byte[] payload = wrapping(true, FormatSettings.NEVER).wrapped(KEY, SHORT.getBytes(UTF_8), metadata);

        assertThat(payload).hasSameSizeAs(golden("v1-encrypted.bin"));
        assertThat(Arrays.copyOf(payload, 31)).isEqualTo(Arrays.copyOf(golden("v1-encrypted.bin"), 31));
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
