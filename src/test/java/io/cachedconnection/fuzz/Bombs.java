package io.cachedconnection.fuzz;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.Deflater;

/** Envelopes with compressed bodies that are not what they say. */
final class Bombs {

    private static final int HEADER_BYTES = 28;
    private static final int FLAGS_AT = 2;
    private static final int COMPRESSED = 1;
    private static final int MOST_REPEATS = 20_000;

    private Bombs() {}

    /** The envelope of {@code payload} around {@code content}, perhaps many times, and perhaps with a wrong length. */
    static byte[] from(byte[] payload, byte[] content, SplittableRandom random) {
        int repeats = random.nextInt(500) == 0 ? random.nextInt(MOST_REPEATS) : 1;
        byte[] all = new byte[Math.min(content.length * repeats, 4 << 20)];
        for (int at = 0; at < all.length; at += content.length) {
            System.arraycopy(content, 0, all, at, Math.min(content.length, all.length - at));
        }
        return around(payload, all, length(all.length, random));
    }

    /** The envelope of {@code payload} around {@code content}, said to be {@code length} bytes. */
    static byte[] around(byte[] payload, byte[] content, int length) {
        byte[] header = Arrays.copyOf(payload, HEADER_BYTES);
        header[FLAGS_AT] |= COMPRESSED;
        byte[] body = deflated(content);
        return ByteBuffer.allocate(HEADER_BYTES + Integer.BYTES + body.length)
                .put(header)
                .putInt(length)
                .put(body)
                .array();
    }

    private static byte[] deflated(byte[] content) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        try {
            deflater.setInput(content);
            deflater.finish();
            byte[] room = new byte[content.length + 1000];
            int length = deflater.deflate(room);
            return Arrays.copyOf(room, length);
        } finally {
            deflater.end();
        }
    }

    private static int length(int right, SplittableRandom random) {
        return switch (random.nextInt(8)) {
            case 0 -> right - 1;
            case 1 -> right + 1;
            case 2 -> Integer.MAX_VALUE;
            case 3 -> -1;
            case 4 -> 1 << 20;
            default -> right;
        };
    }
}
