package io.cachedconnection.history;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The way of one node to Redis, which can be cut: then nothing gets through, and nobody is told. What was on its way may
 * arrive late, when the cut is healed, or never.
 */
final class Link implements AutoCloseable {

    static final String NAME = "link";

    private final ServerSocket server;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition healed = lock.newCondition();
    private boolean cut; // guarded by lock
    private volatile int slowness;

    /** A way to the port {@code target}. */
    Link(int target) throws IOException {
        this.target = target;
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        daemon(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    void cut() {
        lock.lock();
        try {
            cut = true;
        } finally {
            lock.unlock();
        }
    }

    /** From now on everything takes up to so many milliseconds. */
    void slowDown(int millis) {
        slowness = millis;
    }

    /** How many sockets it holds; two for each connection that it passes on. */
    int sockets() {
        return sockets.size();
    }

    /** Ends the cut; what was on its way arrives now, or is lost with its connections. */
    void heal(boolean delivers) {
        if (!delivers) {
            sockets.forEach(Link::close);
        }
        lock.lock();
        try {
            cut = false;
            healed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket near = server.accept();
                sockets.add(near);
                daemon(() -> connect(near));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void connect(Socket near) {
        try {
            awaitHealed();
            Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
            sockets.add(far);
            join(near, far);
        } catch (IOException e) {
            drop(near);
        }
    }

    private void join(Socket near, Socket far) {
        try {
            near.setTcpNoDelay(true);
            far.setTcpNoDelay(true);
            daemon(() -> pass(far, near));
            pass(near, far);
        } catch (IOException e) {
            drop(near);
            drop(far);
        }
    }

    private void pass(Socket from, Socket to) {
        byte[] bytes = new byte[8192];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(bytes); length > 0; length = in.read(bytes)) {
                awaitHealed();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(
                        ThreadLocalRandom.current().nextInt(slowness + 1)));
                out.write(bytes, 0, length);
            }
        } catch (IOException e) {
            drop(from); // one end has hung up, so the other is to
        }
        drop(from);
        drop(to);
    }

    private void awaitHealed() {
        lock.lock();
        try {
            while (cut) {
                healed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private void drop(Socket socket) {
        sockets.remove(socket);
        close(socket);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            System.out.println("A connection did not close: " + e);
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, NAME);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
        sockets.forEach(Link::close);
    }
}
