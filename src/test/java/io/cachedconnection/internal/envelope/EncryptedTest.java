package io.cachedconnection.internal.envelope;

import static io.cachedconnection.internal.envelope.EnvelopeTest.assertFault;
import static io.cachedconnection.internal.envelope.Wrapped.CLEAR;
import static io.cachedconnection.internal.envelope.Wrapped.CONTENT;
import static io.cachedconnection.internal.envelope.Wrapped.ENCRYPTED;
import static io.cachedconnection.internal.envelope.Wrapped.KEY;
import static io.cachedconnection.internal.envelope.Wrapped.LIMIT;
import static io.cachedconnection.internal.envelope.Wrapped.NOW;
import static io.cachedconnection.internal.envelope.Wrapped.ORIGIN;
import static io.cachedconnection.internal.envelope.Wrapped.encrypted;
import static io.cachedconnection.internal.envelope.Wrapped.flipped;
import static io.cachedconnection.internal.envelope.Wrapped.key;
import static io.cachedconnection.internal.envelope.Wrapped.wrapped;
import static io.cachedconnection.internal.envelope.Wrapped.wrapping;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cachedconnection.internal.engine.store.EntryFormat;
import io.cachedconnection.internal.engine.store.EntryKey;
import io.cachedconnection.internal.engine.store.FormatSettings;
import io.cachedconnection.internal.engine.store.FormatSettings.KeyRing;
import io.cachedconnection.internal.engine.store.KeySpace;
import io.cachedconnection.internal.engine.store.UnreadableValueException.Fault;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Encryption: all that was not closed for this key, with a key that is known and not too long ago, is not trusted. */
class EncryptedTest {

    private final EntryFormat format = wrapping(ENCRYPTED);

    @Test
    void unwrapped_anyBitFlipped_isNotTrusted() throws Exception {
        byte[] payload = wrapped(ENCRYPTED, CONTENT);

        for (int bit = 0; bit < payload.length * Byte.SIZE; bit++) {
            byte[] flipped = flipped(payload, bit);
            assertFault(Fault.UNTRUSTED, () -> format.unwrapped(KEY, flipped, LIMIT));
        }
    }

    @Test
    void unwrapped_underAnotherKey_isNotTrusted() throws Exception {
        byte[] payload = wrapped(ENCRYPTED, CONTENT);
        List<EntryKey> others = List.of(
                KeySpace.of("books", "shop").key("2"),
                KeySpace.of("books", "").key("1"),
                new KeySpace("films", "shop:books", KEY.space().names(), List.of(), false).key("1"),
                new KeySpace("book", "shop:books", KEY.space().names(), List.of(), false).key("1"));

        for (EntryKey other : others) {
            assertFault(Fault.UNTRUSTED, () -> format.unwrapped(other, payload, LIMIT));
        }
        assertThat(format.unwrapped(KEY, payload, LIMIT)).isEqualTo(CONTENT);
    }

    @Test
    void unwrapped_inClear_isNotTrusted() throws Exception {
        byte[] payload = wrapped(CLEAR, CONTENT);
        byte[] saidToBeEncrypted = flipped(payload, 2 * Byte.SIZE + 1);

        assertThatThrownBy(() -> format.unwrapped(KEY, payload, LIMIT)).hasMessage("not encrypted");
        assertFault(Fault.UNTRUSTED, () -> format.unwrapped(KEY, payload, LIMIT));
        assertFault(Fault.UNTRUSTED, () -> format.unwrapped(KEY, saidToBeEncrypted, LIMIT));
        assertFault(Fault.UNTRUSTED, () -> format.unwrapped(KEY, CONTENT, LIMIT));
        assertFault(Fault.UNTRUSTED, () -> format.unwrapped(KEY, "x".getBytes(UTF_8), LIMIT));
    }

    @Test
    void unwrapped_unknownKey_isNotTrusted() throws Exception {
        byte[] payload = wrapped(encrypted(key(2)), CONTENT);

        assertFault(Fault.UNTRUSTED, () -> format.unwrapped(KEY, payload, LIMIT));
    }

    /** As docs/reference/configuration.md says how to rotate them: added everywhere, then put first everywhere, then the old one goes. */
    @Test
    void unwrapped_keysRotated_isReadByEachNeighbour() throws Exception {
        List<FormatSettings> steps =
                List.of(encrypted(key(1)), encrypted(key(1), key(2)), encrypted(key(2), key(1)), encrypted(key(2)));

        for (int i = 0; i + 1 < steps.size(); i++) {
            byte[] before = wrapped(steps.get(i), CONTENT);
            byte[] after = wrapped(steps.get(i + 1), CONTENT);

            assertThat(wrapping(steps.get(i)).unwrapped(KEY, after, LIMIT)).isEqualTo(CONTENT);
            assertThat(wrapping(steps.get(i + 1)).unwrapped(KEY, before, LIMIT)).isEqualTo(CONTENT);
        }
        byte[] old = wrapped(steps.get(0), CONTENT);
        assertFault(Fault.UNTRUSTED, () -> wrapping(steps.get(3)).unwrapped(KEY, old, LIMIT));
    }

