package io.cachedconnection.internal.redis;

import io.cachedconnection.internal.redis.Mischief.Delivery;
import io.cachedconnection.internal.redis.Mischief.Part;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A way to Redis on which replies come to harm, one in so many, by a seed. Requests get through as they are. As each
 * connection has one command at a time under way, what comes from Redis at once is one reply.
 */
final class MischievousProxy implements AutoCloseable {

    private final ServerSocket server;
    private final int target;
    private final long seed;
    private final List<Mischief> kinds;
    private final int oneIn;
    private final Set<Socket> near = ConcurrentHashMap.newKeySet();
    private final AtomicLong replies = new AtomicLong();
    private final Map<Mischief, Long> done = new ConcurrentHashMap<>();

    /** A way to the port {@code target}. */
    MischievousProxy(int target, long seed, Set<Mischief> kinds, int oneIn) {
        this.target = target;
        this.seed = seed;
        this.kinds = List.copyOf(kinds);
        this.oneIn = oneIn;
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** How many replies came from Redis. */
    long replies() {
        return replies.get();
    }

    /** How many connections the library has open. */
    int open() {
        return near.size();
    }

    /** How often what was done. */
    Map<Mischief, Long> done() {
        return Map.copyOf(done);
    }

    private void accept() {
        for (long number = 0; !server.isClosed(); number++) {
            try {
                Socket socket = server.accept();
                near.add(socket);
                Random random = new Random(seed * 1_000_003 + number);
                daemon(() -> connect(socket, random));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void connect(Socket socket, Random random) {
        try (socket;
                Socket far = new Socket(InetAddress.getLoopbackAddress(), target)) {
            socket.setTcpNoDelay(true);
            far.setTcpNoDelay(true);
            daemon(() -> answer(far, socket, random));
            socket.getInputStream().transferTo(far.getOutputStream());
        } catch (IOException e) {
            near.remove(socket); // one of them has hung up, or this did
        }
        near.remove(socket);
    }

    private void answer(Socket far, Socket socket, Random random) {
        byte[] buffer = new byte[1 << 16];
        try (far;
                socket) {
            boolean goesOn = true;
            for (int length = read(far, buffer); goesOn && length > 0; length = goesOn ? read(far, buffer) : 0) {
                goesOn = deliver(delivery(Arrays.copyOf(buffer, length), random), socket.getOutputStream());
            }
        } catch (IOException e) {
            near.remove(socket);
        }
    }

    private static int read(Socket far, byte[] buffer) throws IOException {
        return far.getInputStream().read(buffer);
    }

    private Delivery delivery(byte[] reply, Random random) {
        replies.incrementAndGet();
        if (random.nextInt(oneIn) > 0) {
            return Delivery.of(reply);
        }
        Mischief mischief = kinds.get(random.nextInt(kinds.size()));
        done.merge(mischief, 1L, Long::sum);
        return mischief.of(reply, random);
    }

    private static boolean deliver(Delivery delivery, OutputStream out) throws IOException {
        for (Part part : delivery.parts()) {
            pause(part.pause());
            out.write(part.bytes());
        }
        return !delivery.hangsUp();
    }

    private static void pause(long nanos) {
        long end = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "mischievous proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : near) {
            socket.close();
        }
    }
}
