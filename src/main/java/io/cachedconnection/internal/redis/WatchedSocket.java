package io.cachedconnection.internal.redis;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * A socket that tells whose turn it is. It is the peer's while a thread of this process waits and no data has arrived.
 * Otherwise it is this process' turn, for example to read data that has arrived, and a delay is not the peer's fault.
 * Thread-safe.
 */
class WatchedSocket extends Socket {

    private static final long NO_ONE_WAITS = Long.MIN_VALUE;

    private volatile long waitingSince =
            NO_ONE_WAITS; // written by the thread that connects, writes or reads, one at a time
    private volatile @Nullable InputStream arriving;

    /** Creates a socket for a Unix domain address. */
    static WatchedSocket ofUnix() {
        try {
            return new UnixSocket(SocketChannel.open(StandardProtocolFamily.UNIX));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns how long a thread of this process has waited for the peer; 0 while it is this process' turn. */
    final long silence(long now) {
        long since = waitingSince;
        @Nullable InputStream unread = arriving;
        try {
            return since == NO_ONE_WAITS || (unread != null && unread.available() > 0) ? 0 : Math.max(1, now - since);
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
            waitingSince = NO_ONE_WAITS;
        }
    }

    /** Connects to {@code address}. */
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
                    waitingSince = NO_ONE_WAITS;
                }
            }
        };
    }

    @Override
    public final OutputStream getOutputStream() throws IOException {
        return new FilterOutputStream(output()) {
            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                waitingSince = System.nanoTime(); // until the peer accepts the data
                try {
                    out.write(bytes, from, length);
                } finally {
                    waitingSince = NO_ONE_WAITS;
                }
            }
        };
    }

    /** Returns the stream from the peer. */
    InputStream input() throws IOException {
        return super.getInputStream();
    }

    /** Returns the stream to the peer. */
    OutputStream output() throws IOException {
        return super.getOutputStream();
    }

    /**
     * A Unix socket with the interface that Jedis expects. It has no timeouts: closing it from another thread frees the waiting
     * one.
     */
    private static final class UnixSocket extends WatchedSocket {

        private final SocketChannel channel;

        private UnixSocket(SocketChannel channel) {
            this.channel = channel;
        }

        @Override
        void open(SocketAddress address, int ignored) throws IOException {
            channel.connect(address);
        }

        @Override
        InputStream input() {
            // Up to Java 18, the JDK's own stream holds a lock while it waits, which blocks sending.
            return new InputStream() {
                @Override
                public int read() throws IOException {
                    byte[] one = new byte[1];
                    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
                }

                @Override
                public int read(byte[] bytes, int from, int length) throws IOException {
                    return channel.read(ByteBuffer.wrap(bytes, from, length));
                }

                @Override
                public void close() throws IOException {
                    channel.close();
                }
            };
        }

        @Override
        OutputStream output() {
            return new OutputStream() {
                @Override
                public void write(int one) throws IOException {
                    write(new byte[] {(byte) one}, 0, 1);
                }

                @Override
                public void write(byte[] bytes, int from, int length) throws IOException {
                    ByteBuffer left = ByteBuffer.wrap(bytes, from, length);
                    while (left.hasRemaining()) {
                        channel.write(left); // blocking mode: usually writes everything at once
                    }
                }

                @Override
                public void close() throws IOException {
                    channel.close();
                }
            };
        }

        @Override
        public boolean isConnected() {
            return channel.isConnected();
        }

        @Override
        public boolean isBound() {
            return channel.isConnected();
        }

        @Override
        public boolean isClosed() {
            return !channel.isOpen();
        }

        @Override
        public synchronized void close() throws IOException {
            channel.close();
        }

        @Override
        public void setTcpNoDelay(boolean on) {
            // there is no network to delay for
        }

        @Override
        public void setKeepAlive(boolean on) {
            // there is no network that drops connections
        }

        @Override
        public void setSoTimeout(int millis) {
            // the caller's deadline closes it
        }
    }
}
