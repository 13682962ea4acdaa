package io.cachedconnection.internal.envelope;

import static io.cachedconnection.internal.envelope.Wrapped.CLEAR;
import static io.cachedconnection.internal.envelope.Wrapped.COMPRESSED;
import static io.cachedconnection.internal.envelope.Wrapped.CONTENT;
import static io.cachedconnection.internal.envelope.Wrapped.ENCRYPTED;
import static io.cachedconnection.internal.envelope.Wrapped.FINGERPRINT;
import static io.cachedconnection.internal.envelope.Wrapped.KEY;
import static io.cachedconnection.internal.envelope.Wrapped.LIMIT;
import static io.cachedconnection.internal.envelope.Wrapped.LONG;
import static io.cachedconnection.internal.envelope.Wrapped.NOW;
import static io.cachedconnection.internal.envelope.Wrapped.ORIGIN;
import static io.cachedconnection.internal.envelope.Wrapped.key;
import static io.cachedconnection.internal.envelope.Wrapped.wrapped;
import static io.cachedconnection.internal.envelope.Wrapped.wrapping;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachedconnection.internal.engine.store.EntryFormat;
import io.cachedconnection.internal.engine.store.EntryFormat.EntryMetadata;
import io.cachedconnection.internal.engine.store.FormatSettings;
import io.cachedconnection.internal.engine.store.FormatSettings.Format;
import io.cachedconnection.internal.engine.store.FormatSettings.KeyRing;
import io.cachedconnection.internal.engine.store.UnreadableValueException;
import io.cachedconnection.internal.engine.store.UnreadableValueException.Fault;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EnvelopeTest {

    private static final int HEADER_BYTES = 28; // without stamps

    static Stream<FormatSettings> settings() {
        FormatSettings both = new FormatSettings(Format.ENVELOPE, 256, new KeyRing(List.of(key(1))), null);
        return Stream.of(CLEAR, COMPRESSED, ENCRYPTED, both);
    }

    @ParameterizedTest
    @MethodSource("settings")
    void unwrapped_whatWasWrapped_isTheSame(FormatSettings settings) throws Exception {
        for (byte[] content : List.of(CONTENT, LONG, new byte[0], new byte[] {0})) {
            assertThat(wrapping(settings).unwrapped(KEY, wrapped(settings, content), LIMIT))
                    .isEqualTo(content);
        }
    }

    @ParameterizedTest
    @MethodSource("settings")
    void unwrapped_cutOffAnywhere_isRefused(FormatSettings settings) throws Exception {
        byte[] whole = wrapped(settings, LONG);
        EntryFormat format = wrapping(settings);
        boolean checked = !settings.equals(CLEAR); // in clear only the shape of the JSON tells

        for (int length = 0; length < (checked ? whole.length : HEADER_BYTES); length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> format.unwrapped(KEY, cut, LIMIT)).isInstanceOf(UnreadableValueException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("settings")
    void unwrapped_somethingAfterIt_isRefused(FormatSettings settings) throws Exception {
        byte[] whole = wrapped(settings, LONG);
        byte[] longer = Arrays.copyOf(whole, whole.length + 1);

        if (settings.equals(CLEAR)) {
            assertThat(wrapping(settings).unwrapped(KEY, longer, LIMIT)).hasSize(LONG.length + 1);
        } else {
            assertThatThrownBy(() -> wrapping(settings).unwrapped(KEY, longer, LIMIT))
                    .isInstanceOf(UnreadableValueException.class);
        }
    }

    @Test
    void unwrapped_otherFingerprint_isOutdated() throws Exception {
        for (FormatSettings settings : List.of(CLEAR, COMPRESSED, ENCRYPTED)) {
            byte[] payload = wrapped(settings, CONTENT);
            EntryFormat other = new Envelopes(() -> NOW).wrapping(settings, FINGERPRINT + 1);

            assertFault(Fault.OUTDATED, () -> other.unwrapped(KEY, payload, LIMIT));
        }
    }

    @Test
    void unwrapped_bareJson_isOutdated() {
        for (String json : List.of("{}", "[]", " 1", "\"a\"", "null", "true", "false", "-1", "\n0")) {
            assertFault(Fault.OUTDATED, () -> wrapping(CLEAR).unwrapped(KEY, json.getBytes(UTF_8), LIMIT));
        }
    }

    @Test
    void unwrapped_otherVersion_isOutdated() throws Exception {
        for (byte version : List.of((byte) 1, (byte) 3)) {
            byte[] payload = wrapped(CLEAR, CONTENT);
            payload[1] = version;

            assertFault(Fault.OUTDATED, () -> wrapping(CLEAR).unwrapped(KEY, payload, LIMIT));
            assertFault(Fault.OUTDATED, () -> wrapping(CLEAR).unwrapped(KEY, new byte[] {payload[0], version}, LIMIT));
        }
    }

    @Test
    void unwrapped_moreStampsThanThereCanBe_isDamaged() throws Exception {
        byte[] payload = wrapped(CLEAR, LONG);
        for (byte tags : List.of((byte) 10, (byte) -1)) {
            payload[3] = tags;

            assertFault(Fault.DAMAGED, () -> wrapping(CLEAR).unwrapped(KEY, payload, LIMIT));
        }
    }

    @Test
    void unwrapped_unknownFlags_isDamaged() throws Exception {
        for (int bit = 2; bit < Byte.SIZE; bit++) {
            byte[] payload = wrapped(CLEAR, CONTENT);
            payload[2] |= (byte) (1 << bit);

            assertFault(Fault.DAMAGED, () -> wrapping(CLEAR).unwrapped(KEY, payload, LIMIT));
        }
    }

    @Test
    void unwrapped_garbage_isDamaged() {
        for (byte[] garbage : List.of(new byte[0], "x".getBytes(UTF_8), new byte[100], new byte[] {(byte) 0xCC})) {
            assertFault(Fault.DAMAGED, () -> wrapping(CLEAR).unwrapped(KEY, garbage, LIMIT));
        }
    }

    @Test
    void unwrapped_encryptedWithoutKeys_isOutdated() throws Exception {
        byte[] payload = wrapped(ENCRYPTED, CONTENT);

        assertFault(Fault.OUTDATED, () -> wrapping(CLEAR).unwrapped(KEY, payload, LIMIT));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void unwrapped_moreThanTheLimit_isDamaged(FormatSettings settings) throws Exception {
        byte[] payload = wrapped(settings, LONG);

        assertThat(wrapping(settings).unwrapped(KEY, payload, LONG.length)).isEqualTo(LONG);
        assertFault(Fault.DAMAGED, () -> wrapping(settings).unwrapped(KEY, payload, LONG.length - 1));
        assertThatThrownBy(() -> wrapping(settings).unwrapped(KEY, payload, 0))
                .isInstanceOf(UnreadableValueException.class);
    }

    @Test
    void wrapped_inClear_adds28Bytes() throws Exception {
        assertThat(wrapped(CLEAR, CONTENT)).hasSize(CONTENT.length + 28).endsWith(CONTENT);
    }

    @Test
    void wrapped_encrypted_adds60BytesAndHidesTheContent() throws Exception {
        byte[] payload = wrapped(ENCRYPTED, CONTENT);

        assertThat(payload).hasSize(CONTENT.length + 60);
        assertThat(new String(payload, UTF_8)).doesNotContain("Solaris", "title", "204");
    }

    @Test
    void wrapped_noMoreThanTheThreshold_isNotCompressed() throws Exception {
        byte[] content = new byte[257];

        assertThat(wrapped(COMPRESSED, Arrays.copyOf(content, 256))).hasSize(256 + HEADER_BYTES);
        assertThat(wrapped(COMPRESSED, content)).hasSizeLessThan(60);
    }

    @Test
    void header_anyOrigin_tellsWhatFitsIn() throws Exception {
        Header read = Header.read(wrapped(CLEAR, CONTENT));
        Header extreme = Header.read(new Envelopes(() -> -1)
                .wrapping(CLEAR, -1)
                .wrapped(KEY, CONTENT, new EntryMetadata(Duration.ofDays(5_000_000), Duration.ofDays(1))));

        assertThat(read)
                .isEqualTo(new Header(
                        false, false, 0, FINGERPRINT, NOW, ORIGIN.life().toMillis(), 1_234));
        assertThat(extreme).isEqualTo(new Header(false, false, 0, -1, 0, (1L << 48) - 1, (1L << 32) - 1));
    }

    @Test
    void wrapping_json_leavesTheBytes() throws Exception {
        EntryFormat json = new Envelopes(() -> NOW).wrapping(FormatSettings.JSON, FINGERPRINT);

        assertThat(json.wrapped(KEY, CONTENT, ORIGIN)).isEqualTo(CONTENT);
        assertThat(json.unwrapped(KEY, CONTENT, CONTENT.length)).isEqualTo(CONTENT);
        assertFault(Fault.DAMAGED, () -> json.unwrapped(KEY, CONTENT, CONTENT.length - 1));
        assertFault(Fault.DAMAGED, () -> json.unwrapped(KEY, new byte[0], -1));
    }

    @Test
    void wrapping_jsonAndAnEnvelopeIsThere_isOutdated() throws Exception {
        EntryFormat json = new Envelopes(() -> NOW).wrapping(FormatSettings.JSON, FINGERPRINT);

        for (FormatSettings settings : List.of(CLEAR, ENCRYPTED)) {
            byte[] payload = wrapped(settings, CONTENT);
            assertFault(Fault.OUTDATED, () -> json.unwrapped(KEY, payload, LIMIT));
        }
    }

    @Test
    void life_inClear_isNotLimitedByWhatAnyoneCanWrite() throws Exception {
        assertThat(wrapping(CLEAR).life(wrapped(CLEAR, CONTENT))).isEqualTo(EntryFormat.FOR_EVER);
    }

    static void assertFault(Fault fault, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        UnreadableValueException.class,
                        e -> assertThat(e.fault()).isEqualTo(fault));
    }
}
