package io.cachedconnection.internal.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * A Unix socket in the shape of the one that Jedis knows. It has no time-outs of its own: whoever waits is freed by closing
 * it from another thread.
 */
final class UnixSocket extends WatchedSocket {

    private final SocketChannel channel;

    private UnixSocket(SocketChannel channel) {
        this.channel = channel;
    }

    static WatchedSocket unconnected() {
        try {
            return new UnixSocket(SocketChannel.open(StandardProtocolFamily.UNIX));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    void open(SocketAddress address, int ignored) throws IOException {
        channel.connect(address);
    }

    @Override
    InputStream input() {
        // The JDK's own stream would keep a lock while it waits, up to Java 18, without which nothing can be sent
        // meanwhile.
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
                    channel.write(left); // it waits, so all is written at once as a rule
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
        // nor one that drops connections
    }

    @Override
    public void setSoTimeout(int millis) {
        // the caller's deadline closes it
    }
}
