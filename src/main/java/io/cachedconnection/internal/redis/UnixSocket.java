package io.cachedconnection.internal.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.SocketChannel;

/**
 * A Unix socket in the shape of the one that Jedis knows. It has no time-outs of its own: whoever waits is freed by closing
 * it from another thread.
 */
final class UnixSocket extends Socket {

    private final SocketChannel channel;

    private UnixSocket(SocketChannel channel) {
        this.channel = channel;
    }

    static Socket unconnected() {
        try {
            return new UnixSocket(SocketChannel.open(StandardProtocolFamily.UNIX));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void connect(SocketAddress address, int ignored) throws IOException {
        channel.connect(address);
    }

    @Override
    public InputStream getInputStream() {
        return new UnixInput(channel);
    }

    @Override
    public OutputStream getOutputStream() {
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
