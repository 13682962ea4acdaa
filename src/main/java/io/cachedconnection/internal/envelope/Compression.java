package io.cachedconnection.internal.envelope;

import io.cachedconnection.internal.engine.store.UnreadableValueException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** Compresses bytes with zlib (RFC 1950): four bytes with the original length, then the compressed bytes. */
final class Compression {

    private static final int LENGTH_BYTES = 4;
    private static final int BEST_RATIO = 1032; // the best ratio of deflate for any input

    private Compression() {}

    /** Compresses {@code content}; null if that does not make it shorter. */
    static byte @Nullable [] shorterOrNull(byte[] content) {
        if (content.length <= LENGTH_BYTES) {
            return null;
        }
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try {
            byte[] room = new byte[content.length];
            deflater.setInput(content);
            deflater.finish();
            ByteBuffer.wrap(room).putInt(content.length);
            int length = deflater.deflate(room, LENGTH_BYTES, room.length - LENGTH_BYTES);
            return deflater.finished() ? Arrays.copyOf(room, LENGTH_BYTES + length) : null;
        } finally {
            deflater.end(); // frees native memory
        }
    }

    /** Decompresses {@code shorter}; fails if the result exceeds {@code limit} bytes. */
    static byte[] original(byte[] shorter, int limit) throws UnreadableValueException {
        int length =
                shorter.length < LENGTH_BYTES ? -1 : ByteBuffer.wrap(shorter).getInt();
        if (length < 0 || length > (long) BEST_RATIO * shorter.length) {
            throw damaged();
        }
        if (length > limit) {
            throw new UnreadableValueException("more bytes than max-value-bytes");
        }
        Inflater inflater = new Inflater();
        try {
            byte[] content = new byte[length];
            inflater.setInput(shorter, LENGTH_BYTES, shorter.length - LENGTH_BYTES);
            int found = inflater.inflate(content);
            // Only another read reaches the checksum at the end. Nothing may precede or follow it.
            boolean over = inflater.finished() || (inflater.inflate(new byte[1]) == 0 && inflater.finished());
            if (found != length || !over || inflater.getRemaining() > 0) {
                throw damaged();
            }
            return content;
        } catch (DataFormatException e) {
            throw damaged();
        } finally {
            inflater.end();
        }
    }

    private static UnreadableValueException damaged() {
        return new UnreadableValueException("compressed bytes that are damaged");
    }
}
