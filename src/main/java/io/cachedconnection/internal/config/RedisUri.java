package io.cachedconnection.internal.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cachedconnection.internal.core.Secret;
import java.net.InetAddress;
import java.net.URLDecoder;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What {@code redis.uri} says. Not parsed by {@link java.net.URI}: that refuses host names with an underscore, which
 * container networks have, and quotes the whole text, password included, in its errors.
 *
 * @param host an IPv6 address without its brackets
 * @param database null if the URI names none
 */
record RedisUri(
        boolean tls,
        String host,
        int port,
        @Nullable String username,
        @Nullable Secret password,
        @Nullable Integer database) {

    static final RedisUri LOCAL = new RedisUri(false, "localhost", 6379, null, null, null);

    static final String ALLOWED =
            "redis://[user[:password]@]host[:port][/database], or the same with rediss:// for TLS;"
                    + " special characters in user and password percent-encoded"
                    + " (redis-cluster://, rediss-cluster://, redis-sentinel:// and memory: are not supported yet)";

    private static final Pattern SHAPE = Pattern.compile("(?i:redis(?<tls>s?))://"
            + "(?:(?<user>[^:@/?#\\s]*)(?::(?<password>[^@/?#\\s]*))?@)?"
            + "(?:(?<name>[A-Za-z0-9._-]+)|\\[(?<ipv6>[0-9A-Fa-f:.]+)])"
            + "(?::(?<port>[0-9]{1,5}))?"
            + "(?:/(?<database>[0-9]{1,9})?)?");

    /** The URI that {@code text} is; the exception says nothing, for the text may hold a password. */
    static RedisUri parse(String text) {
        Matcher uri = SHAPE.matcher(text.strip());
        if (!uri.matches()) {
            throw new IllegalArgumentException();
        }
        @Nullable String password = decoded(uri.group("password"));
        return new RedisUri(
                !uri.group("tls").isEmpty(),
                host(uri.group("name"), uri.group("ipv6")),
                port(uri.group("port")),
                decoded(uri.group("user")),
                password == null ? null : new Secret(password),
                uri.group("database") == null ? null : Integer.valueOf(uri.group("database")));
    }

    private static String host(@Nullable String name, @Nullable String ipv6) {
        if (name != null) {
            return name;
        }
        try {
            InetAddress.getByName("[" + ipv6 + "]"); // in brackets nothing is looked up, only checked
            return String.valueOf(ipv6);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static int port(@Nullable String digits) {
        int port = digits == null ? LOCAL.port : Integer.parseInt(digits);
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException();
        }
        return port;
    }

    // Null for an empty one, too: "redis://:password@host" has no user. A plus is a plus here, not a space.
    private static @Nullable String decoded(@Nullable String part) {
        return part == null || part.isEmpty() ? null : URLDecoder.decode(part.replace("+", "%2B"), UTF_8);
    }
}
