package io.cachedconnection.outages;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Free ports of this machine. */
final class LoopbackPorts {

    private static final int LOWEST = 21_000;
    private static final int HIGHEST = 29_000;
    private static final int TO_THE_BUS = 10_000; // a node of a cluster listens there, too

    private LoopbackPorts() {}

    /** A port that is free, as is the one ten thousand above it. */
    static int free() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            if (isFree(port) && isFree(port + TO_THE_BUS)) {
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
}
