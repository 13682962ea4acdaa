package io.cachedconnection.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Something that listens where a Redis should, and does not behave like one. */
public final class Peer implements AutoCloseable {

    /** What it does with a connection; when it returns, the connection is closed. */
    @FunctionalInterface
    public interface Manner {
        void serve(InputStream in, OutputStream out) throws IOException, InterruptedException;
    }

    private static final String GREETING = "*1\r\n$4\r\nPING\r\n";
    private static final Pattern COMMAND = Pattern.compile("(?=\\*\\d+\r\n\\$\\d+\r\n)"); // where one begins
    private static final Pattern MARK = Pattern.compile("\\*2\r\n\\$4\r\nPING\r\n(\\$\\d+\r\n[0-9a-f]+\r\n)");

    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private Peer(ServerSocket server) {
        this.server = server;
    }

    public static Peer thatIs(Manner manner) {
        try {
            Peer peer = new Peer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
            daemon(() -> peer.accept(manner));
            return peer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes every command but PING and never answers. */
    public static Peer silent() {
        return greeting(false, (request, out) -> {});
    }

    /** Answers each command but PING with these bytes. */
    public static Peer answering(byte[] reply) {
        return greeting((request, out) -> out.write(reply));
    }

    /** Answers every command but PING with a value that it sends a byte every so many milliseconds, without an end. */
    public static Peer dripping(int millis) {
        return greeting((request, out) -> {
            out.write("$1000000\r\n".getBytes(US_ASCII));
            CountDownLatch never = new CountDownLatch(1);
            while (!never.await(millis, TimeUnit.MILLISECONDS)) {
                out.write('x');
                out.flush();
            }
        });
    }

    /**
     * Answers PING as it should, so that the connection counts as made, and everything else in this way. After that it
     * returns the mark that the library sends behind its commands.
     */
    public static Peer greeting(Answer answer) {
        return greeting(true, answer);
    }

    private static Peer greeting(boolean returnsMarks, Answer answer) {
        return thatIs((in, out) -> {
            byte[] buffer = new byte[8192];
            for (int length = in.read(buffer); length > 0; length = in.read(buffer)) {
                String request = new String(buffer, 0, length, US_ASCII);
                for (String command : COMMAND.split(request, -1)) {
                    Matcher mark = MARK.matcher(command);
                    if (command.equals(GREETING)) {
                        out.write("+PONG\r\n".getBytes(US_ASCII));
                    } else if (command.contains("run_id")) {
                        out.write("-ERR\r\n".getBytes(US_ASCII)); // it does not say which Redis it is
                    } else if (!mark.matches()) {
                        answer.to(command, out);
                    } else if (returnsMarks || request.contains("run_id")) {
                        out.write(mark.group(1).getBytes(US_ASCII));
                    }
                }
                out.flush();
            }
        });
    }

    /** How it answers a command. */
    @FunctionalInterface
    public interface Answer {
        void to(String request, OutputStream out) throws IOException, InterruptedException;
    }

    private void accept(Manner manner) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                daemon(() -> serve(socket, manner));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket socket, Manner manner) {
        try (socket) {
            socket.setTcpNoDelay(true); // as Redis does; else a reply in two parts takes 40 ms
            manner.serve(socket.getInputStream(), socket.getOutputStream());
        } catch (IOException e) {
            open.remove(socket); // the caller has hung up
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "peer");
        thread.setDaemon(true);
        thread.start();
    }

    public int port() {
        return server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
