package io.cachedconnection.internal.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A command of Redis as it is sent: its name, and what it is given. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Command(byte[]... words) {

    /** A command of {@code words}: bytes as they are, everything else as text. */
    static Command of(Object... words) {
        byte[][] all = new byte[words.length][];
        for (int i = 0; i < words.length; i++) {
            all[i] = bytes(words[i]);
        }
        return new Command(all);
    }

    static byte[] bytes(Object word) {
        return word instanceof byte[] bytes ? bytes : word.toString().getBytes(UTF_8);
    }

    /** About how many bytes it takes. */
    int length() {
        int length = 0;
        for (byte[] word : words) {
            length += word.length;
        }
        return length;
    }
}
