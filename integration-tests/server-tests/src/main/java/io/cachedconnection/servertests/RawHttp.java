package io.cachedconnection.servertests;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Requests as they are written, to say what {@link java.net.http.HttpClient} does not let one say: another host, or none. */
final class RawHttp {

    private static final int MILLIS = 30_000;

    private final URI root;

    /** Requests to the application at this address. */
    RawHttp(URI root) {
        this.root = root;
    }

    /** A response; the names of its headers are in lower case. */
    record Reply(int status, Map<String, String> headers, String body) {

        String error() {
            try (var reader = Json.createReader(new StringReader(body))) {
                return reader.readObject().getString("error");
            }
        }
    }

    /** The port of the server, which a browser names in {@code Host}. */
    int port() {
        return root.getPort();
    }

    /** A request with this host, these headers and no body. */
    Reply send(String method, String path, String host, String... headers) {
        return send(method, path, host, List.of(headers), "");
    }

    Reply send(String method, String path, String host, List<String> headers, String body) {
        var request = new StringBuilder(
                method + " " + root.getPath() + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n");
        headers.forEach(header -> request.append(header).append("\r\n"));
        if (!body.isEmpty() || method.equals("POST") || method.equals("PUT")) {
            request.append("Content-Length: ")
                    .append(body.getBytes(UTF_8).length)
                    .append("\r\n");
        }
        return sent(request + "\r\n" + body);
    }

    /** A request of the time before there were hosts. */
    Reply getWithoutHost(String path) {
        return sent("GET " + root.getPath() + path + " HTTP/1.0\r\n\r\n");
    }

    private Reply sent(String request) {
        try (var socket = new Socket(root.getHost(), root.getPort())) {
            socket.setSoTimeout(MILLIS);
            socket.getOutputStream().write(request.getBytes(UTF_8));
            return reply(new String(socket.getInputStream().readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("The application does not answer.", e);
        }
    }

    private static Reply reply(String text) {
        String[] parts = text.split("\r\n\r\n", 2);
        String[] lines = parts[0].split("\r\n", -1);
        var headers = new TreeMap<String, String>();
        for (int i = 1; i < lines.length; i++) {
            String[] header = lines[i].split(":", 2);
            headers.put(header[0].toLowerCase(Locale.ROOT), header[1].strip());
        }
        String body = parts.length == 1 ? "" : parts[1];
        if (headers.getOrDefault("transfer-encoding", "").equals("chunked")) {
            body = body.replaceAll("(?m)^[0-9a-fA-F]+\r$\n?", "").strip();
        }
        return new Reply(Integer.parseInt(lines[0].split(" ", -1)[1]), headers, body);
    }
}
