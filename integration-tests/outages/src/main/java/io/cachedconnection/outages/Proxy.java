package io.cachedconnection.outages;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** The way to a Redis, which can be troubled while the Redis itself is well. */
final class Proxy implements Closeable {

    /** What it does with what comes along. */
    enum Manner {
        PASS,
        /** Everything vanishes, in both directions, and connections stay open. */
        SWALLOW,
        /** Replies go on a byte at a time. */
        DRIP,
        /** Replies go on 50 ms later. */
        DELAY
    }

    private static final long BETWEEN_DROPS = 20_000_000;
    private static final long DELAY = 50_000_000;
    private static final long PATIENCE = 2_000_000_000;
    private static final long HEARTBEAT = 1_000_000;
    private static final int HANGS_MILLIS = 200;

    private final int target;
    private final int port = LoopbackPorts.free();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile ServerSocket server;
    private volatile Manner manner = Manner.PASS;

    /** A way to the port {@code target}. */
    Proxy(int target) throws IOException {
        this.target = target;
        server = listening(50);
        daemon(this::accept);
    }

    int port() {
        return port;
    }

    void be(Manner chosen) {
        manner = chosen;
    }

    /** All connections are dropped, and nobody listens. */
    void refuse() throws IOException {
        server.close();
        sockets.forEach(this::drop);
    }

    /** All connections are dropped, and who wants a new one is not even refused: nothing comes back. */
    void vanish() throws IOException {
        refuse();
        server = listening(1);
        while (isQueued()) { // as many as wait to be accepted, which nobody does
            Thread.onSpinWait();
        }
    }

    @SuppressWarnings("resource") // closed with the others
    private boolean isQueued() throws IOException {
        Socket socket = new Socket();
        sockets.add(socket);
        try {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), HANGS_MILLIS);
            return true;
        } catch (SocketTimeoutException e) {
            drop(socket);
            return false;
        }
    }

    /** Listens again. */
    void listen() throws IOException {
        refuse();
        server = listening(50);
        daemon(this::accept);
    }

    /** It may take a moment until the port is free of the one who listened before. */
    private ServerSocket listening(int backlog) throws IOException {
        long start = System.nanoTime();
        while (true) {
            try {
                return new ServerSocket(port, backlog, InetAddress.getLoopbackAddress());
            } catch (BindException e) {
                if (System.nanoTime() - start > PATIENCE) {
                    throw e;
                }
                LockSupport.parkNanos(HEARTBEAT);
            }
        }
    }

    private void accept() {
        ServerSocket mine = server;
        while (!mine.isClosed()) {
            try {
                Socket near = mine.accept();
                sockets.add(near);
                daemon(() -> connect(near));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void connect(Socket near) {
        try {
            Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
            sockets.add(far);
            near.setTcpNoDelay(true);
            far.setTcpNoDelay(true);
            daemon(() -> pass(far, near, true));
            pass(near, far, false);
        } catch (IOException e) {
            drop(near);
        }
    }

    private void pass(Socket from, Socket to, boolean isReplies) {
        byte[] bytes = new byte[8192];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(bytes); length > 0; length = in.read(bytes)) {
                if (manner == Manner.DELAY && isReplies) {
                    LockSupport.parkNanos(DELAY);
                }
                switch (manner) {
                    case PASS, DELAY -> out.write(bytes, 0, length);
                    case SWALLOW -> Thread.onSpinWait();
                    case DRIP -> drip(bytes, length, out, isReplies);
                }
            }
        } catch (IOException e) {
            drop(from); // one end has hung up, so the other is to
        }
        drop(from);
        drop(to);
    }

    private static void drip(byte[] bytes, int length, OutputStream out, boolean isReplies) throws IOException {
        if (!isReplies) {
            out.write(bytes, 0, length);
            return;
        }
        for (int i = 0; i < length; i++) {
            LockSupport.parkNanos(BETWEEN_DROPS);
            out.write(bytes, i, 1);
        }
    }

    private void drop(Socket socket) {
        sockets.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            System.out.println("A connection did not close: " + e);
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        refuse();
    }
}