    @Test
    void unwrapped_afterItsLife_isNotTrusted() throws Exception {
        long over = NOW + ORIGIN.life().toMillis() + Encrypted.CLOCK_TOLERANCE_MILLIS;
        AtomicLong clock = new AtomicLong(over);
        byte[] payload = wrapped(ENCRYPTED, CONTENT);

        assertThat(wrapping(ENCRYPTED, clock).unwrapped(KEY, payload, LIMIT)).isEqualTo(CONTENT);

        clock.set(over + 1);
        assertFault(Fault.UNTRUSTED, () -> wrapping(ENCRYPTED, clock).unwrapped(KEY, payload, LIMIT));

        clock.set(NOW + Duration.ofDays(365).toMillis());
        assertFault(Fault.UNTRUSTED, () -> wrapping(ENCRYPTED, clock).unwrapped(KEY, payload, LIMIT));
    }

    @Test
    void life_ofWhatWasOpened_endsWhenItIsNotTrustedAnyMore() throws Exception {
        AtomicLong clock = new AtomicLong(NOW + 1000);
        byte[] payload = wrapped(ENCRYPTED, CONTENT);

        Duration left = wrapping(ENCRYPTED, clock).life(payload);

        assertThat(left).isEqualTo(ORIGIN.life().plusSeconds(60).minusSeconds(1));
        clock.addAndGet(left.toMillis() + 1);
        assertFault(Fault.UNTRUSTED, () -> wrapping(ENCRYPTED, clock).unwrapped(KEY, payload, LIMIT));
        assertThat(wrapping(ENCRYPTED, clock).life(payload)).isZero();
    }

    /** By how much, so that an operator finds the clock that is wrong. */
    @Test
    void unwrapped_byAWrongClock_saysByHowMuch() throws Exception {
        byte[] payload = wrapped(ENCRYPTED, CONTENT);
        AtomicLong clock = new AtomicLong(NOW - Duration.ofMinutes(11).toMillis());
        assertThatThrownBy(() -> wrapping(ENCRYPTED, clock).unwrapped(KEY, payload, LIMIT))
                .hasMessage("from the future by the clock of this node, by 600 s more than a minute");

        clock.set(NOW + ORIGIN.life().plusMinutes(11).toMillis());
        assertThatThrownBy(() -> wrapping(ENCRYPTED, clock).unwrapped(KEY, payload, LIMIT))
                .hasMessage("its life is over by the clock of this node, for 600 s more than a minute");
    }

    /** Each thread has a cipher of its own. */
    @Test
    void wrapped_byManyThreadsAtOnce_isReadByAll() {
        List<Boolean> read = IntStream.range(0, 20_000)
                .parallel()
                .mapToObj(i -> {
                    byte[] content = ("{\"n\":" + i + "}").getBytes(UTF_8);
                    try {
                        return Arrays.equals(
                                content, format.unwrapped(KEY, format.wrapped(KEY, content, ORIGIN), LIMIT));
                    } catch (Exception e) {
                        return false;
                    }
                })
                .distinct()
                .toList();

        assertThat(read).containsExactly(true);
    }

    @Test
    void unwrapped_fromTheFuture_isNotTrusted() throws Exception {
        AtomicLong clock = new AtomicLong(NOW - Encrypted.CLOCK_TOLERANCE_MILLIS);
        byte[] payload = wrapped(ENCRYPTED, CONTENT);

        assertThat(wrapping(ENCRYPTED, clock).unwrapped(KEY, payload, LIMIT)).isEqualTo(CONTENT);

        clock.decrementAndGet();
        assertFault(Fault.UNTRUSTED, () -> wrapping(ENCRYPTED, clock).unwrapped(KEY, payload, LIMIT));
    }

    @Test
    void unwrapped_inClearWhateverTheClock_isRead() throws Exception {
        byte[] payload = wrapped(CLEAR, CONTENT);

        for (long time : List.of(0L, NOW, Long.MAX_VALUE, Long.MIN_VALUE)) {
            assertThat(wrapping(CLEAR, new AtomicLong(time)).unwrapped(KEY, payload, LIMIT))
                    .isEqualTo(CONTENT);
        }
    }

    @Test
    void wrapped_twice_isNeverTheSame() {
        Set<String> nonces = IntStream.range(0, 1000)
                .mapToObj(i -> {
                    try {
                        return HexFormat.of().formatHex(wrapped(ENCRYPTED, CONTENT), 31, 43);
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                })
                .collect(Collectors.toSet());

        assertThat(nonces).hasSize(1000);
    }

    @Test
    void unwrapped_afterAFailure_isReadAgain() throws Exception {
        byte[] payload = wrapped(ENCRYPTED, CONTENT);
        byte[] flipped = flipped(payload, payload.length * Byte.SIZE - 1);

        assertFault(Fault.UNTRUSTED, () -> format.unwrapped(KEY, flipped, LIMIT));
        assertThat(format.unwrapped(KEY, payload, LIMIT)).isEqualTo(CONTENT);
        assertThat(format.unwrapped(KEY, format.wrapped(KEY, CONTENT, ORIGIN), LIMIT))
                .isEqualTo(CONTENT);
    }

    @Test
    void toString_whateverHoldsKeys_tellsNothingOfThem() {
        KeyRing ring = new KeyRing(List.of(key(1), key(2)));
        FormatSettings settings = new FormatSettings(FormatSettings.Format.ENVELOPE, 256, ring, key(3));

        assertThat(ring.toString()).isEqualTo("KeyRing[2]");
        assertThat(settings.toString())
                .isEqualTo("FormatSettings[format=ENVELOPE, compressOver=256, encrypted=true, private=true]");
        assertThat(Envelopes.names(settings).toString()).isEqualTo("PrivateNames[***]");
    }
}
