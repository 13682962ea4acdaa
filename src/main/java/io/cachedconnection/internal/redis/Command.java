package io.cachedconnection.internal.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cachedconnection.internal.engine.store.StoredEntry;
import java.util.Arrays;

/**
 * A command of Redis as it is sent: its name and its arguments.
 *
 * @param mostOfReply how many bytes its reply may claim to have
 * @param isShared whether its reply serves all callers of one write that send the same: it goes once, then
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Command(int mostOfReply, boolean isShared, byte[]... words) {

    /** A command of one caller. */
    Command(int mostOfReply, byte[]... words) {
        this(mostOfReply, false, words);
    }

    /** Most replies are a word, a number or a few of them. */
    static final int SHORT_REPLY = 64 << 10;

    /** A value, of which Redis returns one byte too many at most; a list of keys, or of the servers of a cluster. */
    static final int LONG_REPLY = StoredEntry.MOST_BYTES + 1 + 1024;

    /** A command of {@code words}, bytes as they are and everything else as text, whose reply is short. */
    static Command of(Object... words) {
        byte[][] all = new byte[words.length][];
        for (int i = 0; i < words.length; i++) {
            all[i] = bytes(words[i]);
        }
        return new Command(SHORT_REPLY, all);
    }

    static byte[] bytes(Object word) {
        return word instanceof byte[] bytes ? bytes : word.toString().getBytes(UTF_8);
    }

    /** This command, whose reply may be long. */
    Command withLongReply() {
        return new Command(LONG_REPLY, words);
    }

    /** This command, which goes by itself. */
    Command unshared() {
        return isShared ? new Command(mostOfReply, words) : this;
    }

    /** Whether it is {@code other}, word by word. */
    boolean is(Command other) {
        return words == other.words || Arrays.deepEquals(words, other.words);
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
