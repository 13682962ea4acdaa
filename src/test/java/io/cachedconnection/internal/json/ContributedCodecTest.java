package io.cachedconnection.internal.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachedconnection.TypeCodec;
import io.cachedconnection.internal.engine.store.UnreadableValueException;
import io.cachedconnection.internal.engine.store.UnreadableValueException.Fault;
import io.cachedconnection.internal.engine.store.ValueCodec;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContributedCodecTest {

    /** Writes a text as its bytes, into an array that it uses again, and leaves nothing of what it reads. */
    private static final class Texts implements TypeCodec<String> {

        private final byte[] own = new byte[4];

        @Override
        public String version() {
            return "text/1";
        }

        @Override
        public byte[] encode(String value) {
            byte[] bytes = value.getBytes(UTF_8);
            if (bytes.length != own.length) {
                return bytes;
            }
            System.arraycopy(bytes, 0, own, 0, own.length);
            return own;
        }

        @Override
        public String decode(byte[] bytes) throws InterruptedException {
            String text = new String(bytes, UTF_8);
            Arrays.fill(bytes, (byte) '?');
            if (text.equals("wait")) {
                throw new InterruptedException("Pa55w0rd");
            }
            return text;
        }
    }

    private final ValueCodec<String> codec =
            new ContributedCodec<>("shop.Texts", new Texts(), false, String.class, false);
    private final ValueCodec<String> bare =
            new ContributedCodec<>("shop.Texts", new Texts(), false, String.class, true);

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "\0", "\001", "text", "a longer text"})
    void decode_ofWhatWasEncoded_isTheValue(String text) throws UnreadableValueException {
        assertThat(codec.decode(codec.encode(text))).isEqualTo(text);
        assertThat(codec.decode(codec.encode(null))).isNull();
    }

    @Test
    void arrays_onTheWayToTheCodecAndBack_areCopies() throws UnreadableValueException {
        byte[] first = codec.encode("1234");
        byte[] second = codec.encode("5678");
        byte[] json = bare.encode("1234");
        bare.encode("5678");

        assertThat(codec.decode(first)).isEqualTo("1234");
        assertThat(codec.decode(first)).isEqualTo("1234");
        assertThat(codec.decode(second)).isEqualTo("5678");
        assertThat(bare.decode(json)).isEqualTo("1234");
        assertThat(bare.decode(json)).isEqualTo("1234");
    }

    @Test
    void decode_ofOtherBytes_isRefused() {
        for (byte[] payload : new byte[][] {{}, {0, 0}, {2}, "\"text\"".getBytes(UTF_8)}) {
            assertThatThrownBy(() -> codec.decode(payload)).isInstanceOf(UnreadableValueException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", " null ", "text", "", "{", "\"a\" \"b\""})
    void encode_whatIsNoJsonOrNull_isRefusedWhereItIsBare(String text) {
        assertThatThrownBy(() -> bare.encode(text)).isInstanceOfSatisfying(UnreadableValueException.class, e -> {
            assertThat(e.fault()).isEqualTo(Fault.CODEC_FAILED);
        });
    }

    /** Has no {@code equals} that compares the pages. */
    @SuppressWarnings("ArrayRecordComponent") // what is tested
    private record Scan(String name, byte[] pages) {}

    /** Writes a scan after a number that is another one each time, as a codec that encrypts does, or after none. */
    private static final class Scans implements TypeCodec<Scan> {

        private final boolean isNumbered;
        private byte number;

        Scans(boolean isNumbered) {
            this.isNumbered = isNumbered;
        }

        @Override
        public String version() {
            return "scan/1";
        }

        @Override
        public byte[] encode(Scan value) {
            byte[] bytes = (" " + value.name() + ":" + new String(value.pages(), UTF_8)).getBytes(UTF_8);
            if (isNumbered) {
                bytes[0] = ++number;
            }
            return bytes;
        }

        @Override
        public Scan decode(byte[] bytes) {
            String[] parts = new String(bytes, 1, bytes.length - 1, UTF_8).split(":", -1);
            return new Scan(parts[0], parts[1].getBytes(UTF_8));
        }
    }

    private static boolean areSame(boolean isNumbered, @Nullable Scan one, @Nullable Scan other)
            throws UnreadableValueException {
        ValueCodec<Scan> scans = new ContributedCodec<>("shop.Scans", new Scans(isNumbered), false, Scan.class, false);
        return scans.areSame(scans.encode(one), scans.encode(other));
    }

    @Test
    void areSame_ofValuesWithoutEquals_theBytesDecideIfTheyAlwaysAre() throws UnreadableValueException {
        Scan scan = new Scan("a", new byte[] {1});
        Scan copy = new Scan("a", new byte[] {1});
        Scan changed = new Scan("a", new byte[] {2});

        assertThat(areSame(false, scan, copy)).isTrue();
        assertThat(areSame(false, scan, changed)).isFalse();
        assertThat(areSame(true, scan, copy)).isTrue();
        assertThat(areSame(true, scan, changed)).isTrue(); // nothing tells
        assertThat(areSame(true, scan, null)).isFalse();
        assertThat(areSame(true, null, scan)).isFalse();
    }

    @Test
    void areSame_ofArrays_theirElementsDecide() throws UnreadableValueException {
        TypeCodec<byte[]> numbered = new TypeCodec<>() {
            private byte number;

            @Override
            public String version() {
                return "bytes/1";
            }

            @Override
            public byte[] encode(byte[] value) {
                return new byte[] {++number, value[0]};
            }

            @Override
            public byte[] decode(byte[] bytes) {
                return new byte[] {bytes[1]};
            }
        };
        ValueCodec<byte[]> arrays = new ContributedCodec<>("shop.Arrays", numbered, false, byte[].class, false);

        assertThat(arrays.areSame(arrays.encode(new byte[] {1}), arrays.encode(new byte[] {1})))
                .isTrue();
        assertThat(arrays.areSame(arrays.encode(new byte[] {1}), arrays.encode(new byte[] {2})))
                .isFalse();
    }

    @Test
    void null_whereItIsBare_isTheNullOfJson() throws UnreadableValueException {
        assertThat(bare.encode(null)).isEqualTo("null".getBytes(UTF_8));
        assertThat(bare.decode(" null".getBytes(UTF_8))).isNull();
        assertThat(bare.decode(bare.encode("{\"a\": [1]}"))).isEqualTo("{\"a\": [1]}");
    }

    @Test
    void interrupt_ofTheCodec_isRestored() {
        assertThatThrownBy(() -> codec.encode("wait"))
                .isInstanceOf(UnreadableValueException.class)
                .hasMessageNotContaining("Pa55w0rd");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void fingerprint_ofACodec_isThatOfItsTypeAndVersion() {
        long fingerprint = Fingerprints.ofCodec(String.class, "text/1");

        assertThat(Long.toHexString(fingerprint)).isEqualTo("e37af6ddc310602d");
        assertThat(fingerprint)
                .isNotEqualTo(Fingerprints.ofCodec(String.class, "text/2"))
                .isNotEqualTo(Fingerprints.ofCodec(Integer.class, "text/1"))
                .isNotEqualTo(Fingerprints.of(String.class));
    }
}
