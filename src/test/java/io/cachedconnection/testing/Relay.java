package io.cachedconnection.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** A way to a server that can be slow, or cut without a word to either side: nothing passes, and nobody is told. */
public final class Relay implements AutoCloseable {

    private final Peer peer;
    private volatile int target;
    private volatile boolean held;
    private volatile long delayMillis;

    public Relay(int target) {
        this.target = target;
        this.peer = Peer.thatIs(this::serve);
    }

    public int port() {
        return peer.port();
    }

    /** Whoever connects from now on gets to this port. */
    public void leadTo(int port) {
        target = port;
    }

    public void hold() {
        held = true;
    }

    /** From now on what the server sends takes so long, one piece after the other. */
    public void delay(long millis) {
        delayMillis = millis;
    }

    public void release() {
        held = false;
    }

    private void serve(InputStream in, OutputStream out) throws IOException {
        try (Socket far = new Socket(InetAddress.getLoopbackAddress(), target)) {
            far.setTcpNoDelay(true);
            Thread back = new Thread(() -> quietly(far, out), "relay");
            back.setDaemon(true);
            back.start();
            copy(in, far.getOutputStream(), () -> 0);
        }
    }

    private void quietly(Socket far, OutputStream out) {
        try (out) {
            copy(far.getInputStream(), out, () -> delayMillis);
        } catch (IOException e) {
            LockSupport.parkNanos(1); // the other direction is told, too
        }
    }

    private void copy(InputStream in, OutputStream out, LongSupplier millis) throws IOException {
        byte[] buffer = new byte[1 << 16];
        for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
            sleep(millis.getAsLong());
            while (held) {
                LockSupport.parkNanos(1_000_000);
            }
            out.write(buffer, 0, length);
            out.flush();
        }
    }

    private static void sleep(long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    @Override
    public void close() {
        release();
        try {
            peer.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
