package io.cachedconnection.history;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * The way of one node to Redis, which can be cut: then nothing gets through, and nobody is told. What was on its way may
 * arrive late, when the cut is healed, or never. The connections on which the node hears of changes can be cut alone.
 */
final class Link implements AutoCloseable {

    static final String NAME = "link";

    private static final String MARK_OF_A_FEED = "TRACKING";
    private static final int BUFFER = 8192; // also of the system's, so that what does not arrive piles up in Redis

    private final ServerSocket server;
    private final int target;
    private final Set<Passage> passages = ConcurrentHashMap.newKeySet();
    private final Valve all = new Valve();
    private final Valve feeds = new Valve();
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
        all.close();
    }

    /** From now on everything takes up to so many milliseconds. */
    void slowDown(int millis) {
        slowness = millis;
    }

    /** How many sockets it holds; two for each connection that it passes on. */
    int sockets() {
        return 2 * passages.size();
    }

    /** Ends the cut; what was on its way arrives now, or is lost with its connections. */
    void heal(boolean delivers) {
        mend(all, delivers, passage -> true);
    }

    /** Cuts what tells of changes. */
    void cutFeeds() {
        feeds.close();
    }

    /** Ends that cut. */
    void healFeeds(boolean delivers) {
        mend(feeds, delivers, passage -> passage.isFeed);
    }

    private void mend(Valve valve, boolean delivers, Predicate<Passage> concerned) {
        if (!delivers) {
            passages.stream().filter(concerned).forEach(Passage::close);
        }
        valve.open();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Passage passage = new Passage(server.accept());
                passages.add(passage);
                daemon(passage::open);
            } catch (IOException e) {
                return; // closed
            }
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
        passages.forEach(Passage::close);
    }

    /** One connection that is passed on. */
    private final class Passage {

        private final Socket near;
        private final Socket far = new Socket();
        private volatile boolean isFeed;

        Passage(Socket near) {
            this.near = near;
        }

        void open() {
            try {
                all.pass();
                far.setReceiveBufferSize(BUFFER);
                far.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
                near.setTcpNoDelay(true);
                far.setTcpNoDelay(true);
                daemon(() -> pass(far, near));
                pass(near, far);
            } catch (IOException e) {
                close();
            }
        }

        private void pass(Socket from, Socket to) {
            byte[] bytes = new byte[BUFFER];
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int length = in.read(bytes); length > 0; length = in.read(bytes)) {
                    isFeed = isFeed || new String(bytes, 0, length, ISO_8859_1).contains(MARK_OF_A_FEED);
                    delay();
                    out.write(bytes, 0, length);
                }
            } catch (IOException e) {
                close(); // one end has hung up, so the other is to
            }
            close();
        }

        private void delay() {
            all.pass();
            if (isFeed) {
                feeds.pass();
            }
            LockSupport.parkNanos(
                    TimeUnit.MILLISECONDS.toNanos(ThreadLocalRandom.current().nextInt(slowness + 1)));
        }

        void close() {
            passages.remove(this);
            close(near);
            close(far);
        }

        private void close(Socket socket) {
            try {
                socket.close();
            } catch (IOException e) {
                System.out.println("A connection did not close: " + e);
            }
        }
    }
}
