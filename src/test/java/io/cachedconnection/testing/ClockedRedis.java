package io.cachedconnection.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * A Redis whose clock the test moves: a proxy that puts a few lines before the text of each script that asks for the time,
 * which give it another one, and let what the script wants to expire do so by that clock. The scripts are those that came.
 */
public final class ClockedRedis implements AutoCloseable {

    private static final String PRELUDE = """
            local server, clock = redis, tonumber(ARGV[#ARGV])
            local redis
            redis = { pcall = function(name, ...)
              return name == 'INFO' and 'uptime_in_seconds:1000000000' or redis.call(name, ...)
            end, call = function(name, ...)
              if name == 'TIME' then
                return { math.floor(clock / 1000000), clock % 1000000 }
              elseif name == 'PEXPIRE' then
                local key, millis = ...
                return server.call('SET', key .. '~until', string.format('%.0f', clock + tonumber(millis) * 1000))
              elseif name == 'PTTL' then
                local ends = server.call('GET', ... .. '~until')
                return ends and math.floor((tonumber(ends) - clock) / 1000) or -1
              end
              local key, reply = ..., server.call(name, ...)
              if name == 'HDEL' and server.call('EXISTS', key) == 0 then
                server.call('DEL', key .. '~until')
              end
              return reply
            end }
            for _, key in ipairs(KEYS) do
              if tonumber(server.call('GET', key .. '~until') or clock + 1) <= clock then
                server.call('DEL', key, key .. '~until')
              end
            end
            """;

    private final Peer peer;
    private final Map<String, byte[]> clocked = new ConcurrentHashMap<>();

    /**
     * In front of the Redis on this port.
     *
     * @param micros the time there
     * @param before gets each command's name before Redis does, and may keep it waiting
     */
    public ClockedRedis(int port, LongSupplier micros, Consumer<String> before) {
        peer = Peer.thatIs((in, out) -> {
            try (Socket redis = new Socket(InetAddress.getLoopbackAddress(), port)) {
                redis.setTcpNoDelay(true);
                Thread back = new Thread(() -> copy(redis, out), "clocked-redis");
                back.setDaemon(true);
                back.start();
                DataInputStream requests = new DataInputStream(new BufferedInputStream(in));
                for (List<byte[]> command = command(requests); command != null; command = command(requests)) {
                    before.accept(new String(command.get(0), US_ASCII).toUpperCase(Locale.ROOT));
                    redis.getOutputStream().write(bytes(withTime(command, micros.getAsLong())));
                }
            }
        });
    }

    public int port() {
        return peer.port();
    }

    private static void copy(Socket redis, OutputStream out) {
        try (InputStream replies = redis.getInputStream()) {
            byte[] some = new byte[8192];
            for (int read = replies.read(some); read > 0; read = replies.read(some)) {
                out.write(some, 0, read);
                out.flush();
            }
        } catch (IOException e) {
            return; // one of the two has hung up
        }
    }

    private List<byte[]> withTime(List<byte[]> command, long micros) {
        byte[] script = command.size() < 2 ? null : script(new String(command.get(0), US_ASCII), command.get(1));
        if (script == null) {
            return command;
        }
        command.set(1, script);
        command.add(Long.toString(micros).getBytes(US_ASCII));
        return command;
    }

    /** What stands for a script that asks for the time; null if this is no such. */
    private byte[] script(String name, byte[] script) {
        String text = new String(script, UTF_8);
        if (name.equalsIgnoreCase("EVALSHA")) {
            return clocked.get(text);
        }
        if (!name.equalsIgnoreCase("EVAL") || !text.contains("redis.call('TIME')")) {
            return null;
        }
        byte[] whole = (PRELUDE + text).getBytes(UTF_8);
        clocked.put(sha1(script), sha1(whole).getBytes(US_ASCII));
        return whole;
    }

    private static String sha1(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The next command; null if there is none any more. */
    private static List<byte[]> command(DataInputStream in) throws IOException {
        String head = line(in);
        if (head.isEmpty()) {
            return null;
        }
        List<byte[]> words = new ArrayList<>();
        for (int i = Integer.parseInt(head.substring(1)); i > 0; i--) {
            byte[] word = new byte[Integer.parseInt(line(in).substring(1))];
            in.readFully(word);
            line(in);
            words.add(word);
        }
        return words;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    private static byte[] bytes(List<byte[]> command) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(("*" + command.size() + "\r\n").getBytes(US_ASCII));
        for (byte[] word : command) {
            bytes.writeBytes(("$" + word.length + "\r\n").getBytes(US_ASCII));
            bytes.writeBytes(word);
            bytes.writeBytes("\r\n".getBytes(US_ASCII));
        }
        return bytes.toByteArray();
    }

    @Override
    public void close() throws IOException {
        peer.close();
    }
}
