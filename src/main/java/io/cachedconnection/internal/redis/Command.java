package io.cachedconnection.internal.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cachedconnection.internal.engine.store.StoredEntry;
import java.util.Arrays;

/**
 * A Redis command as it is sent: its name and arguments.
 *
 * @param mostOfReply the maximum size in bytes that its reply may announce
 * @param isShared whether all callers of one batch that send the same command share one reply, so that it is sent once
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Command(int mostOfReply, boolean isShared, byte[]... words) {

    /** Creates a command of one caller. */
    Command(int mostOfReply, byte[]... words) {
        this(mostOfReply, false, words);
    }

    /** The limit for most replies: a few words or numbers. */
    static final int SHORT_REPLY = 64 << 10;

    /** The limit for long replies: a value, of which at most one byte too many is read, and lists of keys or servers. */
    static final int LONG_REPLY = StoredEntry.MOST_BYTES + 1 + 1024;

    /** Creates a command with a short reply from {@code words}: byte arrays unchanged, everything else as text. */
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

    /** Returns this command with a long reply. */
    Command withLongReply() {
        return new Command(LONG_REPLY, words);
    }

    /** Returns this command without sharing. */
    Command unshared() {
        return isShared ? new Command(mostOfReply, words) : this;
    }

    /** Whether it equals {@code other} word by word. */
    boolean is(Command other) {
        return words == other.words || Arrays.deepEquals(words, other.words);
    }

    /** Returns its approximate size in bytes. */
    int length() {
        int length = 0;
        for (byte[] word : words) {
            length += word.length;
        }
        return length;
    }
}
