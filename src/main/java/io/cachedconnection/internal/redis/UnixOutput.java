package io.cachedconnection.internal.redis;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** What goes to a Unix socket, also while somebody waits for what comes from it; see {@link UnixInput}. */
final class UnixOutput extends OutputStream {

    private final SocketChannel channel;

    UnixOutput(SocketChannel channel) {
        this.channel = channel;
    }

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
}
