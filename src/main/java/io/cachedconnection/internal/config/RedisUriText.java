package io.cachedconnection.internal.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cachedconnection.internal.config.RedisUri.Scheme;
import io.cachedconnection.internal.config.RedisUri.Topology;
import io.cachedconnection.internal.core.Credentials;
import io.cachedconnection.internal.core.HostPort;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The text of a {@link RedisUri}, taken apart. Not by {@link java.net.URI}: that knows one host only, refuses host names
 * with an underscore, which container networks have, and quotes the whole text, password included, in its errors.
 */
final class RedisUriText {

    private static final String SEPARATOR = "://";
    private static final String MEMORY = "memory";
    private static final String NOT_YET = "memory: is not supported yet";
    private static final int LONGEST_FILE = 107; // what the address of a socket has room for, its last zero apart
    private static final int PORT = 6379;
    private static final int SENTINEL_PORT = 26_379;
    private static final int LAST_PORT = 65_535;
    private static final int MOST_DIGITS = 9; // always fits into an int

    private static final Pattern PARTS =
            Pattern.compile("(?:(?<user>[^:@/?#\\s]*)(?::(?<password>[^@/?#\\s]*))?@)?(?<hosts>[^@/?#\\s]*)"
                    + "(?:/(?<path>[^@?#\\s]*))?");
    private static final Pattern HOST =
            Pattern.compile("(?:(?<name>[A-Za-z0-9._-]+)|\\[(?<ipv6>[0-9A-Fa-f:.]+)])(?::(?<port>[0-9]+))?");
    private static final Pattern DATABASE = Pattern.compile("[0-9]{1," + MOST_DIGITS + "}");
    private static final Pattern MASTER = Pattern.compile("(?<master>[A-Za-z0-9._-]+)(?:/(?<database>.*))?");
    // Nothing with a query, which other libraries read a password from: what is taken for a path is logged.
    private static final Pattern FILE = Pattern.compile("/[^?#@%\\p{Cntrl}]+");

    private final Scheme scheme;
    private final String rest;

    RedisUriText(String text) {
        int end = text.indexOf(SEPARATOR);
        if (end < 0) {
            throw new InvalidValue(withoutSeparator(text.toLowerCase(Locale.ROOT)));
        }
        this.scheme = scheme(text.substring(0, end).toLowerCase(Locale.ROOT));
        this.rest = text.substring(end + SEPARATOR.length());
    }

    RedisUri uri() {
        if (scheme.topology() == Topology.UNIX_SOCKET) {
            return new RedisUri(scheme, List.of(), file(), Credentials.NONE, null);
        }
        Matcher parts = PARTS.matcher(rest);
        if (!parts.matches()) {
            throw new InvalidValue("what follows its scheme is malformed");
        }
        List<HostPort> addresses = addresses(parts.group("hosts"));
        Credentials login = UriLogin.of(parts.group("user"), parts.group("password"));
        @Nullable String path = parts.group("path");
        return switch (scheme.topology()) {
            case SENTINELS -> sentinels(addresses, login, path == null ? "" : path);
            case CLUSTER -> cluster(addresses, login, path == null ? "" : path);
            default -> server(addresses, login, path == null ? "" : path);
        };
    }

    private RedisUri server(List<HostPort> addresses, Credentials login, String path) {
        if (addresses.size() > 1) {
            throw new InvalidValue("it names more than one host, which is for redis-cluster:// and redis-sentinel://");
        }
        return new RedisUri(scheme, addresses, "", login, database(path));
    }

    private RedisUri cluster(List<HostPort> addresses, Credentials login, String path) {
        if (!path.isEmpty()) {
            throw new InvalidValue("a cluster has no databases to choose from");
        }
        return new RedisUri(scheme, addresses, "", login, null);
    }

    private RedisUri sentinels(List<HostPort> addresses, Credentials login, String path) {
        if (path.isEmpty() || path.startsWith("/")) {
            throw new InvalidValue("the master's name is missing (what the Sentinels call it)");
        }
        Matcher named = MASTER.matcher(path);
        if (!named.matches()) {
            throw new InvalidValue("the name of the master has characters that Sentinels do not know");
        }
        @Nullable String database = named.group("database");
        return new RedisUri(
                scheme, addresses, named.group("master"), login, database(database == null ? "" : database));
    }

    private String file() {
        if (!rest.startsWith("/")) {
            throw new InvalidValue("the path of its socket is not absolute (three slashes)");
        }
        if (!FILE.matcher(rest).matches()) {
            throw new InvalidValue("the path of its socket is empty or has one of ? # @ %");
        }
        if (rest.endsWith("/")) {
            throw new InvalidValue("the path of its socket ends with /, as that of a directory");
        }
        if (rest.getBytes(UTF_8).length > LONGEST_FILE) {
            throw new InvalidValue("the path of its socket is longer than " + LONGEST_FILE + " bytes");
        }
        return rest;
    }

    private static String withoutSeparator(String text) {
        if (text.startsWith(MEMORY + ":")) {
            return NOT_YET;
        }
        boolean begun = Stream.of(Scheme.values()).anyMatch(scheme -> text.startsWith(scheme.text() + ":"));
        return begun ? ":// is missing after its scheme" : "it has no scheme";
    }

    private static Scheme scheme(String text) {
        if (text.equals(MEMORY)) {
            throw new InvalidValue(NOT_YET);
        }
        return Stream.of(Scheme.values())
                .filter(scheme -> scheme.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new InvalidValue("its scheme is none of these"));
    }

    private List<HostPort> addresses(String hosts) {
        return Stream.of(hosts.split(",", -1)).map(this::address).toList();
    }

    private HostPort address(String text) {
        if (text.isEmpty()) {
            throw new InvalidValue("it names no host, or there is nothing between two commas");
        }
        Matcher host = HOST.matcher(text);
        if (!host.matches()) {
            throw new InvalidValue("a host or port is malformed");
        }
        return new HostPort(host(host.group("name"), host.group("ipv6")), port(host.group("port")));
    }

    private static String host(@Nullable String name, @Nullable String ipv6) {
        if (name != null) {
            return name;
        }
        try {
            InetAddress.getByName("[" + ipv6 + "]"); // in brackets nothing is looked up, only checked
            return String.valueOf(ipv6);
        } catch (UnknownHostException e) { // which quotes the text
            throw new InvalidValue("an IPv6 address is malformed");
        }
    }

    private int port(@Nullable String digits) {
        if (digits == null) {
            return scheme.topology() == Topology.SENTINELS ? SENTINEL_PORT : PORT;
        }
        int port = digits.length() > MOST_DIGITS ? 0 : Integer.parseInt(digits);
        if (port < 1 || port > LAST_PORT) {
            throw new InvalidValue("a port is not from 1 to 65535");
        }
        return port;
    }

    private static @Nullable Integer database(String digits) {
        if (digits.isEmpty()) {
            return null;
        }
        if (!DATABASE.matcher(digits).matches()) {
            throw new InvalidValue("its database is not a whole number from 0");
        }
        return Integer.valueOf(digits);
    }
}
