package io.cachedconnection.history;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The ports of this machine. */
final class LoopbackPorts {

    private static final int PATIENCE_SECONDS = 20;
    private static final int BUS = 10_000;

    private LoopbackPorts() {}

    static int free() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One whose neighbour on a cluster's own network, 10000 above, is free, too. */
    static int freeWithBus() {
        while (true) {
            int port = free();
            if (port + BUS < 65_536 && isFree(port + BUS)) {
                return port;
            }
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns when a Redis answers there. */
    static void awaitRedis(int port) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!tell(port, "PING")) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("Redis does not start.");
            }
            Thread.onSpinWait();
        }
    }

    /** Sends commands to the Redis there, in one piece, each of which it replies to in one line; returns those. */
    static List<String> ask(int port, String... commands) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_SECONDS * 1000);
            socket.getOutputStream().write((String.join("\r\n", commands) + "\r\n").getBytes(US_ASCII));
            BufferedReader reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
            List<String> replies = new ArrayList<>();
            for (String ignored : commands) {
                replies.add(reader.readLine());
            }
            check(replies);
            return replies;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void check(List<String> replies) {
        if (replies.stream().anyMatch(reply -> reply == null || reply.startsWith("-"))) {
            throw new IllegalStateException("Redis replied " + replies);
        }
    }

    /** Sends a command to the Redis there; true if it answers. */
    static boolean tell(int port, String command) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            socket.setSoTimeout(1000);
            socket.getOutputStream().write((command + "\r\n").getBytes(US_ASCII));
            int first = socket.getInputStream().read();
            return first == '+' || first == ':';
        } catch (IOException e) {
            return false;
        }
    }
}
