package io.cachedconnection.benchmarks.peers;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Stands before Redis and can hang, as a stopped process does, or refuse connections, as a killed one does. */
final class Proxy {

    private final URI redis;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean isHung;
    private volatile ServerSocket server;

    Proxy(String redis) throws IOException {
        this.redis = URI.create(redis);
        server = listen(0);
    }

    String uri() {
        return "redis://127.0.0.1:" + server.getLocalPort();
    }

    boolean isUsed() {
        return !sockets.isEmpty();
    }

    void fail(boolean byHanging) throws IOException {
        isHung = byHanging;
        if (!byHanging) {
            server.close();
            for (Socket socket : sockets) {
                socket.close();
            }
            sockets.clear();
        }
    }

    void recover() throws IOException {
        isHung = false;
        if (server.isClosed()) {
            server = listen(server.getLocalPort());
        }
    }

    private ServerSocket listen(int port) throws IOException {
        ServerSocket listening = new ServerSocket();
        listening.setReuseAddress(true);
        listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 512);
        daemon(() -> {
            while (true) {
                Socket client = listening.accept();
                Socket upstream = new Socket(redis.getHost(), redis.getPort());
                sockets.add(client);
                sockets.add(upstream);
                daemon(() -> pump(client, upstream));
                daemon(() -> pump(upstream, client));
            }
        });
        return listening;
    }

    private void pump(Socket from, Socket to) throws IOException, InterruptedException {
        try (from;
                to) {
            from.setTcpNoDelay(true);
            to.setTcpNoDelay(true);
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] bytes = new byte[16 * 1024];
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                while (isHung) {
                    TimeUnit.MILLISECONDS.sleep(2);
                }
                out.write(bytes, 0, read);
            }
        } finally {
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private static void daemon(Pump pump) {
        Thread thread = new Thread(() -> {
            try {
                pump.run();
            } catch (IOException | InterruptedException closed) {
                // The connection has ended, or the listener: so does its thread.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private interface Pump {
        void run() throws IOException, InterruptedException;
    }
}
