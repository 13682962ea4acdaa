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
 * What {@code redis.uri} says. Not parsed by {@link java.net.URI}: that knows one host only, refuses host names with an
 * underscore, which container networks have, and quotes the whole text, password included, in its errors.
 *
 * @param addresses empty for a Unix socket, exactly one for a server
 * @param name what the Sentinels call their master, or the file of a Unix socket; empty for anything else
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

    /** In place of a wrong one. That may well name a password, so this has one: no problem tells that it is missing. */
    static final RedisUri UNKNOWN =
            new RedisUri(Scheme.REDIS, LOCAL.addresses, "", new Credentials(null, new Secret("unknown")), null);

    static final String ALLOWED = "redis://[user[:password]@]host[:port][/database],"
            + " redis-cluster://[user[:password]@]host[:port],...,"
            + " redis-sentinel://[user[:password]@]host[:port],.../master[/database]"
            + " (each also with rediss in place of redis, for TLS)"
            + " or redis+unix:///path; special characters in user and password percent-encoded";

    private static final String NOT_YET = "memory: is not supported yet";
    private static final int LONGEST_FILE = 107; // what the address of a socket has room for, its last zero apart
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

    private static final Pattern ENCODED = Pattern.compile("(?:%[0-9A-Fa-f]{2})+");

    /** How Redis is run. */
    enum Mode {
        SERVER,
        UNIX_SOCKET,
        CLUSTER,
        SENTINELS
    }

    /** What a URI begins with. */
    enum Scheme {
        REDIS("redis", Mode.SERVER),
        REDISS("rediss", Mode.SERVER),
        UNIX("redis+unix", Mode.UNIX_SOCKET),
        CLUSTER("redis-cluster", Mode.CLUSTER),
        CLUSTERS("rediss-cluster", Mode.CLUSTER),
        SENTINEL("redis-sentinel", Mode.SENTINELS),
        SENTINELS("rediss-sentinel", Mode.SENTINELS);

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

    /** Where Redis is; {@code sentinels} is the login at the Sentinels, if there are any. */
    Endpoint endpoint(Login sentinels) {
        return switch (scheme.mode) {
            case SERVER -> new Endpoint.ServerEndpoint(addresses.get(0));
            case UNIX_SOCKET -> new Endpoint.UnixSocketEndpoint(name);
            case CLUSTER -> new Endpoint.ClusterEndpoint(addresses);
            case SENTINELS -> new Endpoint.SentinelEndpoint(addresses, name, sentinels);
        };
    }

    /** The URI that {@code text} is. */
    static RedisUri parse(String text) {
        String uri = text.strip();
        int end = uri.indexOf("://");
        String begin = (end < 0 ? uri : uri.substring(0, end)).toLowerCase(Locale.ROOT);
        require(end < 0 ? !begin.startsWith("memory:") : !begin.equals("memory"), NOT_YET);
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

    private static String socket(String file) {
        require(file.startsWith("/"), "the path of its socket is not absolute (three slashes)");
        require(FILE.matcher(file).matches(), "the path of its socket is empty or has one of ? # @ %");
        require(!file.endsWith("/"), "the path of its socket ends with /, as that of a directory");
        require(
                file.getBytes(UTF_8).length <= LONGEST_FILE,
                "the path of its socket is longer than " + LONGEST_FILE + " bytes");
        return file;
    }

    private static RedisUri remote(Scheme scheme, String rest) {
        Matcher parts = PARTS.matcher(rest);
        require(parts.matches(), "what follows its scheme is malformed");
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
            require(named.matches(), "the name of the master has characters that Sentinels do not know");
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
        require(!text.isEmpty(), "it names no host, or there is nothing between two commas");
        Matcher host = HOST.matcher(text);
        require(host.matches(), "a host or port is malformed");
        @Nullable String name = host.group("name");
        if (name == null) {
            name = String.valueOf(host.group("ipv6"));
            try {
                InetAddress.getByName("[" + name + "]"); // in brackets nothing is looked up, only checked
            } catch (UnknownHostException e) { // which quotes the text
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

    /** The login before the {@code @}; {@code user} is null only where there is no login at all. */
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
     * Not by {@link java.net.URLDecoder}, which puts a sign of its own where the bytes are no UTF-8: that would be another
     * password than the one that was meant. And a plus is a plus here, not a space.
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
            throw new InvalidValue("in user or password what is percent-encoded is not UTF-8");
        }
    }
}
