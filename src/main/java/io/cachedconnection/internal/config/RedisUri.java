package io.cachedconnection.internal.config;

import static io.cachedconnection.internal.config.InvalidValue.require;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.cachedconnection.internal.endpoint.Credentials;
import io.cachedconnection.internal.endpoint.Endpoint;
import io.cachedconnection.internal.endpoint.HostPort;
import io.cachedconnection.internal.endpoint.Login;
import io.cachedconnection.internal.endpoint.Secret;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The parsed {@code redis.uri}. Not parsed by {@link java.net.URI}, which knows only one host, refuses underscores in host
 * names (as container networks have them), and quotes the whole text, with the password, in its errors.
 *
 * @param addresses empty for a Unix socket and a memory, exactly one for a single server
 * @param name the Sentinels' name of their master, the file of a Unix socket or the name of a memory; otherwise empty
 * @param database null if the URI names none
 */
record RedisUri(
        Scheme scheme,
        List<HostPort> addresses,
        String name,
        Credentials login,
        @Nullable Integer database) {

    static final RedisUri LOCAL =
            new RedisUri(Scheme.REDIS, List.of(new HostPort("localhost", 6379)), "", Credentials.NONE, null);

    /**
     * Replaces a wrong URI. It has a password, because the wrong one may contain one, so no problem reports a missing password.
     */
    static final RedisUri UNKNOWN =
            new RedisUri(Scheme.REDIS, LOCAL.addresses, "", new Credentials(null, new Secret("unknown")), null);

    static final String ALLOWED = "redis://[user[:password]@]host[:port][/database],"
            + " redis-cluster://[user[:password]@]host[:port],...,"
            + " redis-sentinel://[user[:password]@]host[:port],.../master[/database]"
            + " (each also with rediss in place of redis, for TLS)"
            + " redis+unix:///path (special characters in user and password percent-encoded),"
            + " memory: or memory:name, without Redis";

    private static final int LONGEST_FILE = 107; // the size of a socket address without its final zero
    private static final int LAST_PORT = 65_535;
    private static final int MOST_DIGITS = 9; // always fits into an int

    private static final Pattern PARTS =
            Pattern.compile("(?:(?<user>[^:@/?#\\s]*)(?::(?<password>[^@/?#\\s]*))?@)?(?<hosts>[^@/?#\\s]*)"
                    + "(?:/(?<path>[^@?#\\s]*))?");
    private static final Pattern HOST =
            Pattern.compile("(?:(?<name>[A-Za-z0-9._-]+)|\\[(?<ipv6>[0-9A-Fa-f:.]+)])(?::(?<port>[0-9]+))?");
    private static final Pattern DATABASE = Pattern.compile("[0-9]{1," + MOST_DIGITS + "}");
    private static final Pattern MASTER = Pattern.compile("(?<master>[A-Za-z0-9._-]+)(?:/(?<database>.*))?");
    // No query, from which other libraries read a password: a path is logged.
    private static final Pattern FILE = Pattern.compile("/[^?#@%\\p{Cntrl}]+");

    private static final Pattern MEMORY = Pattern.compile("(?:[A-Za-z0-9][A-Za-z0-9._-]{0,63})?");

    private static final Pattern ENCODED = Pattern.compile("(?:%[0-9A-Fa-f]{2})+");

    /** The topology of Redis. */
    enum Mode {
        SERVER,
        UNIX_SOCKET,
        CLUSTER,
        SENTINELS,
        MEMORY
    }

    /** The scheme of a URI. */
    enum Scheme {
        REDIS("redis", Mode.SERVER),
        REDISS("rediss", Mode.SERVER),
        UNIX("redis+unix", Mode.UNIX_SOCKET),
        CLUSTER("redis-cluster", Mode.CLUSTER),
        CLUSTERS("rediss-cluster", Mode.CLUSTER),
        SENTINEL("redis-sentinel", Mode.SENTINELS),
        SENTINELS("rediss-sentinel", Mode.SENTINELS),
        MEMORY("memory", Mode.MEMORY);

        private final String text;
        private final Mode mode;

        Scheme(String text, Mode mode) {
            this.text = text;
            this.mode = mode;
        }
    }

    boolean is(Mode mode) {
        return scheme.mode == mode;
    }

    boolean tls() {
        return scheme.text.startsWith("rediss");
    }

    /** Returns the endpoint; {@code sentinels} is the login at the Sentinels, if there are any. */
    Endpoint endpoint(Login sentinels) {
        return switch (scheme.mode) {
            case SERVER -> new Endpoint.ServerEndpoint(addresses.get(0));
            case UNIX_SOCKET -> new Endpoint.UnixSocketEndpoint(name);
            case CLUSTER -> new Endpoint.ClusterEndpoint(addresses);
            case SENTINELS -> new Endpoint.SentinelEndpoint(addresses, name, sentinels);
            case MEMORY -> new Endpoint.MemoryEndpoint(name);
        };
    }

    /** Parses {@code text}. */
    static RedisUri parse(String text) {
        String uri = text.strip();
        int colon = uri.indexOf(':');
        if (colon >= 0 && uri.substring(0, colon).equalsIgnoreCase(Scheme.MEMORY.text)) {
            return memory(uri.substring(colon + 1));
        }
        int end = uri.indexOf("://");
        String begin = (end < 0 ? uri : uri.substring(0, end)).toLowerCase(Locale.ROOT);
        if (end < 0) {
            boolean begun = Stream.of(Scheme.values()).anyMatch(each -> begin.startsWith(each.text + ":"));
            throw new InvalidValue(begun ? ":// is missing after its scheme" : "it has no scheme");
        }
        Scheme scheme = Stream.of(Scheme.values())
                .filter(each -> each.text.equals(begin))
                .findFirst()
                .orElseThrow(() -> new InvalidValue("its scheme is none of these"));
        String rest = uri.substring(end + "://".length());
        return scheme.mode == Mode.UNIX_SOCKET
                ? new RedisUri(scheme, List.of(), socket(rest), Credentials.NONE, null)
                : remote(scheme, rest);
    }

    private static RedisUri memory(String name) {
        require(
                MEMORY.matcher(name).matches(),
                "what follows memory: is no name of 1 to 64 of A-Z a-z 0-9 . _ - with a letter or digit first");
        return new RedisUri(Scheme.MEMORY, List.of(), name, Credentials.NONE, null);
    }

    private static String socket(String file) {
        require(file.startsWith("/"), "the path of its socket is not absolute (three slashes)");
        require(FILE.matcher(file).matches(), "the path of its socket is empty or contains one of ? # @ %");
        require(!file.endsWith("/"), "the path of its socket ends with /, like a directory");
        require(
                file.getBytes(UTF_8).length <= LONGEST_FILE,
                "the path of its socket is longer than " + LONGEST_FILE + " bytes");
        return file;
    }

    private static RedisUri remote(Scheme scheme, String rest) {
        Matcher parts = PARTS.matcher(rest);
        require(parts.matches(), "the part after its scheme is malformed");
        int port = scheme.mode == Mode.SENTINELS ? 26_379 : 6_379;
        List<HostPort> addresses = Stream.of(parts.group("hosts").split(",", -1))
                .map(host -> address(host, port))
                .toList();
        Credentials login = login(parts.group("user"), parts.group("password"));
        String path = Objects.requireNonNullElse(parts.group("path"), "");
        if (scheme.mode == Mode.SENTINELS) {
            require(
                    !path.isEmpty() && !path.startsWith("/"),
                    "the master's name is missing (what the Sentinels call it)");
            Matcher named = MASTER.matcher(path);
            require(named.matches(), "the name of the master has characters that Sentinels do not accept");
            return new RedisUri(scheme, addresses, named.group("master"), login, database(named.group("database")));
        }
        if (scheme.mode == Mode.CLUSTER) {
            require(path.isEmpty(), "a cluster has no databases to choose from");
            return new RedisUri(scheme, addresses, "", login, null);
        }
        require(
                addresses.size() == 1,
                "it names more than one host, which is for redis-cluster:// and redis-sentinel://");
        return new RedisUri(scheme, addresses, "", login, database(path));
    }

    private static HostPort address(String text, int usualPort) {
        require(!text.isEmpty(), "it names no host, or an entry between two commas is empty");
        Matcher host = HOST.matcher(text);
        require(host.matches(), "a host or port is malformed");
        @Nullable String name = host.group("name");
        if (name == null) {
            name = String.valueOf(host.group("ipv6"));
            try {
                InetAddress.getByName("[" + name + "]"); // brackets prevent a name lookup; the address is only checked
            } catch (UnknownHostException e) { // it quotes the text
                throw new InvalidValue("an IPv6 address is malformed");
            }
        }
        @Nullable String digits = host.group("port");
        if (digits == null) {
            return new HostPort(name, usualPort);
        }
        int port = digits.length() > MOST_DIGITS ? 0 : Integer.parseInt(digits);
        require(port >= 1 && port <= LAST_PORT, "a port is not from 1 to 65535");
        return new HostPort(name, port);
    }

    private static @Nullable Integer database(@Nullable String digits) {
        if (digits == null || digits.isEmpty()) {
            return null;
        }
        require(DATABASE.matcher(digits).matches(), "its database is not a whole number from 0");
        return Integer.valueOf(digits);
    }

    /** Parses the login before the {@code @}; {@code user} is null only without a login. */
    private static Credentials login(@Nullable String user, @Nullable String password) {
        if (user == null) {
            return Credentials.NONE;
        }
        require(
                !(password == null ? user : password).isEmpty(),
                "an empty user or password was put in before its @ (by a template without a value?)");
        return new Credentials(
                user.isEmpty() ? null : decoded(user), password == null ? null : new Secret(decoded(password)));
    }

    /**
     * Decodes a part. Not by {@link java.net.URLDecoder}, which replaces invalid UTF-8 and so changes the password. A plus
     * stays a plus here, not a space.
     */
    private static String decoded(String part) {
        Matcher encoded = ENCODED.matcher(part);
        require(
                !encoded.replaceAll("").contains("%"),
                "in user or password a % is not followed by two hexadecimal digits");
        return encoded.replaceAll(RedisUri::characters);
    }

    private static String characters(MatchResult encoded) {
        byte[] bytes = HexFormat.of().parseHex(encoded.group().replace("%", ""));
        try {
            return Matcher.quoteReplacement(
                    UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            throw new InvalidValue("a percent-encoded part of the user or password is not UTF-8");
        }
    }
}
