package io.cachedconnection.internal.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.cachedconnection.internal.engine.store.UnreadableValueException;
import io.cachedconnection.internal.engine.store.ValueCodec;
import java.util.Random;
import java.util.zip.CRC32;

/**
 * A value that says of which key and which version it is, and carries a checksum, so that what became of it on the way is
 * known. Of different lengths, and full of what also begins a reply of Redis.
 */
record Stamped(int key, long version) {

    private static final int CHECKSUM = 8;
    private static final int HEAD = CHECKSUM + 8 + 16;
    private static final int LONGEST_FILLING = 1500;

    /** Bytes that were changed on the way cannot be read. */
    static final class Codec implements ValueCodec<Stamped> {

        @Override
        public byte[] encode(Stamped value) {
            String text = "%08x%016x".formatted(value.key, value.version) + filling(value);
            return (checksum(text) + text).getBytes(ISO_8859_1);
        }

        @Override
        public Stamped decode(byte[] payload) throws UnreadableValueException {
            String text = new String(payload, ISO_8859_1);
            if (text.length() < HEAD || !text.startsWith(checksum(text.substring(CHECKSUM)))) {
                throw new UnreadableValueException("changed on the way");
            }
            int key = Integer.parseInt(text.substring(CHECKSUM, CHECKSUM + 8), 16);
            return new Stamped(key, Long.parseLong(text.substring(CHECKSUM + 8, HEAD), 16));
        }

        private static String filling(Stamped value) {
            Random random = new Random(value.key * 31L + value.version);
            int length = random.nextInt(random.nextInt(LONGEST_FILLING) + 1);
            StringBuilder filling = new StringBuilder(length);
            for (int i = 0; i < length; i++) {
                filling.append((char) ('!' + random.nextInt('~' - '!')));
            }
            return filling.toString();
        }

        private static String checksum(String text) {
            CRC32 checksum = new CRC32();
            checksum.update(text.getBytes(ISO_8859_1));
            return "%08x".formatted(checksum.getValue());
        }
    }
}
