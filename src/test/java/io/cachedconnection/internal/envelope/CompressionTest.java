package io.cachedconnection.internal.envelope;

import static io.cachedconnection.internal.envelope.EnvelopeTest.assertFault;
import static org.assertj.core.api.Assertions.assertThat;

import io.cachedconnection.internal.engine.store.UnreadableValueException.Fault;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

class CompressionTest {

    private static final int MEGABYTE = 1 << 20;

    @Test
    void shorter_zeros_becomesTheOriginal() throws Exception {
        byte[] content = new byte[MEGABYTE];

        byte[] shorter = Compression.shorterOrNull(content);

        assertThat(shorter).hasSizeLessThan(MEGABYTE / 100);
        assertThat(Compression.original(shorter, MEGABYTE)).isEqualTo(content);
    }

    @Test
    void shorter_noise_isNone() {
        byte[] noise = new byte[1000];
        new Random(1).nextBytes(noise);

        assertThat(Compression.shorterOrNull(noise)).isNull();
        for (int length = 0; length < 6; length++) {
            assertThat(Compression.shorterOrNull(new byte[length])).isNull();
        }
    }

    @Test
    void original_moreThanItSays_isDamaged() {
        byte[] shorter = said(MEGABYTE - 1, deflated(new byte[MEGABYTE]));

        assertFault(Fault.DAMAGED, () -> Compression.original(shorter, 2 * MEGABYTE));
    }

    @Test
    void original_lessThanItSays_isDamaged() {
        byte[] shorter = said(MEGABYTE + 1, deflated(new byte[MEGABYTE]));

        assertFault(Fault.DAMAGED, () -> Compression.original(shorter, 2 * MEGABYTE));
    }

    @Test
    void original_moreThanTheLimit_isNotEvenBegun() {
        byte[] shorter = said(MEGABYTE, deflated(new byte[MEGABYTE]));

        assertFault(Fault.DAMAGED, () -> Compression.original(shorter, MEGABYTE - 1));
    }

    /** No memory is taken for what so few bytes cannot become. */
    @Test
    void original_moreThanSoFewBytesCanBecome_isDamaged() {
        for (int length : new int[] {Integer.MAX_VALUE, Integer.MIN_VALUE, -1, 1032 * 12 + 1}) {
            byte[] shorter = said(length, new byte[8]);
            assertFault(Fault.DAMAGED, () -> Compression.original(shorter, Integer.MAX_VALUE));
        }
    }

    @Test
    void original_somethingAfterIt_isDamaged() {
        byte[] deflated = deflated(new byte[MEGABYTE]);
        byte[] shorter = said(MEGABYTE, Arrays.copyOf(deflated, deflated.length + 1));

        assertFault(Fault.DAMAGED, () -> Compression.original(shorter, MEGABYTE));
    }

    @Test
    void original_wrongChecksum_isDamaged() {
        byte[] shorter = said(MEGABYTE, deflated(new byte[MEGABYTE]));
        shorter[shorter.length - 1]++;

        assertFault(Fault.DAMAGED, () -> Compression.original(shorter, MEGABYTE));
    }

    private static byte[] said(int length, byte[] deflated) {
        return ByteBuffer.allocate(4 + deflated.length)
                .putInt(length)
                .put(deflated)
                .array();
    }

    private static byte[] deflated(byte[] content) {
        Deflater deflater = new Deflater();
        deflater.setInput(content);
        deflater.finish();
        byte[] room = new byte[content.length];
        byte[] deflated = Arrays.copyOf(room, deflater.deflate(room));
        System.arraycopy(room, 0, deflated, 0, deflated.length);
        deflater.end();
        return deflated;
    }
}
