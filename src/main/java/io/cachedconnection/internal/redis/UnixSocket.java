package io.cachedconnection.internal.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
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
        return new UnixInput(channel);
    }

    @Override
    OutputStream output() {
        return new UnixOutput(channel);
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
