package io.cachedconnection.internal.redis;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A socket that tells whose turn it is. The peer's: a thread of this process waits for it, and nothing has arrived. Otherwise
 * this process has yet to run, be it to read what has arrived, and a delay is not the peer's fault. Thread-safe.
 */
class WatchedSocket extends Socket {

    private static final long NOBODY = Long.MIN_VALUE;

    private volatile long waitingSince = NOBODY; // written by the thread that connects, writes or reads, one at a time
    private volatile @Nullable InputStream arriving;

    /** How long the peer has left a thread of this process waiting; 0 while it is this process' turn. */
    final long silence(long now) {
        long since = waitingSince;
        @Nullable InputStream unread = arriving;
        try {
            return since == NOBODY || (unread != null && unread.available() > 0) ? 0 : Math.max(1, now - since);
        } catch (IOException e) { // closed
            return 0;
        }
    }

    @Override
    public final void connect(SocketAddress address, int millis) throws IOException {
        waitingSince = System.nanoTime();
        try {
            open(address, millis);
        } finally {
            waitingSince = NOBODY;
        }
    }

    /** Connects. */
    void open(SocketAddress address, int millis) throws IOException {
        super.connect(address, millis);
    }

    @Override
    public final InputStream getInputStream() throws IOException {
        InputStream in = input();
        arriving = in;
        return new FilterInputStream(in) {
            @Override
            public int read(byte[] bytes, int from, int length) throws IOException {
                waitingSince = System.nanoTime();
                try {
                    return in.read(bytes, from, length);
                } finally {
                    waitingSince = NOBODY;
                }
            }
        };
    }

    @Override
    public final OutputStream getOutputStream() throws IOException {
        return new FilterOutputStream(output()) {
            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                waitingSince = System.nanoTime(); // until the peer takes it
                try {
                    out.write(bytes, from, length);
                } finally {
                    waitingSince = NOBODY;
                }
            }
        };
    }

    /** What the peer sends. */
    InputStream input() throws IOException {
        return super.getInputStream();
    }

    /** What the peer receives. */
    OutputStream output() throws IOException {
        return super.getOutputStream();
    }
}
